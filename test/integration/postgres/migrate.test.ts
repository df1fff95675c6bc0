// `npm run migrate`: a step of its own, safe to run twice and at the same time, to stop, and beside open transactions.
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {PG_MIGRATE_LOCK_ID} from 'node-pg-migrate';
import {Client} from 'pg';
import {ROUTE_ACCESS} from '../../../src/access/policy';
import {migrate} from '../../../src/datasources/postgres/migrate';
import type {PostgresDataSource} from '../../../src/datasources/postgres/postgres.datasource';
import {expectedSchemaVersion, MIGRATIONS_DIRECTORY} from '../../../src/datasources/postgres/schema-version';
import type {Logger} from '../../../src/platform/logger';
import {runCommand, startCommand} from '../../helpers/command';
import {givenDatabase, givenEmptyDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {givenSubmission} from '../../helpers/inquiries';
import {givenLogger} from '../../helpers/logger';
import {givenRest} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer} from '../../helpers/tokens';

test('two runs at once on an empty database leave one schema', async () => {
  const database = await givenEmptyDatabase();
  const env = {DATABASE_URL: database.url};
  const runs = await Promise.all([runCommand('migrate', {env}), runCommand('migrate', {env})]);
  expect(runs.map(({code}) => code)).toEqual([0, 0]);
  const names = await namesOf(database);
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

/** Migrations of before the first release, as a database has them. */
const OLD_NAMES = ['000001_create_inquiry', '000002_create_subscription', '000016_unseen_characters'];

/** A database with nothing but the table of these migrations. */
async function givenMigrated(names: readonly string[]): Promise<TestDatabase> {
  const database = await givenEmptyDatabase();
  await database.query(
    'CREATE TABLE pgmigrations (id serial PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL)',
  );
  await database.query('INSERT INTO pgmigrations (name, run_on) SELECT unnest($1::text[]), now()', [names]);
  return database;
}

test.each([[OLD_NAMES.slice(0, 1)], [OLD_NAMES], [['0001-of-another-program']]])(
  'a database of %j is left alone, and a sentence says what to do',
  async names => {
    const database = await givenMigrated(names);
    const {code, stdout, stderr} = await runCommand('migrate', {env: {DATABASE_URL: database.url}});
    expect([code, stderr]).toEqual([
      78,
      `The database of DATABASE_URL begins with the migration ${names[0]}: it is older than the first release, or another program's, and no migration leads from it to this version. Keep a dump if its data matters, and run migrate on a new database.\n`,
    ]);
    expect(stdout).not.toContain('migrate.failed');
    expect(await namesOf(database)).toEqual(names);
    const tables = await database.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    expect(tables).toEqual([{tablename: 'pgmigrations'}]);
  },
);

test('tables that no migration has made are left alone, and a sentence says so', async () => {
  for (const [kind, name] of [
    ['TABLE', 'inquiry (id int)'],
    ['DOMAIN', 'slug AS text'],
  ]) {
    const database = await givenEmptyDatabase();
    await database.query(`CREATE ${kind} ${name}`);
    const {code, stderr} = await runCommand('migrate', {env: {DATABASE_URL: database.url}});
    expect([code, stderr]).toEqual([
      78,
      expect.stringMatching(/^The database of DATABASE_URL has tables or types.*\n$/),
    ]);
  }
});

test('where the index of words that are not Latin is of no use, migrate says so', async () => {
  for (const [locale, isSlow] of [
    ['C', true],
    ['C.UTF-8', false],
  ] as const) {
    const database = await givenEmptyDatabase(`LOCALE_PROVIDER libc LOCALE '${locale}'`);
    const {code, stdout} = await runCommand('migrate', {env: {DATABASE_URL: database.url}});
    expect([locale, code, stdout.includes('migrate.slow_search')]).toEqual([locale, 0, isSlow]);
  }
});

test('a replica on a database that was never migrated is not ready, and its log says what to do', async () => {
  const [database, issuer] = await Promise.all([givenEmptyDatabase(), givenTokenIssuer()]);
  const rest = await givenRest({databaseUrl: database.url, issuer});
  const response = await rest.get('/ready');
  expect([response.status, await response.json()]).toMatchObject([503, {postgres: 'wrong-schema'}]);
  expect(rest.lines.filter(({msg}) => msg === 'schema.wrong')).toMatchObject([{found: null, hint: 'npm run migrate'}]);
});

test('a replica on a database of before the first release is not ready, and its log says what to do', async () => {
  const [database, issuer] = await Promise.all([givenMigrated(OLD_NAMES), givenTokenIssuer()]);
  const rest = await givenRest({databaseUrl: database.url, issuer});
  const response = await rest.get('/ready');
  expect([response.status, await response.json()]).toMatchObject([503, {postgres: 'wrong-schema'}]);
  expect(rest.lines.filter(({msg}) => msg === 'schema.wrong')).toMatchObject([
    {
      level: 'error',
      expected: expectedSchemaVersion().newest,
      found: OLD_NAMES.at(-1),
      hint: expect.stringContaining('run migrate on a new database') as string,
    },
  ]);
});

test('a table in use is not waited for long, and who uses it is named', async () => {
  const database = await givenMigrated([]);
  const env = {DATABASE_URL: database.url};
  const reader = await givenReader(database, 'LOCK TABLE pgmigrations IN SHARE MODE');
  const refused = await runCommand('migrate', {env});
  await reader.end();
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('is in use for too long')]);
  const waits = refused.stdout.split('\n').filter(line => line.includes('migrate.waiting'));
  expect(waits).toHaveLength(4);
  expect(JSON.parse(waits[0] ?? '')).toMatchObject({
    attempt: 1,
    holders: [{application: 'a-long-reader', state: 'idle in transaction', pid: expect.any(Number) as number}],
  });
  expect(await namesOf(database)).toEqual([]);
  expect((await runCommand('migrate', {env})).code).toBe(0);
}, 90_000);

test('a table that was in use is migrated once it is free', async () => {
  const {run, reader} = await givenTableInUse();
  const logged = givenLogger();
  const migrated = run(logged.logger);
  await eventually(() => expect(logged.text()).toContain('migrate.waiting'));
  await reader.end();
  expect(await migrated).toEqual(['000002_second']);
  expect(logged.text()).not.toContain('migrate.failed');
}, 60_000);

test('a file that fails leaves nothing behind, and those before it stay', async () => {
  const database = await givenEmptyDatabase();
  const directory = await givenMigrations({
    '000001_good': 'CREATE TABLE good (id int);',
    '000002_bad': 'CREATE TABLE bad (id int); SELECT 1 / 0;',
  });
  const logged = givenLogger();
  await expect(migrate(database.url, logged.logger, {directory})).rejects.toMatchObject({code: '22012'});
  expect(logged.text()).toContain('migrate.failed');
  expect(await namesOf(database)).toEqual(['000001_good']);
  expect(await database.query(`SELECT tablename FROM pg_tables WHERE tablename IN ('good', 'bad')`)).toEqual([
    {tablename: 'good'},
  ]);
});

test('each file waits for a lock for two seconds at most, from its first statement on', async () => {
  const files = await migrationFiles();
  expect(files.length).toBeGreaterThan(0);
  for (const name of files) {
    const sql = await readFile(path.join(MIGRATIONS_DIRECTORY, name), 'utf8');
    const [first] = sql
      .replaceAll(/^--.*$/gm, '')
      .trimStart()
      .split('\n');
    expect([name, first]).toEqual([name, "SET LOCAL lock_timeout = '2s';"]);
  }
});

test('no file writes a table anew that is there, which would keep it locked for as long as it is large', async () => {
  const database = await givenEmptyDatabase();
  const files = async () => {
    const rows = await database.query<{name: string; file: number}>(
      `SELECT relname AS name, relfilenode AS file FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
    );
    return new Map(rows.map(({name, file}) => [name, file]));
  };
  for (const name of await migrationFiles()) {
    const before = await files();
    await database.query(`BEGIN; ${await readFile(path.join(MIGRATIONS_DIRECTORY, name), 'utf8')}; COMMIT`);
    const rewritten = [...(await files())].filter(([table, file]) => (before.get(table) ?? file) !== file);
    expect([name, rewritten]).toEqual([name, []]);
  }
});

test('a run that is stopped in the middle of a statement ends it in PostgreSQL, and leaves nothing of its file', async () => {
  const database = await givenEmptyDatabase();
  const directory = await givenMigrations({
    '000001_quick': 'CREATE TABLE quick (id int);',
    '000002_slow': 'CREATE TABLE slow (id int); SELECT pg_sleep(600);',
  });
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

const WRITES = ['POST /inquiries'];
const SEARCHES = ['GET /inquiries?q=ada', 'GET /inquiries/count?q=ada', 'GET /inquiries/export.csv?q=ada'];

test.each([
  [
    'a column',
    '42703',
    'ALTER TABLE inquiry RENAME COLUMN search_words TO words',
    [...WRITES, ...SEARCHES, 'POST /erasures'],
  ],
  ['a table', '42P01', 'ALTER TABLE inquiry RENAME TO inquiry_of_before', [...WRITES, ...SEARCHES, 'POST /erasures']],
  ['a function', '42883', 'DROP FUNCTION outreach_database_identity', ['GET /inquiries']],
  [
    'a value of a type',
    '22P02',
    `ALTER TYPE inquiry_status RENAME VALUE 'spam' TO 'junk'`,
    ['GET /inquiries?status=spam'],
  ],
  ['the default of a column', '23502', 'ALTER TABLE inquiry ADD COLUMN gone integer NOT NULL', WRITES],
])(
  '%s that the schema lacks (%s) is a 503 and a line that says to migrate on an older schema, and a defect on this one',
  async (_title, code, damage, targets) => {
    const [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
    const token = await issuer.sign({scope: [...new Set(Object.values(ROUTE_ACCESS))].join(' ')});
    const rest = await givenRest({databaseUrl: database.url, issuer});
    await database.query(damage);
    const answers = async () => {
      const statuses: unknown[] = [];
      for (const target of targets) {
        const [method = '', path = ''] = target.split(' ');
        const body = path === '/inquiries' ? givenSubmission() : {email: 'ada@example.org'};
        const response = await (method === 'GET'
          ? rest.get(path, token)
          : rest.post(path, body, {Authorization: `Bearer ${token}`}));
        statuses.push([target, response.status, response.headers.get('Retry-After')]);
        await response.text();
      }
      return statuses;
    };
    expect(await answers()).toEqual(targets.map(target => [target, 500, null]));
    const reasons = rest.lines.filter(({msg}) => msg === 'request.failed').map(({reason}) => reason);
    expect(new Set(reasons)).toEqual(new Set([code]));

    await database.query('DELETE FROM pgmigrations');
    expect(await answers()).toEqual(targets.map(target => [target, 503, '2']));
    const refused = rest.lines.filter(({msg, reason}) => msg === 'postgres.refused' && reason === 'missing_migrations');
    expect(refused).toMatchObject([{level: 'error', err: {hint: 'npm run migrate', cause: {code}}}]);
  },
);

test('what LoopBack asks on a schema of before the first release is unavailable, with what to do', async () => {
  const [database, issuer] = await Promise.all([givenMigrated(OLD_NAMES), givenTokenIssuer()]);
  const {app} = await givenRest({databaseUrl: database.url, issuer});
  const dataSource = await app.get<PostgresDataSource>('datasources.postgres');
  const refused = expect.objectContaining({
    name: 'UnavailableError',
    cause: expect.objectContaining({code: 'foreign_schema'}) as unknown,
  }) as unknown;
  await expect(dataSource.execute('SELECT FROM inquiry')).rejects.toEqual(refused);
  await expect(dataSource.execute('SELECT 1')).resolves.toHaveLength(1);
});

test('a missing DATABASE_URL stops it with the name of the variable', async () => {
  const {code, stderr} = await runCommand('migrate');
  expect(code).toBe(78);
  expect(stderr).toContain('DATABASE_URL: must be set');
});

/** A directory with these migrations, by their names. */
async function givenMigrations(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'outreach-test-migrations-'));
  onTeardown(() => rm(directory, {recursive: true, force: true}));
  for (const [name, sql] of Object.entries(files)) await writeFile(path.join(directory, `${name}.sql`), sql);
  return directory;
}

/** A table that a session reads in an open transaction, and migrations of which the second one, still missing, changes it. */
async function givenTableInUse() {
  const database = await givenEmptyDatabase();
  const directory = await givenMigrations({'000001_first': 'CREATE TABLE used (id int);'});
  await migrate(database.url, givenLogger().logger, {directory});
  await writeFile(
    path.join(directory, '000002_second.sql'),
    "SET LOCAL lock_timeout = '2s'; ALTER TABLE used ADD COLUMN name text;",
  );
  return {
    reader: await givenReader(database, 'SELECT FROM used'),
    run: (logger: Logger) => migrate(database.url, logger, {directory}),
  };
}

async function namesOf(database: TestDatabase): Promise<string[]> {
  return (await database.query<{name: string}>('SELECT name FROM pgmigrations ORDER BY id')).map(({name}) => name);
}

async function migrationFiles(): Promise<string[]> {
  return (await readdir(MIGRATIONS_DIRECTORY)).filter(name => name.endsWith('.sql')).sort();
}

/** A session that has run the statement in a transaction that stays open. */
async function givenReader({url}: TestDatabase, statement: string): Promise<Client> {
  const reader = new Client({connectionString: url, application_name: 'a-long-reader'});
  await reader.connect();
  onTeardown(() => reader.end());
  await reader.query('BEGIN');
  await reader.query(statement);
  return reader;
}

/** The sessions of a run in this database. */
function sessions(database: TestDatabase): Promise<{query: string}[]> {
  return database.query<{query: string}>(
    `SELECT query FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'outreach-migrate' AND state = 'active'`,
  );
}
