// No request reads a large table from its beginning to its end, but for those that docs/lists.md names, and each index of the
// tables beside the lists is of use. Every route is asked, and lists and searches in many ways. PostgreSQL itself counts the scans, over everything that the process has asked.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {Client, type QueryResultRow} from 'pg';
import {ROUTE_ACCESS, type RouteKey} from '../../../src/access/policy';
import {addressVector} from '../../../src/repositories/privacy/mention-keys';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {feedOfList} from '../../helpers/feed';
import {givenSubmission} from '../../helpers/inquiries';
import {givenManyInquiries, WORDS} from '../../helpers/many-inquiries';
import type {OpenApiDocument} from '../../helpers/openapi';
import {givenRest} from '../../helpers/rest';
import {ALL_ROUTES, givenSeed, ROUTE_SAMPLES, sampleRequest, type Seed} from '../../helpers/route-samples';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';
import {givenTriage} from '../../helpers/triage';

const ROWS = 30_000;
const LARGE = 10_000;
const AGENT = 'ada@example.com'; // who is erased

let database: TestDatabase;
let issuer: TokenIssuer;
let token: string;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  token = await issuer.sign({scope: [...new Set(Object.values(ROUTE_ACCESS))].join(' ')});
  await givenManyInquiries(database, ROWS);
  await fillOtherTables();
}, 120_000);

// On a connection of its own, which reports what it has read at its end at the latest.
async function fillOtherTables(): Promise<void> {
  const client = new Client({connectionString: database.url});
  await client.connect();
  try {
    await client.query(`
      INSERT INTO inquiry_activity (id, inquiry_id, kind, actor, note, created_at)
      SELECT overlay(id::text PLACING '9' FROM 20)::uuid, id, 'note', 'agent', 'A note', created_at FROM inquiry`);
    await client.query(`
      INSERT INTO subscription (id, email, email_normalized, list, status, consent_version, consent_text_sha256, consented_at, created_at, updated_at)
      SELECT id, email, lower(email), CASE WHEN topic = 'careers' THEN 'jobs' ELSE 'newsletter' END,
             CASE WHEN status = 'spam' THEN 'unsubscribed' ELSE 'active' END::subscription_status, '1', repeat('a', 64), created_at, created_at, updated_at FROM inquiry`);
    await client.query(`
      INSERT INTO subscription_consent (id, subscription_id, kind, method, consent_version, consent_text_sha256, created_at)
      SELECT id, id, 'given', 'request', consent_version, consent_text_sha256, created_at FROM subscription`);
    await client.query(
      `INSERT INTO subscription_consent (id, subscription_id, kind, method, consent_version, consent_text_sha256, actor, created_at, addresses)
       SELECT gen_random_uuid(), id, 'withdrawn', 'back_office', '1', repeat('a', 64), $1, now(), $2::tsvector FROM subscription LIMIT 1`,
      [AGENT, addressVector([AGENT])],
    );
    await client.query(`INSERT INTO idempotency_record SELECT sha256(convert_to(id::text, 'UTF8')), id FROM inquiry`);
    await client.query(`
      INSERT INTO inquiry_tombstone SELECT gen_random_uuid(), topic, changed_xid, now() FROM inquiry`);
    await client.query(`
      INSERT INTO privacy_audit (id, kind, actor, counts, created_at)
      SELECT id, 'erasure', 'officer-' || abs(hashtext(id::text)) % 9, '{}', created_at FROM inquiry`);
    await client.query('VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
}

const usedIndexes = new Set<string>();

/** Large tables that a process read from their beginning while it served these requests. */
async function scansDuring(
  requests: (rest: Awaited<ReturnType<typeof givenRest>>) => Promise<void>,
): Promise<string[]> {
  const counts = async (query: string) =>
    new Map((await database.query<Record<'name' | 'scans', string>>(query)).map(({name, scans}) => [name, scans]));
  const read = () =>
    Promise.all([
      counts(`SELECT pg_class.relname AS name, seq_scan AS scans FROM pg_stat_user_tables
        JOIN pg_class ON pg_class.oid = relid WHERE reltuples > ${LARGE}`),
      counts('SELECT indexrelname AS name, idx_scan AS scans FROM pg_stat_user_indexes'),
    ]);
  const before = await read();
  expect(before[0].size).toBe(7);
  const rest = await givenRest({databaseUrl: database.url, issuer});
  await requests(rest);
  await rest.stop(); // PostgreSQL counts a connection's scans at its end at the latest
  const [scanned = [], used = []] = (await read()).map((after, index) =>
    [...after].filter(([name, scans]) => scans !== before[index]?.get(name)).map(([name]) => name),
  );
  for (const name of used) usedIndexes.add(name);
  return scanned;
}

const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const LISTS = [
  '',
  'status=new',
  'topic=careers',
  'assignee=agent-3',
  'topic=sales&status=resolved&order=oldest',
  `createdFrom=${ago(30)}&createdTo=${ago(29)}`,
  `filter=${encodeURIComponent(JSON.stringify({where: {assignee: null, status: 'new'}}))}`,
  `filter=${encodeURIComponent(JSON.stringify({where: {updatedAt: {gt: ago(3)}}}))}`,
  ...Object.values(WORDS).map(word => `q=${word}`),
  'q=nothing-like-it',
  'q=u7777@',
  'metadata[budget]=1000',
];

test('lists, searches, pages, the feed, triage, erasure and the public routes scan no large table', async () => {
  const scanned = await scansDuring(async rest => {
    const feed = await feedOfList(rest, token);
    for (const query of LISTS) {
      const response = await rest.get(`/inquiries?${query}`, token);
      expect([query, response.status]).toEqual([query, 200]);
      const next = /<(.*)>/.exec(response.headers.get('Link') ?? '')?.[1];
      if (next !== undefined) expect((await rest.get(next, token)).status).toBe(200);
    }
    for (const [path, status] of [
      ['/inquiries/count?status=new', 200],
      ['/inquiries/count?topic=careers&status=new', 200],
      [`/inquiries/quarantine?createdFrom=${ago(7)}`, 200],
      [`/inquiries/quarantine?topic=careers&createdFrom=${ago(7)}`, 200],
      [`/inquiries/changes?after=${feed}`, 200],
      ['/subscriptions', 200],
      ['/subscriptions?status=unsubscribed', 200],
      ['/subscriptions/count?status=unsubscribed', 200],
      ['/ready', 200],
    ] as const) {
      expect([path, (await rest.get(path, token)).status]).toEqual([path, status]);
    }
    const submission = givenSubmission();
    const stored = await rest.post('/inquiries', submission, {'Idempotency-Key': 'a-key-of-this-test'});
    const again = await rest.post('/inquiries', submission, {'Idempotency-Key': 'a-key-of-this-test'});
    const [{id}, same] = [(await stored.json()) as {id: string}, (await again.json()) as {id: string}];
    expect(same.id).toBe(id);
    const consent = {consentVersion: '1', consentTextSha256: 'a'.repeat(64)};
    expect((await rest.post('/subscriptions', {email: submission.email, ...consent})).status).toBe(202);
    const triage = givenTriage(rest, token);
    expect((await triage.change(id, {assignee: AGENT}, 1)).status).toBe(200);
    expect((await triage.note(id, {note: `From ${AGENT} and ${String(submission.email)}`})).status).toBe(201);
    expect(await triage.log(id)).toHaveLength(2);
    for (const email of [AGENT, submission.email]) {
      for (const path of ['/subject-exports', '/erasures']) {
        const response = await rest.post(path, {email}, {Authorization: `Bearer ${token}`});
        expect([path, response.status]).toEqual([path, 200]);
      }
    }
  });
  expect(scanned).toEqual([]);
});

// As docs/lists.md says, what counts or exports everything may read its own table; the last tests ask for such.
const OF_EVERYTHING: readonly RouteKey[] = [
  'GET /subscriptions', // with its total
  'GET /subscriptions/count',
  'GET /subscriptions/export.csv',
];

test('no other route scans a large table', async () => {
  const seeds = await givenSeeds(ALL_ROUTES.map(({key}) => key).filter(key => !OF_EVERYTHING.includes(key)));
  const scanned = await scansDuring(async rest => {
    const document = (await (await rest.get('/openapi.json')).json()) as OpenApiDocument;
    for (const [key, seed] of seeds) {
      const {method, path, headers, body} = sampleRequest(key, {document, seed});
      const authorized = {Authorization: `Bearer ${token}`, ...headers};
      const response = await fetch(rest.url + path, {method, headers: authorized, body});
      await response.text();
      expect([key, response.ok]).toEqual([key, true]);
    }
  });
  expect(scanned).toEqual([]);
});

// Made on a connection of its own, as the rows are; the generated ones are of transactions that must have been.
async function givenSeeds(keys: readonly RouteKey[]): Promise<Map<RouteKey, Seed>> {
  const client = new Client({connectionString: database.url});
  await client.connect();
  try {
    await client.query(`DO $$ BEGIN WHILE pg_current_xact_id()::text::bigint < ${ROWS} LOOP COMMIT; END LOOP; END $$`);
    const own: TestDatabase = {
      url: database.url,
      query: async <Row extends QueryResultRow>(text: string, values?: unknown[]) =>
        (await client.query<Row>(text, values)).rows,
    };
    const seeds = new Map<RouteKey, Seed>();
    for (const key of keys) seeds.set(key, await givenSeed(own, ROUTE_SAMPLES[key].given));
    return seeds;
  } finally {
    await client.end();
  }
}

const where = (conditions: object) => `where=${encodeURIComponent(JSON.stringify(conditions))}`;
// Each leads an index to less than a quarter of the table.
const NARROW = [
  ...[
    'status=new',
    'topic=careers',
    'assignee=agent-3',
    'topic=careers&status=resolved',
    'assignee=agent-9&topic=sales',
  ],
  ...[`createdFrom=${ago(30)}`, `createdTo=${ago(700)}`, `createdFrom=${ago(300)}&createdTo=${ago(290)}&topic=general`],
  ...['q=price', 'q=zeppelin', 'q=quokka', 'q=nothing-like-it', 'q=u7777%40', 'q=price&status=resolved'],
  ...['q=hello&topic=careers', 'q=a&status=new', 'q=hello&assignee=agent-9'],
  where({status: {neq: 'resolved'}}),
  where({topic: {inq: ['careers', 'press']}}),
  where({topic: {between: ['a', 'd']}}),
  where({topic: 'careers', assignee: {neq: 'agent-0'}}),
  where({topic: 'careers', createdAt: {neq: ago(5)}}),
  where({assignee: null}),
  where({assignee: {inq: ['agent-7', 'agent-8']}, topic: {neq: 'careers'}}),
  where({updatedAt: {gt: ago(30)}}),
  where({updatedAt: {gt: ago(30)}, topic: {neq: 'general'}}),
  where({updatedAt: {gt: ago(600)}, topic: 'careers'}),
  where({createdAt: ago(5)}),
];
const NARROW_SUBSCRIPTIONS = [
  ...['status=unsubscribed', 'list=jobs', 'list=jobs&status=active', 'status=pending&list=newsletter'],
  ...[`createdFrom=${ago(30)}`, `createdFrom=${ago(300)}&createdTo=${ago(290)}&status=active`],
  where({status: {neq: 'active'}}),
  where({list: 'jobs', createdAt: {neq: ago(5)}}),
  where({updatedAt: {lt: ago(650)}}),
];

test('counts and exports of less than a quarter of a table scan no large table', async () => {
  const scanned = await scansDuring(async rest => {
    for (const [list, narrow] of [
      ['inquiries', NARROW],
      ['subscriptions', NARROW_SUBSCRIPTIONS],
    ] as const) {
      for (const target of narrow.flatMap(query => [`/${list}/count?${query}`, `/${list}/export.csv?${query}`])) {
        const response = await rest.get(target, token);
        await response.text();
        expect([target, response.status]).toEqual([target, 200]);
      }
    }
  });
  expect(scanned).toEqual([]);
});

test('pages of lists scan no large table, however little they are narrowed', async () => {
  const scanned = await scansDuring(async rest => {
    for (const target of documentedScans()) {
      const [path = '', query = ''] = target.split('?');
      const list = path.replace(/\/(count|export.csv)$/, '');
      const narrowed = query.startsWith('where=') ? `filter={"where":${query.slice('where='.length)}}` : query;
      expect([target, (await rest.get(encodeURI(`${list}?limit=100&${narrowed}`), token)).status]).toEqual([
        target,
        200,
      ]);
    }
  });
  expect(scanned).toEqual([]);
});

test.each(documentedScans())('scans at most its own table, as docs/lists.md says: %s', async target => {
  const scanned = await scansDuring(async rest => {
    const response = await rest.get(encodeURI(target), token);
    await response.text();
    expect(response.status).toBe(200);
  });
  // Whether it does is the planner's choice, which hangs on a sample of the rows.
  const own = target.startsWith('/inquiries') ? 'inquiry' : 'subscription';
  expect(scanned.filter(table => table !== own)).toEqual([]);
});

function documentedScans(): string[] {
  const text = readFileSync(path.resolve(__dirname, '../../../docs/lists.md'), 'utf8');
  const [, section = ''] = /^## What reads a whole table$([^]*?)^## /m.exec(text) ?? [];
  return [...section.matchAll(/`(\/[^`]*)`/g)].map(([, target = '']) => target);
}

// Those of the lists are in query-plans.test.ts and subscription-query-plans.test.ts; the others have one row, or one for each epoch.
const ELSEWHERE = ['inquiry', 'subscription', 'feed_secret', 'inquiry_tombstone_floor', 'pgmigrations'];

test('each index of the tables beside the lists is read by one of these requests', async () => {
  const rows = await database.query<{name: string}>(
    `SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public' AND tablename <> ALL ($1)`,
    [ELSEWHERE],
  );
  expect(rows.length).toBeGreaterThan(8);
  expect(rows.map(({name}) => name).filter(name => !usedIndexes.has(name))).toEqual([]);
});
