// Inquiries that come at the same time share an INSERT on real PostgreSQL, and nobody notices.
import {InquiryRepository} from '../../../src/repositories/inquiry/inquiry.repository';
import {Client} from 'pg';
import {newId, timeOfId} from '../../../src/platform/time-ordered-id';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {givenSubmission} from '../../helpers/inquiries';
import {givenRest, type TestRest} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer} from '../../helpers/tokens';

let database: TestDatabase;
let rest: TestRest;
let inquiries: InquiryRepository;

beforeEach(async () => {
  const [created, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  database = created;
  rest = await givenRest({databaseUrl: database.url, issuer});
  inquiries = await rest.app.getRepository(InquiryRepository);
});

/** Does `work` while nothing can be stored, lets go when all is ready, and resolves with what came of it. */
async function whileHeldBack<T>(isReady: () => boolean, work: () => Promise<T>[]): Promise<T[]> {
  const client = new Client({connectionString: database.url});
  await client.connect();
  onTeardown(() => client.end());
  await client.query('BEGIN; LOCK TABLE inquiry IN SHARE MODE');
  const results = Promise.all(work());
  await eventually(() => expect(isReady()).toBe(true));
  await client.query('COMMIT');
  return results;
}

const newInquiry = (fields = {}, id = newId()) => ({
  id,
  topic: 'sales',
  name: 'Ada',
  email: 'Ada@Example.org',
  message: 'Hello',
  createdAt: timeOfId(id).toISOString(),
  ...fields,
});

test('each is stored as it was sent, and few transactions have stored them', async () => {
  const sent = Array.from({length: 66}, (_, index) =>
    givenSubmission({
      name: `"Ada" \\ ${index} 🎉`,
      ...(index % 2 === 0 && {metadata: {utm_source: `\\u0041"${index}`}, company: `Engines & Söhne ${index}`}),
    }),
  );
  const responses = await whileHeldBack(
    () => inquiries.waiting === 64,
    () => sent.map(submission => rest.post('/inquiries', submission)),
  );
  expect(new Set(responses.map(({status}) => status))).toEqual(new Set([201]));
  const rows = await database.query<Record<string, unknown>>(
    'SELECT id, name, email, message, company, metadata, created_at, updated_at FROM inquiry',
  );
  expect(rows).toHaveLength(66);
  for (const [index, response] of responses.entries()) {
    const {id, receivedAt} = (await response.json()) as {id: string; receivedAt: string};
    const submission = sent[index];
    expect(rows.find(row => row.id === id)).toEqual({
      id,
      name: submission?.name,
      email: submission?.email,
      message: submission?.message,
      company: submission?.company ?? null,
      metadata: submission?.metadata ?? null,
      created_at: new Date(receivedAt),
      updated_at: new Date(receivedAt),
    });
  }
  const [{transactions} = {transactions: 0}] = await database.query<{transactions: number}>(
    'SELECT count(DISTINCT changed_xid)::int AS transactions FROM inquiry',
  );
  expect(transactions).toBeLessThanOrEqual(8); // two that were in flight alone, and those that shared the 64 that waited
});

test('the same key and body twice in one batch store one, and both get the same receipt; another body is another one', async () => {
  const [submission, another] = [givenSubmission(), givenSubmission()];
  const post = (body: unknown, key: string) => rest.post('/inquiries', body, {'Idempotency-Key': key});
  const responses = await whileHeldBack(
    () => inquiries.waiting === 8,
    () => [
      ...Array.from({length: 2}, () => rest.post('/inquiries', givenSubmission())),
      ...Array.from({length: 4}, () => post(submission, 'the-same')),
      post(another, 'the-same'),
      ...Array.from({length: 3}, () => rest.post('/inquiries', givenSubmission())),
    ],
  );
  expect(responses.map(({status}) => status)).toEqual(Array(10).fill(201));
  const receipts = await Promise.all(responses.map(response => response.text()));
  expect(new Set(receipts.slice(2, 6)).size).toBe(1);
  expect(new Set(receipts).size).toBe(7);
  expect(await database.query('SELECT FROM inquiry')).toHaveLength(7);
  expect(await database.query('SELECT FROM idempotency_record JOIN inquiry USING (id)')).toHaveLength(2);
});

test('batches that share many keys, in different orders and from two replicas, do not lock each other out', async () => {
  const other = await givenRest({databaseUrl: database.url, issuer: await givenTokenIssuer()});
  const keys = Array.from({length: 200}, (_, index) => `the-key-${index}`);
  const bodies = keys.map(() => givenSubmission());
  const postAll = (target: TestRest, order: number[]) =>
    order.map(index => target.post('/inquiries', bodies[index], {'Idempotency-Key': keys[index] ?? ''}));
  const forwards = keys.map((_, index) => index);
  const responses = await Promise.all([...postAll(rest, forwards), ...postAll(other, forwards.toReversed())]);
  expect(new Set(responses.map(({status}) => status))).toEqual(new Set([201]));
  expect(await database.query('SELECT FROM inquiry')).toHaveLength(200);
});

test('a row that PostgreSQL refuses fails alone; its neighbours are stored', async () => {
  const good = Array.from({length: 6}, () => newInquiry());
  const bad = newInquiry({name: 'x'.repeat(121)}); // what no controller lets through
  const all = [...good.slice(0, 4), bad, ...good.slice(4)];
  const outcomes = await whileHeldBack(
    () => inquiries.waiting === 5,
    () => [Promise.allSettled(all.map(inquiry => inquiries.insert({inquiry})))],
  );
  expect(outcomes[0]?.map(({status}) => status)).toEqual([
    ...Array.from({length: 4}, () => 'fulfilled'),
    'rejected',
    ...Array.from({length: 2}, () => 'fulfilled'),
  ]);
  expect(outcomes[0]?.[4]).toMatchObject({reason: {code: '22001'}});
  const stored = await database.query<{id: string}>('SELECT id FROM inquiry ORDER BY id');
  expect(stored.map(({id}) => id)).toEqual(good.map(({id}) => id).sort());
});

test('a row that takes PostgreSQL too long is refused alone; its neighbours are stored', async () => {
  await database.query(
    `CREATE FUNCTION take_long() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$;
     CREATE TRIGGER take_long BEFORE INSERT ON inquiry FOR EACH ROW WHEN (NEW.name = 'Heavy') EXECUTE FUNCTION take_long();`,
  );
  const names = ['Ada', 'Bob', 'Cyd', 'Heavy', 'Dan', 'Eve'];
  const responses = await whileHeldBack(
    () => inquiries.waiting === 4,
    () => names.map(name => rest.post('/inquiries', givenSubmission({name}))),
  );
  const refused = names.filter((_, index) => responses[index]?.status === 503);
  expect([refused, responses.filter(({status}) => status === 201)]).toMatchObject([['Heavy'], {length: 5}]);
  const stored = await database.query<{name: string}>('SELECT name FROM inquiry ORDER BY name');
  expect(stored.map(({name}) => name)).toEqual(['Ada', 'Bob', 'Cyd', 'Dan', 'Eve']);
});

test('more than may wait are refused, and what was not refused is there', async () => {
  let answered = 0;
  const post = async () => {
    const response = await rest.post('/inquiries', givenSubmission());
    answered += 1;
    return response;
  };
  let late: Promise<Response>[] = [];
  const outcomes = await whileHeldBack(
    () => inquiries.waiting === 1024 && answered === 5,
    () => {
      const early = Array.from({length: 1026}, () => inquiries.insert({inquiry: newInquiry()}));
      late = Array.from({length: 5}, post); // they come behind
      return [Promise.allSettled(early)];
    },
  );
  for (const {status, headers} of await Promise.all(late)) {
    expect([status, headers.get('Retry-After')]).toEqual([503, '2']);
  }
  expect(outcomes[0]).toEqual(Array.from({length: 1026}, () => ({status: 'fulfilled', value: true})));
  expect(await database.query('SELECT FROM inquiry')).toHaveLength(1026);
});
