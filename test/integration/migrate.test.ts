// `npm run migrate`: a step of its own, safe to run twice and at the same time.
import {runner} from 'node-pg-migrate';
import {Client} from 'pg';
import {MIGRATIONS_DIRECTORY} from '../../src/datasources/schema-version';
import {givenDatabase, givenEmptyDatabase} from '../helpers/database';
import {runCommand} from '../helpers/command';
import {givenRest} from '../helpers/rest';
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
  expect((await rest.get('/ready')).status).toBe(200);
  await database.query('DELETE FROM pgmigrations');
  await database.query("INSERT INTO pgmigrations (name, run_on) VALUES ('000000_older', now())");
  const response = await rest.get('/ready');
  expect([response.status, await response.json()]).toMatchObject([503, {postgres: 'wrong-schema'}]);
});

test('words of rows from before migration 000013 are found by the new rule; a table in use is not waited for long', async () => {
  const database = await givenEmptyDatabase();
  const env = {DATABASE_URL: database.url};
  await applyBefore('000013', database.url);
  await database.query(
    `INSERT INTO inquiry (id, topic, name, email, email_normalized, message, created_at, updated_at)
     VALUES (gen_random_uuid(), 'sales', 'Ada', 'ada@example.org', 'ada@example.org', 'shop.example/price-list', now(), now())`,
  );
  const reader = new Client({connectionString: database.url});
  await reader.connect();
  await reader.query('BEGIN');
  await reader.query('SELECT FROM inquiry');
  const refused = await runCommand('migrate', {env});
  await reader.end();
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('is in use for too long')]);
  expect((await runCommand('migrate', {env})).code).toBe(0);
  const found = await database.query("SELECT FROM inquiry WHERE search_words @@ outreach_words_query('LIST shop')");
  expect(found).toHaveLength(1);
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
