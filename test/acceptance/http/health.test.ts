// Liveness, readiness and the internal port: PostgreSQL and its schema decide whether a replica gets traffic, Redis
// never does, and no detail or metric is on the public port.
import {Client} from 'pg';
import packageJson from '../../../package.json';
import {givenDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {givenRedisKey, sharedRedisUrl} from '../../helpers/gateway';
import {givenSubmission} from '../../helpers/inquiries';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTcpProxy} from '../../helpers/tcp-proxy';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const NOBODY_LISTENS = '127.0.0.1:1';
let issuer: TokenIssuer;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
});

async function readinessOf(rest: TestRest): Promise<unknown[]> {
  const response = await rest.get('/ready');
  expect(response.headers.get('cache-control')).toBe('no-store');
  return [response.status, await response.json()];
}

test('ready with PostgreSQL, its schema and Redis', async () => {
  const redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
  const rest = await givenRest({databaseUrl: (await givenDatabase()).url, issuer, ...redis});
  await eventually(async () =>
    expect(await readinessOf(rest)).toEqual([200, {status: 'ready', draining: false, postgres: 'up', redis: 'up'}]),
  );
});

test.each([
  ['is not configured', undefined],
  ['does not answer', `redis://${NOBODY_LISTENS}`],
])('ready, and degraded, when Redis %s', async (_name, redisUrl) => {
  const rest = await givenRest({databaseUrl: (await givenDatabase()).url, issuer, redisUrl, awaitRedis: false});
  expect(await readinessOf(rest)).toEqual([200, {status: 'ready', draining: false, postgres: 'up', redis: 'degraded'}]);
});

test('not ready, but alive, while PostgreSQL is down', async () => {
  const rest = await givenRest({databaseUrl: `postgres://user:secret@${NOBODY_LISTENS}/outreach`, issuer});
  expect(await readinessOf(rest)).toMatchObject([503, {status: 'not-ready', postgres: 'down'}]);
  const live = await rest.get('/live');
  expect([live.status, await live.json()]).toEqual([200, {status: 'live'}]);
  expect(rest.text()).not.toContain('secret');
});

test('not ready on a schema that is older than the build or that was never made; a newer one is fine', async () => {
  const database = await givenDatabase();
  const rest = await givenRest({databaseUrl: database.url, issuer});
  await database.query(`INSERT INTO pgmigrations (name, run_on) VALUES ('999999_from_the_future', now())`);
  expect(await readinessOf(rest)).toMatchObject([200, {postgres: 'up'}]);
  const expectWrongSchema = () =>
    eventually(async () =>
      expect(await readinessOf(rest)).toMatchObject([503, {status: 'not-ready', postgres: 'wrong-schema'}]),
    );
  await database.query(`DELETE FROM pgmigrations WHERE name = '999999_from_the_future'`);
  const NEWEST = '(SELECT max(id) FROM pgmigrations)';
  const [newest] = await database.query<{name: string}>(`DELETE FROM pgmigrations WHERE id = ${NEWEST} RETURNING name`);
  await expectWrongSchema();
  await database.query(`INSERT INTO pgmigrations (name, run_on) VALUES ($1, now())`, [newest?.name]);
  await eventually(async () => expect(await readinessOf(rest)).toMatchObject([200, {postgres: 'up'}]));
  await database.query('DELETE FROM pgmigrations');
  await expectWrongSchema();
});

test('ready while every connection of the pool waits for a slow statement', async () => {
  const database = await givenDatabase();
  const rest = await givenRest({databaseUrl: database.url, issuer, env: {DATABASE_POOL_SIZE: '3'}});
  const token = await issuer.sign();
  const client = new Client({connectionString: database.url});
  await client.connect();
  onTeardown(() => client.end());
  await client.query('BEGIN; LOCK TABLE inquiry IN ACCESS EXCLUSIVE MODE');
  const counts = Array.from({length: 8}, () => rest.get('/inquiries/count', token));
  const BLOCKED = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await eventually(async () => expect((await database.query(BLOCKED)).length).toBeGreaterThan(0));
  const since = performance.now();
  while (performance.now() - since < 2500) {
    // beyond the time for which an answer counts as fresh, and beyond the pool's own
    expect(await readinessOf(rest)).toMatchObject([200, {postgres: 'up'}]);
  }
  await client.query('COMMIT');
  await Promise.all(counts);
});

test('however many ask, PostgreSQL is asked once a second', async () => {
  const database = await givenDatabase();
  const rest = await givenRest({databaseUrl: database.url, issuer});
  await readinessOf(rest);
  await database.query('ALTER TABLE pgmigrations RENAME TO moved');
  const answers = await Promise.all(Array.from({length: 50}, () => readinessOf(rest)));
  expect(new Set(answers.map(([status]) => status))).toEqual(new Set([200]));
  await eventually(async () => expect(await readinessOf(rest)).toMatchObject([503, {postgres: 'wrong-schema'}]));
});

test('not ready within a tenth of a second, once PostgreSQL has been silent for some', async () => {
  const database = await givenDatabase();
  const url = new URL(database.url);
  const proxy = await givenTcpProxy({host: url.hostname, port: Number(url.port)});
  [url.hostname, url.port] = ['127.0.0.1', String(proxy.port)];
  const rest = await givenRest({databaseUrl: url.href, issuer});
  expect(await readinessOf(rest)).toMatchObject([200, {postgres: 'up'}]);
  proxy.blackHole();
  const took: number[] = [];
  await eventually(async () => {
    const began = performance.now();
    const [status] = await readinessOf(rest);
    took.push(performance.now() - began);
    expect(status).toBe(503);
  });
  took.sort((one, other) => one - other);
  expect(took[Math.floor(took.length / 2)]).toBeLessThan(1000); // it waits 75 ms, and not for PostgreSQL's own limits
  await proxy.pass();
  await eventually(async () => expect(await readinessOf(rest)).toMatchObject([200, {postgres: 'up'}]));
});

test('not ready while draining, and still serving', async () => {
  const rest = await givenRest({databaseUrl: (await givenDatabase()).url, issuer});
  await rest.app.startDraining();
  expect(await readinessOf(rest)).toMatchObject([503, {status: 'not-ready', draining: true, postgres: 'up'}]);
  expect((await rest.post('/inquiries', givenSubmission())).status).toBe(201);
});

test('metrics and health are on the internal port only, and metrics hold no personal data', async () => {
  const rest = await givenRest({databaseUrl: (await givenDatabase()).url, issuer});
  await rest.post('/inquiries', givenSubmission({topic: 'press', name: 'zqMark7', email: 'zqmark7@example.org'}));
  await rest.post('/inquiries', givenSubmission({topic: 'zqmark7'}));
  for (const path of ['/metrics', '/health']) expect((await rest.get(path)).status).toBe(404);
  const port = rest.lines.find(({msg}) => msg === 'metrics.listening')?.port as number;
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(metrics).toContain('outreach_inquiries_total{outcome="stored",topic="press"} 1');
  expect(metrics).toMatch(/^outreach_notify_total\{result="not_ready"\} 1$/m);
  expect(metrics).toMatch(/^outreach_postgres_connections\{state="total"\} [1-9]/m);
  expect(metrics.toLowerCase()).not.toContain('zqmark7');
  const health = await fetch(`http://127.0.0.1:${port}/health`);
  expect(await health.json()).toEqual({
    version: packageJson.version,
    node: process.version,
    ready: true,
    draining: false,
    postgres: 'up',
    redis: 'degraded',
  });
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  for (const path of ['/live', '/ready']) {
    const [internal, external] = [await fetch(`http://127.0.0.1:${port}${path}`), await rest.get(path)];
    expect([internal.status, await internal.json()]).toEqual([external.status, await external.json()]);
  }
});
