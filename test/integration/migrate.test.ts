// `npm run migrate`: a step of its own, safe to run twice and at the same time, to stop, and beside open transactions.
import {randomUUID} from 'node:crypto';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {PG_MIGRATE_LOCK_ID, runner} from 'node-pg-migrate';
import {Client} from 'pg';
import {migrate} from '../../src/datasources/migrate';
import {MIGRATIONS_DIRECTORY} from '../../src/datasources/schema-version';
import {runCommand, startCommand} from '../helpers/command';
import {givenDatabase, givenEmptyDatabase, type TestDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenLogger} from '../helpers/logger';
import {givenRest} from '../helpers/rest';
import {onTeardown} from '../helpers/teardown';
import {givenTokenIssuer} from '../helpers/tokens';

test('two runs at once on an empty database leave one schema', async () => {
  const database = await givenEmptyDatabase();
  const env = {DATABASE_URL: database.url};
  const runs = await Promise.all([runCommand('migrate', {env}), runCommand('migrate', {env})]);
  expect(runs.map(({code}) => code)).toEqual([0, 0]);
  const names = (await database.query<{name: string}>('SELECT name FROM pgmigrations ORDER BY id')).map(
    ({name}) => name,
  );
  expect(names).toEqual([...new Set(names)]);
  const tables = await database.query("SELECT FROM pg_tables WHERE tablename IN ('inquiry', 'subscription')");
  expect(tables).toHaveLength(2);
});

test('a replica is not ready until the newest migration is there, and is ready with a newer schema', async () => {
  const [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  const rest = await givenRest({databaseUrl: database.url, issuer});
  expect((await rest.get('/ready')).status).toBe(200);
  await database.query("INSERT INTO pgmigrations (name, run_on) VALUES ('999999_newer', now())");
  await eventually(async () => expect((await rest.get('/ready')).status).toBe(200));
  await database.query('DELETE FROM pgmigrations');
  await database.query("INSERT INTO pgmigrations (name, run_on) VALUES ('000000_older', now())");
  await eventually(async () => {
    const response = await rest.get('/ready'); // asks PostgreSQL once a second
    expect([response.status, await response.json()]).toMatchObject([503, {postgres: 'wrong-schema'}]);
  });
});

test('words of rows from before migration 000013 are found by the new rule; a table in use is not waited for long', async () => {
  const database = await givenEmptyDatabase();
  const env = {DATABASE_URL: database.url};
  await applyBefore('000013', database.url);
  await database.query(
    `INSERT INTO inquiry (id, topic, name, email, email_normalized, message, created_at, updated_at)
     VALUES (gen_random_uuid(), 'sales', 'Ada', 'ada@example.org', 'ada@example.org', 'shop.example/price-list', now(), now())`,
  );
  const reader = await givenReader(database);
  const refused = await runCommand('migrate', {env});
  await reader.end();
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('is in use for too long')]);
  const waits = refused.stdout.split('\n').filter(line => line.includes('migrate.waiting'));
  expect(waits).toHaveLength(4);
  expect(JSON.parse(waits[0] ?? '')).toMatchObject({
    attempt: 1,
    holders: [{application: 'a-long-reader', state: 'idle in transaction', pid: expect.any(Number) as number}],
  });
  expect((await runCommand('migrate', {env})).code).toBe(0);
  const found = await database.query("SELECT FROM inquiry WHERE search_words @@ outreach_words_query('LIST shop')");
  expect(found).toHaveLength(1);
}, 90_000);

test('a table that was in use is migrated once it is free', async () => {
  const database = await givenEmptyDatabase();
  await applyBefore('000013', database.url);
  const reader = await givenReader(database);
  const logged = givenLogger();
  const migrated = migrate(database.url, logged.logger);
  await eventually(() => expect(logged.text()).toContain('migrate.waiting'));
  await reader.end();
  expect(await migrated).toEqual((await migrationFiles()).slice(12).map(name => path.basename(name, '.sql')));
  expect(logged.text()).not.toContain('migrate.failed');
}, 60_000);

test('rows from before migration 000015: a repeat is still one, and quotes in Unicode are found', async () => {
  const database = await givenEmptyDatabase();
  await applyBefore('000015', database.url);
  const submission = {topic: 'sales', name: 'Ada', email: 'ada@example.org', message: 'Ask zoe@bücher.example'};
  const [id, key] = [randomUUID(), randomUUID()];
  await database.query(
    `INSERT INTO inquiry (id, topic, name, email, email_normalized, message, idempotency_key, request_hash, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $4, $5, $6, sha256(convert_to($7, 'UTF8')), now(), now())`,
    [id, ...Object.values(submission), key, JSON.stringify(submission)],
  );
  expect((await runCommand('migrate', {env: {DATABASE_URL: database.url}})).code).toBe(0);
  const issuer = await givenTokenIssuer();
  const rest = await givenRest({databaseUrl: database.url, issuer});
  const repeated = await rest.post('/inquiries', submission, {'Idempotency-Key': key});
  expect([repeated.status, await repeated.json()]).toMatchObject([201, {id}]);
  const bearer = {Authorization: `Bearer ${await issuer.sign({scope: 'privacy:erase'})}`};
  const erased = await rest.post('/erasures', {email: 'zoe@xn--bcher-kva.example'}, bearer);
  expect(await erased.json()).toMatchObject({notesRedacted: 1});
  expect(await database.query('SELECT message FROM inquiry')).toEqual([{message: 'Ask [gone]'}]);
});

test('each file waits for a lock for two seconds at most, from its first statement on', async () => {
  const files = await migrationFiles();
  expect(files.length).toBeGreaterThan(10);
  for (const name of files) {
    const sql = await readFile(path.join(MIGRATIONS_DIRECTORY, name), 'utf8');
    const [first] = sql
      .replaceAll(/^--.*$/gm, '')
      .trimStart()
      .split('\n');
    expect([name, first]).toEqual([name, "SET LOCAL lock_timeout = '2s';"]);
  }
});

test('a run that is stopped in the middle of a statement ends it in PostgreSQL, and leaves nothing of its file', async () => {
  const database = await givenEmptyDatabase();
  const directory = await mkdtemp(path.join(tmpdir(), 'outreach-test-migrations-'));
  onTeardown(() => rm(directory, {recursive: true, force: true}));
  await writeFile(path.join(directory, '000001_quick.sql'), 'CREATE TABLE quick (id int);');
  await writeFile(path.join(directory, '000002_slow.sql'), 'CREATE TABLE slow (id int); SELECT pg_sleep(600);');
  const stopping = new AbortController();
  const {signal} = stopping;
  const logged = givenLogger();
  const migrated = migrate(database.url, logged.logger, {directory, signal});
  migrated.catch(() => undefined); // looked at below
  await eventually(async () =>
    expect(await sessions(database)).toMatchObject([{query: expect.stringContaining('pg_sleep') as string}]),
  );
  stopping.abort();
  await expect(migrated).rejects.toThrow('aborted');
  await eventually(async () => expect(await sessions(database)).toEqual([]));
  const tables = await database.query(`SELECT tablename FROM pg_tables WHERE tablename IN ('quick', 'slow')`);
  expect(tables).toEqual([{tablename: 'quick'}]);
  expect(logged.text()).not.toContain('migrate.failed');
});

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('%s ends the command with %i, and its session', async (name, code) => {
  const database = await givenEmptyDatabase();
  const other = new Client({connectionString: database.url});
  await other.connect();
  onTeardown(() => other.end());
  await other.query('SELECT pg_advisory_lock($1)', [PG_MIGRATE_LOCK_ID]);
  const command = startCommand('migrate', {env: {DATABASE_URL: database.url}});
  await eventually(async () =>
    expect(await sessions(database)).toMatchObject([{query: expect.stringContaining('pg_advisory_lock') as string}]),
  );
  command.signal(name);
  const {code: ended, stdout} = await command.result;
  expect([ended, stdout]).toEqual([code, expect.stringMatching(/migrate\.stopping[^]*migrate\.stopped/)]);
  await eventually(async () => expect(await sessions(database)).toEqual([]));
});

test('a replica that is newer than the schema answers 503, not 500', async () => {
  const [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  const rest = await givenRest({databaseUrl: database.url, issuer});
  const search = async () => (await rest.get('/inquiries?q=ada', await issuer.sign())).status;
  expect(await search()).toBe(200);
  await database.query('ALTER FUNCTION outreach_words_query RENAME TO older_function');
  expect(await search()).toBe(503);
});

test('a missing DATABASE_URL stops it with the name of the variable', async () => {
  const {code, stderr} = await runCommand('migrate');
  expect(code).toBe(78);
  expect(stderr).toContain('DATABASE_URL: must be set');
});

/** Applies the migrations before the one whose name begins so. */
async function applyBefore(number: string, databaseUrl: string): Promise<void> {
  await runner({
    databaseUrl,
    dir: MIGRATIONS_DIRECTORY,
    direction: 'up',
    migrationsTable: 'pgmigrations',
    singleTransaction: false,
    count: Number(number) - 1,
    log: () => undefined,
  });
}

async function migrationFiles(): Promise<string[]> {
  return (await readdir(MIGRATIONS_DIRECTORY)).filter(name => name.endsWith('.sql')).sort();
}

/** A session that has read inquiries in a transaction that stays open. */
async function givenReader({url}: TestDatabase): Promise<Client> {
  const reader = new Client({connectionString: url, application_name: 'a-long-reader'});
  await reader.connect();
  onTeardown(() => reader.end());
  await reader.query('BEGIN');
  await reader.query('SELECT FROM inquiry');
  return reader;
}

/** The sessions of a run in this database. */
function sessions(database: TestDatabase): Promise<{query: string}[]> {
  return database.query<{query: string}>(
    `SELECT query FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'outreach-migrate' AND state = 'active'`,
  );
}
