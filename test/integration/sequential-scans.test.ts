// No route reads a large table from its beginning to its end, but for those that docs/lists.md names. PostgreSQL itself counts
// the scans, over everything that the process has asked.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {ROUTE_ACCESS} from '../../src/access/policy';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {feedOfList} from '../helpers/feed';
import {givenSubmission} from '../helpers/inquiries';
import {givenManyInquiries, WORDS} from '../helpers/many-inquiries';
import {givenRest} from '../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';
import {givenTriage} from '../helpers/triage';

const ROWS = 30_000;
const LARGE = 10_000;

let database: TestDatabase;
let issuer: TokenIssuer;
let token: string;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  token = await issuer.sign({scope: [...new Set(Object.values(ROUTE_ACCESS))].join(' ')});
  await givenManyInquiries(database, ROWS);
  await database.query(`
    INSERT INTO inquiry_activity (id, inquiry_id, kind, actor, note, created_at)
    SELECT overlay(id::text PLACING '9' FROM 20)::uuid, id, 'note', 'agent', 'A note', created_at FROM inquiry`);
  await database.query(`
    INSERT INTO subscription (id, email, email_normalized, status, consent_version, consent_text_sha256, consented_at, created_at, updated_at)
    SELECT id, email, lower(email), CASE WHEN status = 'spam' THEN 'unsubscribed' ELSE 'active' END::subscription_status,
           '1', repeat('a', 64), created_at, created_at, updated_at FROM inquiry`);
  await database.query(`INSERT INTO idempotency_record SELECT sha256(convert_to(id::text, 'UTF8')), id FROM inquiry`);
  await database.query(`
    INSERT INTO inquiry_tombstone SELECT gen_random_uuid(), topic, changed_xid, now() FROM inquiry`);
  await database.query('VACUUM (ANALYZE)');
}, 120_000);

/** Scans of each large table, from its beginning, while a process served these requests. */
async function scansDuring(
  requests: (rest: Awaited<ReturnType<typeof givenRest>>) => Promise<void>,
): Promise<string[]> {
  const scans = async () => {
    const rows = await database.query<{table: string; scans: number}>(`
      SELECT pg_class.relname AS "table", seq_scan::int AS scans FROM pg_stat_user_tables JOIN pg_class ON pg_class.oid = relid
      WHERE reltuples > ${LARGE}`);
    return new Map(rows.map(({table, scans: count}) => [table, count]));
  };
  const before = await scans();
  expect(before.size).toBe(5);
  const rest = await givenRest({databaseUrl: database.url, issuer});
  await requests(rest);
  await rest.stop(); // PostgreSQL counts a connection's scans at its end at the latest
  const after = await scans();
  return [...after].filter(([table, count]) => count !== before.get(table)).map(([table]) => table);
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
    expect((await triage.change(id, {assignee: 'ada@example.com'}, 1)).status).toBe(200);
    expect((await triage.note(id, {note: `From ada@example.com and ${String(submission.email)}`})).status).toBe(201);
    expect(await triage.log(id)).toHaveLength(2);
    for (const email of ['ada@example.com', submission.email]) {
      for (const path of ['/subject-exports', '/erasures']) {
        const response = await rest.post(path, {email}, {Authorization: `Bearer ${token}`});
        expect([path, response.status]).toEqual([path, 200]);
      }
    }
  });
  expect(scanned).toEqual([]);
});

test('an export without a filter counts and reads its own table, as docs/lists.md says, and no other one', async () => {
  expect(readFileSync(path.resolve(__dirname, '../../docs/lists.md'), 'utf8')).toContain(
    'but an export without\na filter',
  );
  for (const [target, table] of [
    ['/inquiries/export.csv', 'inquiry'],
    ['/subscriptions/export.csv', 'subscription'],
  ] as const) {
    const scanned = await scansDuring(async rest => {
      const lines = (await (await rest.get(target, token)).text()).split('\r\n');
      expect(lines.length).toBeGreaterThan(ROWS);
    });
    expect(scanned.filter(other => other !== table)).toEqual([]);
  }
});
