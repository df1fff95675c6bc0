// The database users of docs/operations.md: the page's own SQL is run, and then every process with what it gives.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {randomUUID} from 'node:crypto';
import {Client, Pool, type QueryResultRow} from 'pg';
import {PUBLIC, ROUTE_ACCESS} from '../../../src/access/policy';
import {runCommand} from '../../helpers/command';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import type {OpenApiDocument} from '../../helpers/openapi';
import {givenGatewayProcess, givenRestProcess, type TestProcess} from '../../helpers/process';
import {givenRedis} from '../../helpers/redis';
import {ALL_ROUTES, givenSeed, sampleRequest} from '../../helpers/route-samples';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const ROOT = path.resolve(__dirname, '../../..');
// Roles are of the whole server, which other tests use too.
const SUFFIX = randomUUID().slice(0, 8);
const OWN_NAMES: [RegExp, string][] = [
  [/\boutreach_owner\b/g, `owner_${SUFFIX}`],
  [/\boutreach_service\b/g, `service_${SUFFIX}`],
  [/\bDATABASE outreach\b/g, `DATABASE test_rights_${SUFFIX}`],
];

const page = readFileSync(path.join(ROOT, 'docs/operations.md'), 'utf8');
const section = /^## PostgreSQL users$([^]*?)^## /m.exec(page)?.[1] ?? '';
const [creation = '', grants = ''] = [...section.matchAll(/^```sql\n([^]*?)^```$/gm)].map(([, sql]) => sql ?? '');

let issuer: TokenIssuer;
let owner: TestDatabase;
let service: TestDatabase;
let rest: TestProcess;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
  await asAdmin(creation);
  onTeardown(dropAll);
  [owner, service] = [connectAs('owner', 'OWNER_PASSWORD'), connectAs('service', 'SERVICE_PASSWORD')];
  const migrated = await runCommand('migrate', {env: {DATABASE_URL: owner.url}});
  expect([migrated.code, migrated.stderr]).toEqual([0, '']);
  await owner.query(named(grants));
  const redis = await givenRedis();
  rest = await givenRestProcess({databaseUrl: service.url, issuer, redisUrl: redis.url});
  const gateway = await givenGatewayProcess({issuer, redisUrl: redis.url});
  expect((await gateway.get('/ready')).status).toBe(200);
}, 60_000);

test('REST is ready', async () => {
  expect((await rest.get('/ready')).status).toBe(200);
});

test.each(ALL_ROUTES)('$key works', async ({key}) => {
  const document = (await (await rest.get('/openapi.json')).json()) as OpenApiDocument;
  const request = sampleRequest(key, {document, seed: await givenSeed(service), change: {}});
  const scope = ROUTE_ACCESS[key];
  const authorization = scope === PUBLIC ? {} : {Authorization: `Bearer ${await issuer.sign({scope})}`};
  const {method, headers, body} = request;
  const answer = await fetch(rest.url + request.path, {method, body, headers: {...headers, ...authorization}});
  await answer.text(); // an export that fails breaks off
  expect(answer.status).toBeLessThan(300);
});

test('retention removes and counts', async () => {
  await givenSeed(service);
  await service.query(`UPDATE inquiry SET updated_at = now() - interval '100 days'`);
  await service.query(`UPDATE subscription SET status = 'unsubscribed', updated_at = now() - interval '100 days'`);
  const env = {DATABASE_URL: service.url, RETENTION_NEW_DAYS: '30', RETENTION_UNSUBSCRIBED_DAYS: '30'};
  for (const args of [['--dry-run'], []]) {
    const {code, stdout} = await runCommand('retention', {args, env});
    expect([code, stdout]).toEqual([0, expect.stringContaining('retention.done')]);
  }
});

test('a table of a later migration can be used at once, and no migration can be applied by the service', async () => {
  await owner.query('CREATE TABLE later (id int)');
  expect(await service.query('SELECT FROM later')).toEqual([]);
  await owner.query('DROP TABLE later');
  await expect(service.query('CREATE TABLE of_the_service (id int)')).rejects.toMatchObject({code: '42501'});
  await expect(service.query('DELETE FROM pgmigrations')).rejects.toMatchObject({code: '42501'});
  await expect(service.query('DELETE FROM privacy_audit')).rejects.toMatchObject({code: '42501'});
  const again = await runCommand('migrate', {env: {DATABASE_URL: owner.url}});
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('migrate.nothing_to_do')]);
});

test('the roles take over what a superuser has made: the next migration may change a type', async () => {
  const old = await givenDatabase(); // the superuser's
  const file = readFileSync(path.join(ROOT, 'deploy/postgres/roles.sql'), 'utf8');
  const takeovers = named(file.slice(file.indexOf('-- What a superuser has made'))).matchAll(
    /^SELECT [^]*?(?= \\gexec)/gm,
  );
  for (const [query] of takeovers) {
    for (const row of await old.query<Record<string, string>>(query)) await old.query(Object.values(row).join());
  }
  const url = new URL(owner.url);
  url.pathname = new URL(old.url).pathname;
  const client = new Client({connectionString: url.href});
  await client.connect();
  try {
    await client.query("ALTER TYPE inquiry_status ADD VALUE 'later'");
    await client.query("ALTER DOMAIN slug SET DEFAULT 'none'");
    await client.query('ALTER TABLE inquiry ADD COLUMN later text');
    await client.query('ALTER FUNCTION inquiry_mark_changed() COST 1');
  } finally {
    await client.end();
  }
});

test('the compose file grants just this', () => {
  const file = readFileSync(path.join(ROOT, 'deploy/postgres/grants.sql'), 'utf8');
  expect(file.slice(file.indexOf('\n') + 1)).toBe(grants);
  const roles = readFileSync(path.join(ROOT, 'deploy/postgres/roles.sql'), 'utf8');
  for (const name of ['outreach_owner', 'outreach_service']) expect(roles).toContain(name);
});

test('nothing was refused', () => {
  rest.expectHealthy();
});

function named(sql: string): string {
  return OWN_NAMES.reduce((text, [name, own]) => text.replaceAll(name, own), sql);
}

async function asAdmin(sql: string): Promise<void> {
  const client = new Client({connectionString: process.env.OUTREACH_TEST_DATABASE_URL});
  await client.connect();
  try {
    // One by one: a database is created in no transaction.
    for (const statement of named(sql)
      .split(/;$/m)
      .filter(text => text.trim() !== ''))
      await client.query(statement);
  } finally {
    await client.end();
  }
}

function connectAs(name: 'owner' | 'service', password: string): TestDatabase {
  const url = new URL(process.env.OUTREACH_TEST_DATABASE_URL ?? '');
  [url.username, url.password, url.pathname] = [`${name}_${SUFFIX}`, password, `/test_rights_${SUFFIX}`];
  const pool = new Pool({connectionString: url.href, max: 2});
  pool.on('error', () => undefined); // dropped with the database below
  onTeardown(() => pool.end());
  return {
    url: url.href,
    query: async <Row extends QueryResultRow>(text: string, values?: unknown[]) =>
      (await pool.query<Row>(text, values)).rows,
  };
}

function dropAll(): Promise<void> {
  return asAdmin(`
DROP DATABASE test_rights_${SUFFIX} WITH (FORCE);
DROP ROLE outreach_owner;
DROP ROLE outreach_service;
`);
}
