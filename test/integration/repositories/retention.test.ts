// `npm run retention` as operations run it: a child process on a real database, killed, stopped, doubled and resumed.
import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';
import {Client} from 'pg';
import {searchedInquiry} from '../../../src/repositories/inquiry/inquiry-search';
import {runCommand, startCommand} from '../../helpers/command';
import {givenDatabase, givenEmptyDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {idOf} from '../../helpers/ids';
import {givenSubmission} from '../../helpers/inquiries';
import {givenRest} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer} from '../../helpers/tokens';

const BATCH = 1000;
const ROWS = 50_000;

let database: TestDatabase;
let env: Record<string, string>;

beforeEach(async () => {
  database = await givenDatabase();
  env = {DATABASE_URL: database.url, RETENTION_SPAM_DAYS: '30'};
});

// Rows that last changed so many days ago, each with an entry of activity.
async function givenInquiries(status: string, days: number, rows = 1): Promise<void> {
  const offer = {name: 'Ann', email: 'ann@example.org', message: 'Please call me about offer'};
  const {words, text} = searchedInquiry(offer);
  await database.query(
    `WITH added AS (
       INSERT INTO inquiry (id, topic, name, email, message, status, created_at, updated_at, search_words, search_text)
       SELECT ${idOf('stored')}, 'sales', 'Ann ' || n, 'ann@example.org', 'Please call me about offer ' || n, $1, stored,
              now() - $2 * interval '1 day' - n * interval '1 ms', $4::tsvector, $5
       FROM generate_series(1, $3) AS n, LATERAL (SELECT now() - interval '400 days' AS stored) AS t RETURNING id)
     INSERT INTO inquiry_activity (id, inquiry_id, kind, actor, to_value, created_at)
     SELECT ${idOf('now()')}, id, 'status', 'agent', $1::inquiry_status::text, now() FROM added`,
    [status, days, rows, words, text],
  );
}

test('an inquiry that somebody noted on is not old', async () => {
  await givenInquiries('spam', 90, 3);
  const [noted] = await database.query<{id: string}>('SELECT id FROM inquiry LIMIT 1');
  await database.query(
    `INSERT INTO inquiry_activity (id, inquiry_id, kind, actor, note, created_at)
     VALUES (gen_random_uuid(), $1, 'note', 'agent', 'Not spam after all', now() - interval '29 days')`,
    [noted?.id],
  );
  const dry = await runCommand('retention', {env, args: ['--dry-run']});
  expect(summary(dry.stdout).counts).toMatchObject({'inquiry.spam': 2});
  const run = await runCommand('retention', {env});
  expect(summary(run.stdout).counts).toMatchObject({'inquiry.spam': 2});
  expect(await database.query('SELECT id FROM inquiry')).toEqual([noted]);
});

async function count(table: string, where = 'true'): Promise<number> {
  const [row] = await database.query<{count: number}>(`SELECT count(*)::int AS count FROM ${table} WHERE ${where}`);
  return row?.count ?? 0;
}

interface Summary {
  msg: string;
  dryRun: boolean;
  counts: Record<string, number>;
}

function summary(stdout: string): Summary {
  const lines = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Summary);
  const last = lines.find(({msg}) => /^retention\.(done|stopped|already_running)$/.test(msg));
  if (!last) throw new Error(`no summary in:\n${stdout}`);
  return last;
}

async function audited(name: string): Promise<number[]> {
  const rows = await database.query<{counts: Record<string, number>}>(
    "SELECT counts FROM privacy_audit WHERE kind = 'retention' ORDER BY id",
  );
  return rows.map(({counts}) => counts[name] ?? 0);
}

test('removes by status and age what is configured, and keeps everything else for ever', async () => {
  for (const status of ['new', 'in_progress', 'resolved', 'spam']) {
    await givenInquiries(status, 29.9);
    await givenInquiries(status, 30.1);
    await givenInquiries(status, 90.1);
  }
  const {code, stdout, stderr} = await runCommand('retention', {
    env: {...env, RETENTION_RESOLVED_DAYS: '90', RETENTION_NEW_DAYS: '365'},
  });
  expect([code, stderr]).toEqual([0, '']);
  expect(summary(stdout)).toMatchObject({
    msg: 'retention.done',
    dryRun: false,
    counts: {'inquiry.new': 0, 'inquiry.resolved': 1, 'inquiry.spam': 2, idempotencyKeys: 0},
  });
  const left = await database.query('SELECT status, count(*)::int FROM inquiry GROUP BY status ORDER BY status::text');
  expect(left).toEqual([
    {status: 'in_progress', count: 3},
    {status: 'new', count: 3},
    {status: 'resolved', count: 2},
    {status: 'spam', count: 1},
  ]);
  expect(await count('inquiry_activity')).toBe(9);
});

test('keeps whom has left on record when nobody confirms their new request, until ended ones go', async () => {
  await database.query(
    `INSERT INTO subscription (id, email, email_normalized, status, consent_version, consent_text_sha256, consented_at,
                               unsubscribed_at, created_at, updated_at)
     VALUES (${idOf('now()')}, 'left@example.org', 'left@example.org', 'pending', '1', repeat('a', 64), now(), now() - interval '50 days',
             now(), now() - interval '40 days')`,
  );
  const days = {RETENTION_PENDING_DAYS: '7', RETENTION_UNSUBSCRIBED_DAYS: '99'};
  const dry = await runCommand('retention', {env: {...env, ...days}, args: ['--dry-run']});
  expect(summary(dry.stdout).counts).toMatchObject({'subscription.pending': 0});
  const {stdout} = await runCommand('retention', {env: {...env, ...days}});
  expect(summary(stdout).counts).toMatchObject({'subscription.pending': 0});
  expect(await database.query('SELECT status, version FROM subscription')).toEqual([
    {status: 'unsubscribed', version: 2},
  ]);
});

test('removes ended and unconfirmed subscriptions, never active ones', async () => {
  await database.query(
    `INSERT INTO subscription (id, email, email_normalized, status, consent_version, consent_text_sha256, consented_at,
                               created_at, updated_at)
     SELECT ${idOf('now()')}, email, email, status::subscription_status, '1', repeat('a', 64), now(), now(), now() - days * interval '1 day'
     FROM unnest(ARRAY['active', 'pending', 'unsubscribed']) AS status, unnest(ARRAY[1, 100]) AS days,
          LATERAL (SELECT status || days || '@example.org') AS made (email)`,
  );
  const {stdout} = await runCommand('retention', {
    env: {...env, RETENTION_PENDING_DAYS: '7', RETENTION_UNSUBSCRIBED_DAYS: '99'},
  });
  expect(summary(stdout).counts).toMatchObject({'subscription.pending': 1, 'subscription.unsubscribed': 1});
  expect(await count('subscription', "status = 'active'")).toBe(2);
  expect(await count('subscription', "status <> 'active' AND updated_at < now() - interval '7 days'")).toBe(0);
});

test('always forgets idempotency keys after 7 days, which is no change of the inquiry', async () => {
  await givenInquiries('new', 8, 2);
  for (const days of [6.9, 7.1]) {
    await database.query(
      `INSERT INTO idempotency_record SELECT sha256(convert_to(id::text, 'UTF8')), id
       FROM (SELECT ${idOf("now() - $1 * interval '1 day'")} AS id) AS old`,
      [days],
    );
  }
  const [young] = await database.query<{id: string}>('SELECT id FROM idempotency_record ORDER BY id DESC LIMIT 1');
  const rows = () => database.query('SELECT id, version, updated_at, changed_xid FROM inquiry ORDER BY id');
  const before = await rows();
  const {stdout} = await runCommand('retention', {env: {DATABASE_URL: database.url}});
  expect(summary(stdout).counts).toEqual({idempotencyKeys: 1, tombstones: 0});
  expect(await database.query('SELECT id FROM idempotency_record')).toEqual([young]);
  expect(await rows()).toEqual(before);
});

test('--dry-run counts what a run then removes, and changes nothing', async () => {
  await givenInquiries('spam', 31, BATCH + 5);
  const dry = await runCommand('retention', {args: ['--dry-run'], env});
  expect(dry.code).toBe(0);
  expect(summary(dry.stdout)).toMatchObject({msg: 'retention.done', dryRun: true, counts: {'inquiry.spam': BATCH + 5}});
  expect(await count('inquiry')).toBe(BATCH + 5);
  expect(await count('privacy_audit')).toBe(0);
  const real = await runCommand('retention', {env});
  expect(summary(real.stdout)).toMatchObject({dryRun: false, counts: summary(dry.stdout).counts});
  expect(await count('inquiry')).toBe(0);
  expect(await audited('inquiry.spam')).toEqual([BATCH + 5]);
});

test('killed in the middle, it has logged what it removed, and the next run goes on', async () => {
  await givenInquiries('spam', 31, ROWS);
  await givenInquiries('spam', 1, 3);
  const killed = startCommand('retention', {env});
  await eventually(async () => expect(await count('inquiry')).toBeLessThan(ROWS));
  killed.signal('SIGKILL');
  expect((await killed.result).code).toBeNull();
  // Its last statement may still be at work in PostgreSQL.
  await eventually(async () =>
    expect(await count('pg_stat_activity', "application_name = 'outreach' AND datname = current_database()")).toBe(0),
  );
  const left = (await count('inquiry')) - 3;
  expect(left).toBeGreaterThan(0);
  expect(left % BATCH).toBe(0);
  expect(await audited('inquiry.spam')).toEqual([ROWS - left]);
  const next = await runCommand('retention', {env});
  expect(summary(next.stdout)).toMatchObject({msg: 'retention.done', counts: {'inquiry.spam': left}});
  expect([await count('inquiry'), await count('inquiry_activity')]).toEqual([3, 3]);
  expect(await audited('inquiry.spam')).toEqual([ROWS - left, left]);
}, 120_000);

test('SIGTERM ends it after the batch in hand, with a summary, and the next run goes on', async () => {
  await givenInquiries('spam', 31, ROWS);
  const stopped = startCommand('retention', {env});
  await eventually(async () => expect(await count('inquiry')).toBeLessThan(ROWS));
  stopped.signal('SIGTERM');
  const {code, stdout} = await stopped.result;
  expect(code).toBe(0);
  const logged = summary(stdout);
  const left = await count('inquiry');
  expect(left).toBeGreaterThan(0);
  expect(logged).toMatchObject({msg: 'retention.stopped', counts: {'inquiry.spam': ROWS - left}});
  expect(await audited('inquiry.spam')).toEqual([ROWS - left]);
  await runCommand('retention', {env});
  expect(await count('inquiry')).toBe(0);
}, 120_000);

test('of two runs at once, one does the work and the other says so', async () => {
  await givenInquiries('spam', 31, 10 * BATCH);
  const runs = await Promise.all([runCommand('retention', {env}), runCommand('retention', {env})]);
  expect(runs.map(({code}) => code)).toEqual([0, 0]);
  const removed = runs.map(({stdout}) => summary(stdout).counts['inquiry.spam'] ?? 0);
  expect(removed.reduce((sum, part) => sum + part)).toBe(10 * BATCH);
  expect((await audited('inquiry.spam')).reduce((sum, part) => sum + part)).toBe(10 * BATCH);
}, 60_000);

test('while another run has the lock, it removes nothing', async () => {
  await givenInquiries('spam', 31);
  const other = await givenClient();
  await other.query('SELECT pg_advisory_lock(1869968498, 1)');
  const {code, stdout} = await runCommand('retention', {env});
  expect([code, summary(stdout).msg, await count('inquiry')]).toEqual([0, 'retention.already_running', 1]);
});

test('leaves a row that somebody is working on to the next run, and waits for nobody', async () => {
  await givenInquiries('spam', 31, 3);
  const editor = await givenClient();
  await editor.query('BEGIN');
  await editor.query('SELECT FROM inquiry ORDER BY updated_at, id LIMIT 1 FOR UPDATE');
  expect(summary((await runCommand('retention', {env})).stdout).counts['inquiry.spam']).toBe(2);
  await editor.query('ROLLBACK');
  expect(summary((await runCommand('retention', {env})).stdout).counts['inquiry.spam']).toBe(1);
});

test('visitors submit while it runs', async () => {
  const rest = await givenRest({databaseUrl: database.url, issuer: await givenTokenIssuer()});
  await givenInquiries('spam', 31, ROWS);
  const running = startCommand('retention', {env});
  await eventually(async () => expect(await count('inquiry')).toBeLessThan(ROWS));
  const run = {ended: false};
  void running.result.then(() => (run.ended = true));
  const times: number[] = [];
  while (!run.ended) {
    const startedAt = performance.now();
    expect((await rest.post('/inquiries', givenSubmission())).status).toBe(201);
    times.push(performance.now() - startedAt);
  }
  expect(times.length).toBeGreaterThan(20);
  expect(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]).toBeLessThan(200);
  expect(await count('inquiry')).toBe(times.length);
}, 120_000);

test('a progress line is for terminals only', async () => {
  await givenInquiries('spam', 31, BATCH + 1);
  const program = path.resolve(__dirname, '../../../dist/bin/retention.js');
  const onTerminal = ['-qefc', `${process.execPath} ${program}`, '/dev/null']; // util-linux: runs it on a pty
  const {stdout} = await promisify(execFile)('script', onTerminal, {env: {PATH: process.env.PATH, ...env}});
  expect(stdout).toContain('\r\u001B[Kretention: inquiry.spam 1,000');
  expect(stdout).toContain('"msg":"retention.done"');
  const {stderr} = await runCommand('retention', {env});
  expect(stderr).toBe('');
});

test('a wrong option or a wrong value removes nothing and names what is wrong', async () => {
  await givenInquiries('spam', 31);
  for (const [args, value, named] of [
    [['--dryrun'], '30', '--dryrun'],
    [[], '0', 'RETENTION_SPAM_DAYS: must be from 1 to 36500'],
    [[], '30d', 'RETENTION_SPAM_DAYS: must be a whole number'],
  ] as const) {
    const {code, stderr} = await runCommand('retention', {args: [...args], env: {...env, RETENTION_SPAM_DAYS: value}});
    expect([code, stderr]).toEqual([78, expect.stringContaining(named)]);
  }
  const {code, stderr} = await runCommand('retention', {
    env: {...env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x'},
  });
  expect([code, stderr]).toEqual([1, expect.stringContaining('PostgreSQL is not available')]);
  expect(await count('inquiry')).toBe(1);
});

test.each([
  ['that was never migrated', [], 'The newest migration of the database of DATABASE_URL is none: run migrate.'],
  ['of before the first release', ['000001_create_inquiry'], 'begins with the migration 000001_create_inquiry'],
])('a database %s is left alone, and a sentence says what to do', async (_which, names, sentence) => {
  const old = await givenEmptyDatabase();
  await old.query('CREATE TABLE inquiry (id uuid, status text, updated_at timestamptz)');
  await old.query(`INSERT INTO inquiry VALUES (gen_random_uuid(), 'spam', '2020-01-01')`);
  if (names.length > 0) {
    await old.query('CREATE TABLE pgmigrations (id serial, name text)');
    await old.query('INSERT INTO pgmigrations (name) SELECT unnest($1::text[])', [names]);
  }
  const {code, stderr} = await runCommand('retention', {env: {...env, DATABASE_URL: old.url}});
  expect([code, stderr]).toEqual([78, expect.stringContaining(sentence)]);
  expect(await old.query('SELECT FROM inquiry')).toHaveLength(1);
});

async function givenClient(): Promise<Client> {
  const client = new Client({connectionString: database.url});
  client.on('error', () => undefined); // dropped with the database
  await client.connect();
  onTeardown(() => client.end());
  return client;
}
