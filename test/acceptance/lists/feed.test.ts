// GET /inquiries/changes: what it answers, to whom, and what it refuses. That nothing is lost, whatever the order of
// commits, is in test/integration/change-feed/feed-order.test.ts and feed-race.test.ts.
import {FEED_CURSOR_HEADER} from '../../../src/contract/feed';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {feedOfList, givenFeedReader, givenCursorCipher, insertInquiry, inWords, settled} from '../../helpers/feed';
import {idOf} from '../../helpers/ids';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {ALLOWED_ORIGIN} from '../../helpers/route-samples';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';
import {givenInquiry, givenTriage, TRIAGE_SCOPES} from '../../helpers/triage';

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;
let token: string;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
});

beforeEach(async () => {
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer, env: {ALLOWED_ORIGINS: ALLOWED_ORIGIN}});
  token = await issuer.sign({scope: TRIAGE_SCOPES});
});

test('an inquiry is returned as the list shows it: new, then changed, then no more', async () => {
  const reader = await givenFeedReader(rest, token);
  const id = await givenInquiry(rest, {company: 'Analytical Engines', metadata: {utm_source: 'letter'}});
  await settled(database);
  const [listed] = (await (await rest.get('/inquiries', token)).json()) as unknown[];
  expect(await reader.read()).toMatchObject({data: [{kind: 'inquiry', isNew: true, inquiry: listed}], hasMore: false});
  const triage = givenTriage(rest, token);
  await triage.change(id, {status: 'in_progress', assignee: 'grace'}, 1);
  await triage.change(id, {status: 'resolved'}, 2);
  await settled(database);
  const inquiry = await triage.inquiry(id);
  expect(await reader.readAll()).toEqual([{kind: 'inquiry', isNew: false, inquiry}]); // once, as it is now
  expect(inquiry).toMatchObject({status: 'resolved', assignee: 'grace', version: 3});
  const {feed} = reader;
  expect(await reader.read()).toEqual({data: [], feed: expect.any(String) as string, hasMore: false});
  expect(reader.feed).not.toBe(feed); // whether it has moved is not shown
});

test('what changes between the request for a list and its rows is returned after the list', async () => {
  const ids = [await givenInquiry(rest), await givenInquiry(rest)];
  await settled(database);
  const reader = await givenFeedReader(rest, token);
  expect(await reader.readAll()).toEqual([]); // all was in the list
  await givenTriage(rest, token).change(ids[0] ?? '', {status: 'spam'}, '*');
  ids.push(await givenInquiry(rest));
  await settled(database);
  expect(inWords(await reader.readAll())).toEqual([`changed ${ids[0]}`, `new ${ids[2]}`]);
});

test.each([1, 2, 3, 7, 100])('pages of %i hold every change once, in commit order', async limit => {
  const reader = await givenFeedReader(rest, token);
  const words: string[] = [];
  const ids: string[] = [];
  for (let count = 0; count < 6; count++) ids.push(await insertInquiry(database));
  for (const id of ids.slice(0, 3)) await database.query('DELETE FROM inquiry WHERE id = $1', [id]);
  await settled(database);
  words.push(...ids.slice(3).map(id => `new ${id}`), ...ids.slice(0, 3).map(id => `gone ${id}`));
  expect(inWords(await reader.readAll(`limit=${limit}`))).toEqual(words);
});

test('one transaction with many changes is read across pages', async () => {
  const reader = await givenFeedReader(rest, token);
  await database.query(
    `INSERT INTO inquiry (id, topic, name, email, message, created_at, updated_at, search_words, search_text)
     SELECT ${idOf('now()')}, 'sales', 'Ada', 'a@example.org', 'Hello', now(), now(), '', ''
     FROM generate_series(1, 250)`,
  );
  await settled(database);
  expect(await reader.read()).toMatchObject({hasMore: true});
  const changes = inWords(await reader.readAll());
  expect([changes.length, new Set(changes).size]).toEqual([150, 150]);
});

test('a reader of a rare topic passes over the others, a bounded number at a time', async () => {
  const reader = await givenFeedReader(rest, token, 'topic=press');
  await database.query(
    `INSERT INTO inquiry (id, topic, name, email, message, created_at, updated_at, search_words, search_text)
     SELECT ${idOf('now()')}, 'sales', 'Ada', 'a@example.org', 'Hello', now(), now(), '', ''
     FROM generate_series(1, 2500)`,
  );
  const id = await insertInquiry(database, 'press');
  await settled(database);
  expect(await reader.read()).toMatchObject({data: [], hasMore: true});
  expect(inWords(await reader.readAll())).toEqual([`new ${id}`]);
});

describe('a feed belongs to its topics', () => {
  const readers: [string, {topics?: string[]; query?: string}][] = [
    ['all', {}],
    ['a claim of two topics', {topics: ['sales', 'press']}],
    ['a claim of one topic', {topics: ['sales']}],
    ['a claim of nothing', {topics: []}],
    ['a topic', {query: 'topic=press'}],
    ['a topic outside the claim', {topics: ['sales'], query: 'topic=support'}],
  ];
  const same: [string, string][] = [['a claim of nothing', 'a topic outside the claim']];

  test('and is refused for others, by parameter or by token', async () => {
    for (const [ofTitle, of] of readers) {
      const after = await feedOfList(rest, await issuer.sign({topics: of.topics}), of.query);
      for (const [byTitle, by] of readers) {
        const isSame = ofTitle === byTitle || same.some(pair => pair.includes(ofTitle) && pair.includes(byTitle));
        const bearer = await issuer.sign({topics: by.topics});
        const response = await rest.get(`/inquiries/changes?after=${after}&${by.query ?? ''}`, bearer);
        expect([ofTitle, byTitle, response.status]).toEqual([ofTitle, byTitle, isSame ? 200 : 400]);
        if (isSame) continue;
        const {errors} = await expectProblem(response, 'invalid-parameter', {without: after});
        expect(errors).toMatchObject([{parameter: 'after', code: 'other_filter'}]);
      }
    }
  });

  test('whatever their order, and however the token says "all"', async () => {
    const after = await feedOfList(rest, await issuer.sign({topics: ['sales', 'press']}));
    const swapped = await issuer.sign({topics: ['press', 'sales', 'press']});
    expect((await rest.get(`/inquiries/changes?after=${after}`, swapped)).status).toBe(200);
    const all = await feedOfList(rest, await issuer.sign({topics: ['*']}));
    expect((await rest.get(`/inquiries/changes?after=${all}`, await issuer.sign())).status).toBe(200);
  });

  test('and returns nothing of the inquiries of others, whose ids it goes past', async () => {
    const claim = await issuer.sign({topics: ['press']});
    const reader = await givenFeedReader(rest, claim);
    await database.query(
      `INSERT INTO inquiry (id, topic, name, email, message, created_at, updated_at, search_words, search_text)
       SELECT ${idOf('now()')}, 'sales', 'Ada', 'a@example.org', 'Hello', now(), now(), '', ''
       FROM generate_series(1, 700)`,
    );
    await settled(database);
    expect(await reader.read()).toMatchObject({data: [], hasMore: true}); // in the middle of the transaction
    const {decrypt} = await givenCursorCipher(database);
    const passed = await database.query('SELECT FROM inquiry WHERE id = $1', [decrypt(reader.feed)?.id]);
    expect(passed).toHaveLength(1);
    const ids = await database.query<{id: string}>('SELECT id FROM inquiry');
    const bytes = Buffer.from(reader.feed, 'base64url').toString('hex');
    expect(ids.filter(({id}) => bytes.includes(id.slice(0, 8)))).toEqual([]);
  });

  test('and shows what is in them, and nothing else', async () => {
    const claim = await issuer.sign({topics: ['sales', 'press']});
    const byClaim = await givenFeedReader(rest, claim);
    const byBoth = await givenFeedReader(rest, claim, 'topic=press');
    const nothing = await givenFeedReader(rest, claim, 'topic=support');
    const [sales, press] = [await givenInquiry(rest), await givenInquiry(rest, {topic: 'press'})];
    await givenInquiry(rest, {topic: 'support'});
    await settled(database);
    expect(inWords(await byClaim.readAll())).toEqual([`new ${sales}`, `new ${press}`]);
    expect(inWords(await byBoth.readAll())).toEqual([`new ${press}`]);
    expect(await nothing.readAll()).toEqual([]);
  });
});

describe('400 names the parameter', () => {
  test.each([
    ['no place at all', '', 'required'],
    ['an empty one', 'after=', 'format'],
    ['another text', 'after=yesterday', 'format'],
    ['other characters', 'after=%00%C3%A9', 'format'],
    ['JSON of another shape', `after=${Buffer.from('[1,2,3,4]').toString('base64url')}`, 'format'],
    ['too long a text', `after=${'a'.repeat(201)}`, 'format'],
  ])('%s', async (_title, query, code) => {
    const {errors} = await expectProblem(await rest.get(`/inquiries/changes?${query}`, token), 'invalid-parameter');
    expect(errors).toMatchObject([{parameter: 'after', code}]);
  });

  test.each(['limit=0', 'limit=101', 'limit=x', 'topic=No', 'status=new', 'cursor=abc'])('%s', async query => {
    const after = await feedOfList(rest, token);
    const response = await rest.get(`/inquiries/changes?after=${after}&${query}`, token);
    const {errors} = await expectProblem(response, 'invalid-parameter');
    expect(errors).toMatchObject([{parameter: query.split('=')[0]}]);
  });
});

describe('410, and read the list anew', () => {
  async function expectExpired(after: string): Promise<void> {
    const {detail} = await expectProblem(await rest.get(`/inquiries/changes?after=${after}`, token), 'feed-expired');
    expect(detail).toContain('Feed-Cursor');
    await givenFeedReader(rest, token).then(reader => reader.readAll()); // and that helps
  }

  test('a feed of another database', async () => {
    const other = await givenDatabase();
    const elsewhere = await givenRest({databaseUrl: other.url, issuer});
    await expectExpired(await feedOfList(elsewhere, token));
  });

  test.each(['inquiry CASCADE', 'inquiry_tombstone'])('after TRUNCATE %s, which leaves no tombstones', async table => {
    await insertInquiry(database);
    const after = await feedOfList(rest, token);
    await database.query(`TRUNCATE ${table}`);
    await expectExpired(after);
  });

  test('a feed from the future: the disk was rolled back', async () => {
    const {encrypt, decrypt} = await givenCursorCipher(database);
    const feed = decrypt(await feedOfList(rest, token));
    if (!feed) throw new Error('it was sealed by this database');
    await expectExpired(encrypt({...feed, xid: String(BigInt(feed.xid) + 1_000_000n)}));
  });

  test('a feed that somebody made or changed, whatever the place', async () => {
    const feed = await feedOfList(rest, token);
    for (let place = 0; place < feed.length - 1; place++) {
      const changed = feed.slice(0, place) + (feed[place] === 'A' ? 'B' : 'A') + feed.slice(place + 1);
      expect((await rest.get(`/inquiries/changes?after=${changed}`, token)).status).toBe(410);
    }
    await expectExpired('A'.repeat(91));
  });

  test('and every feed after its secret was replaced and REST restarted', async () => {
    const feed = await feedOfList(rest, token);
    await database.query("UPDATE feed_secret SET secret = sha256('another')");
    const restarted = await givenRest({databaseUrl: database.url, issuer});
    const response = await restarted.get(`/inquiries/changes?after=${feed}`, token);
    await expectProblem(response, 'feed-expired');
  });
});

test('pages of allowed origins may read the Feed-Cursor', async () => {
  const headers = {Authorization: `Bearer ${token}`, Origin: ALLOWED_ORIGIN};
  const response = await fetch(`${rest.url}/inquiries`, {headers});
  expect(response.headers.get('access-control-expose-headers')?.split(/, ?/)).toContain(FEED_CURSOR_HEADER);
});
