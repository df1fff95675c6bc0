// Identical requests share a read, and still nobody gets rows that are older than their request, or another claim's.
import {InquiryFeedRepository} from '../../../src/repositories/change-feed/inquiry-feed.repository';
import {InquiryRepository} from '../../../src/repositories/inquiry/inquiry.repository';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenFeedReader, insertInquiry, settled} from '../../helpers/feed';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let issuer: TokenIssuer;
let database: TestDatabase;
let rest: TestRest;
let token: string;

beforeEach(async () => {
  issuer = await givenTokenIssuer();
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer});
  token = await issuer.sign();
});
afterEach(() => jest.restoreAllMocks());

interface HeldRead {
  /** It has read its rows, and waits to hand them over. */
  hasRead: Promise<undefined>;
  release(): void;
  /** How many reads have begun, this one included. */
  count(): number;
}

/** Lets the next call of the method read, and holds its result back; the calls after it are as ever. */
function holdNext<Name extends string>(of: Record<Name, (...args: never[]) => Promise<unknown>>, name: Name): HeldRead {
  const original = of[name].bind(of) as (...args: unknown[]) => Promise<unknown>;
  const [reading, releasing] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  let begun = 0;
  const spied = async (...args: unknown[]) => {
    begun += 1;
    const isHeld = begun === 1;
    const result = await original(...args);
    if (!isHeld) return result;
    reading.resolve(undefined);
    await releasing.promise;
    return result;
  };
  Object.defineProperty(of, name, {value: spied, configurable: true});
  return {hasRead: reading.promise, release: () => releasing.resolve(undefined), count: () => begun};
}

async function idsOf(path: string, as = token): Promise<string[]> {
  const response = await rest.get(path, as);
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return ((await response.json()) as {id: string}[]).map(({id}) => id);
}

test('a list shows what was committed before it was asked for, while an identical one runs', async () => {
  const held = holdNext(await rest.app.get<InquiryRepository>(`repositories.${InquiryRepository.name}`), 'page');
  const early = idsOf('/inquiries?limit=5');
  await held.hasRead;
  const id = await insertInquiry(database);
  const late = Array.from({length: 10}, () => idsOf('/inquiries?limit=5'));
  expect(await idsOf('/inquiries?limit=6')).toEqual([id]); // another page size waits for nobody
  expect(await idsOf('/inquiries?limit=5', await issuer.sign({topics: ['press']}))).toEqual([]); // nor another claim
  held.release();
  expect(await early).toEqual([]);
  for (const ids of late) expect(await ids).toEqual([id]);
});

test('lists that come together are read once or twice, each topic claim for itself', async () => {
  const [sales, press] = [await insertInquiry(database, 'sales'), await insertInquiry(database, 'press')];
  const held = holdNext(await rest.app.get<InquiryRepository>(`repositories.${InquiryRepository.name}`), 'page');
  const first = idsOf('/inquiries');
  await held.hasRead;
  const bySales = await issuer.sign({topics: ['sales']});
  const byPress = await issuer.sign({topics: ['press']});
  expect(await Promise.all([idsOf('/inquiries', bySales), idsOf('/inquiries', byPress)])).toEqual([[sales], [press]]);
  expect(await idsOf('/inquiries?topic=sales')).toEqual([sales]);
  held.release();
  expect(await first).toEqual([press, sales]);
  const before = held.count();
  const answers = await Promise.all(Array.from({length: 50}, () => idsOf('/inquiries')));
  expect(answers.every(ids => ids.length === 2)).toBe(true);
  expect(held.count() - before).toBeLessThan(50);
});

test('the feed returns what was settled before it was asked for, while an identical request runs', async () => {
  const [early, late] = [await givenFeedReader(rest, token), await givenFeedReader(rest, token)];
  const held = holdNext(
    await rest.app.get<InquiryFeedRepository>(`repositories.${InquiryFeedRepository.name}`),
    'read',
  );
  const earlyRead = early.read();
  await held.hasRead;
  const id = await insertInquiry(database);
  await settled(database, id);
  const lateRead = late.read();
  const other = await givenFeedReader(rest, await issuer.sign({topics: ['press']}));
  expect((await other.read()).data).toEqual([]); // another claim waits for nobody
  held.release();
  expect((await earlyRead).data).toEqual([]);
  expect((await lateRead).data).toMatchObject([{kind: 'inquiry', isNew: true, inquiry: {id}}]);
  expect((await early.read()).data).toMatchObject([{kind: 'inquiry', inquiry: {id}}]);
});
