// What is gone: returned to whoever could see it, whatever removed it, and to nobody else; until it is too old.
import {Client} from 'pg';
import {runCommand} from '../../helpers/command';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {feedOfList, type FeedReader, givenFeedReader, insertInquiry, inWords, settled} from '../../helpers/feed';
import {idOf} from '../../helpers/ids';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {columnsThatHold} from '../../helpers/text-columns';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';
import {givenTriage, TRIAGE_SCOPES} from '../../helpers/triage';

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;
let token: string;

beforeEach(async () => {
  issuer = await givenTokenIssuer();
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer});
  token = await issuer.sign({scope: TRIAGE_SCOPES});
});

async function words(reader: FeedReader): Promise<string[]> {
  await settled(database);
  return inWords(await reader.readAll());
}

/** Before where readers begin: until it has settled, it is returned to them. */
async function givenEarlierInquiry(): Promise<string> {
  const id = await insertInquiry(database);
  await settled(database);
  return id;
}

/** A reader of each kind: all topics, a claim of sales, a claim of press, the topic press of all. */
async function givenReaders() {
  const [sales, press] = [await issuer.sign({topics: ['sales']}), await issuer.sign({topics: ['press']})];
  return {
    all: await givenFeedReader(rest, token),
    sales: await givenFeedReader(rest, sales),
    press: await givenFeedReader(rest, press),
    byParameter: await givenFeedReader(rest, token, 'topic=press'),
  };
}

test('an erased inquiry is gone for those who could see it, and its tombstone holds nothing of the person', async () => {
  const id = await givenEarlierInquiry();
  const readers = await givenReaders();
  const eraser = await issuer.sign({scope: 'privacy:erase'});
  const erased = await rest.post('/erasures', {email: 'ada@example.org'}, {Authorization: `Bearer ${eraser}`});
  expect(await erased.json()).toMatchObject({inquiries: 1});
  expect(await words(readers.all)).toEqual([`gone ${id}`]);
  expect(await words(readers.sales)).toEqual([`gone ${id}`]);
  expect(await words(readers.press)).toEqual([]);
  expect(await words(readers.byParameter)).toEqual([]);
  expect(await columnsThatHold(database, 'ada')).toEqual([]);
  const [stone] = await database.query('SELECT * FROM inquiry_tombstone');
  expect(Object.keys(stone ?? {}).sort()).toEqual(['changed_xid', 'created_at', 'inquiry_id', 'topic']);
});

test('what retention removes is gone', async () => {
  const id = await givenEarlierInquiry();
  const reader = await givenFeedReader(rest, token);
  await database.query("UPDATE inquiry SET status = 'spam', updated_at = now() - interval '40 days'");
  const {stdout} = await runCommand('retention', {env: {DATABASE_URL: database.url, RETENTION_SPAM_DAYS: '30'}});
  expect(stdout).toContain('"inquiry.spam":1');
  expect(await words(reader)).toEqual([`gone ${id}`]);
});

test('an inquiry that moves is gone where it was, and returned where it comes to', async () => {
  const id = await givenEarlierInquiry();
  const readers = await givenReaders();
  const triage = givenTriage(rest, token);
  await triage.change(id, {topic: 'press'}, 1);
  expect(await words(readers.all)).toEqual([`changed ${id}`]);
  expect(await words(readers.sales)).toEqual([`gone ${id}`]);
  expect(await words(readers.press)).toEqual([`changed ${id}`]);
  expect(await words(readers.byParameter)).toEqual([`changed ${id}`]);
  await triage.change(id, {topic: 'sales'}, 2);
  expect(await words(readers.sales)).toEqual([`changed ${id}`]); // back again
  expect(await words(readers.press)).toEqual([`gone ${id}`]);
  await triage.change(id, {topic: 'press'}, 3);
  await triage.change(id, {topic: 'sales'}, 4);
  expect(await words(readers.sales)).toEqual([`changed ${id}`]); // it is there, whatever happened between
  expect(await words(readers.all)).toEqual([`changed ${id}`]);
  await database.query('DELETE FROM inquiry');
  for (const reader of [readers.all, readers.sales, readers.press, readers.byParameter]) {
    expect(new Set(await words(reader))).toEqual(new Set([`gone ${id}`]));
  }
});

test('nobody hears of an inquiry that they could never see', async () => {
  const readers = await givenReaders();
  const client = new Client({connectionString: database.url});
  await client.connect();
  onTeardown(() => client.end());
  const moved = await insertInquiry(database);
  await client.query('BEGIN');
  const stored = await insertInquiry(client, 'press'); // in press only until the commit
  await client.query("UPDATE inquiry SET topic = 'support' WHERE id = $1", [stored]);
  const deleted = await insertInquiry(client, 'press'); // never there at all
  await client.query('DELETE FROM inquiry WHERE id = $1', [deleted]);
  for (const topic of ['press', 'support']) {
    await client.query('UPDATE inquiry SET topic = $2 WHERE id = $1', [moved, topic]); // through press
  }
  await client.query('COMMIT');
  expect(new Set(await words(readers.all))).toEqual(new Set([`new ${stored}`, `new ${moved}`]));
  expect(await words(readers.sales)).toEqual([`gone ${moved}`]);
  expect(await words(readers.press)).toEqual([]);
  expect(await words(readers.byParameter)).toEqual([]);
});

test('what a transaction had not committed is not gone', async () => {
  const id = await givenEarlierInquiry();
  const reader = await givenFeedReader(rest, token);
  await database.query('BEGIN; DELETE FROM inquiry; ROLLBACK');
  await database.query(
    `DO $$ BEGIN DELETE FROM inquiry; RAISE EXCEPTION 'no'; EXCEPTION WHEN OTHERS THEN NULL; END $$`,
  );
  await insertInquiry(database);
  expect((await words(reader)).filter(word => word.endsWith(id))).toEqual([]);
});

describe('tombstones are kept for 30 days', () => {
  const retain = () => runCommand('retention', {env: {DATABASE_URL: database.url}});

  async function givenTombstone(days: number): Promise<string> {
    const id = await insertInquiry(database);
    await database.query('DELETE FROM inquiry WHERE id = $1', [id]);
    await database.query(
      `UPDATE inquiry_tombstone SET created_at = now() - $2 * interval '1 day' WHERE inquiry_id = $1`,
      [id, days],
    );
    return id;
  }

  test('and a feed from before one that was removed is 410, a later one is not', async () => {
    const before = await feedOfList(rest, token);
    await givenTombstone(31);
    await settled(database);
    const between = await feedOfList(rest, token);
    const young = await givenTombstone(29);
    await settled(database);
    const {stdout} = await retain();
    expect(stdout).toContain('"tombstones":1');
    await expectProblem(await rest.get(`/inquiries/changes?after=${before}`, token), 'feed-expired');
    const reader = await givenFeedReader(rest, token);
    reader.feed = between;
    expect(await words(reader)).toEqual([`gone ${young}`]);
  });

  test('the end of a quiet feed is never too old, and no table is read to remove nothing', async () => {
    await givenTombstone(31);
    await settled(database);
    const after = await feedOfList(rest, token);
    for (let run = 0; run < 2; run++) expect((await retain()).code).toBe(0);
    for (const feed of [after, await feedOfList(rest, token)]) {
      expect((await rest.get(`/inquiries/changes?after=${feed}`, token)).status).toBe(200);
    }
  });

  test('a tombstone that no reader can have read yet stays', async () => {
    const client = new Client({connectionString: database.url});
    await client.connect();
    onTeardown(() => client.end());
    await client.query('BEGIN');
    await insertInquiry(client);
    const id = await givenTombstone(31);
    const reader = await givenFeedReader(rest, token);
    expect((await retain()).stdout).toContain('"tombstones":0');
    await client.query('ROLLBACK');
    expect(await words(reader)).toEqual([`gone ${id}`]);
  });

  test('a run removes as many as there are, in batches', async () => {
    await database.query(
      `INSERT INTO inquiry_tombstone SELECT gen_random_uuid(), 'sales', pg_current_xact_id(), now() - interval '31 days'
       FROM generate_series(1, 2500)`,
    );
    await settled(database);
    expect((await retain()).stdout).toContain('"tombstones":2500');
  });
});

test('deleting in bulk costs little more than without tombstones', async () => {
  const fill = () =>
    database.query(
      `INSERT INTO inquiry (id, topic, name, email, message, created_at, updated_at, search_words, search_text)
       SELECT ${idOf('now()')}, 'sales', 'Ada', 'a@example.org', 'Hello', now(), now(), '', ''
       FROM generate_series(1, 20000)`,
    );
  await fill();
  const [plan] = await database.query<{'QUERY PLAN': [{Triggers: {'Trigger Name': string; Calls: number}[]}]}>(
    'EXPLAIN (ANALYZE, FORMAT JSON) DELETE FROM inquiry',
  );
  const triggers = plan?.['QUERY PLAN'][0].Triggers.filter(trigger => trigger['Trigger Name'] === 'inquiry_deleted');
  expect(triggers?.map(({Calls}) => Calls)).toEqual([1]); // one statement for all of them
  const [counted] = await database.query<{count: number}>('SELECT count(*)::int AS count FROM inquiry_tombstone');
  expect(counted?.count).toBe(20_000);
});
