// The log says why a dependency refuses: the reason code of a real PostgreSQL or Redis and what it is about, at the level
// that a person must act on, and none of the values that are in the URLs.
import {randomUUID} from 'node:crypto';
import {expectedSchemaVersion} from '../../src/datasources/postgres/schema-version';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenGateway, givenRedisKey} from '../helpers/gateway';
import {givenSubmission} from '../helpers/inquiries';
import type {RecordedLogger} from '../helpers/logger';
import {givenRedis, type PrivateRedis} from '../helpers/redis';
import {givenRest} from '../helpers/rest';
import {onTeardown} from '../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

const PASSWORD = `pw${randomUUID().replaceAll('-', '')}`;
const USER = `u${randomUUID().replaceAll('-', '')}`;

let database: TestDatabase;
let issuer: TokenIssuer;
let redis: PrivateRedis;

beforeAll(async () => {
  [database, issuer, redis] = await Promise.all([givenDatabase(), givenTokenIssuer(), givenRedis()]);
  await database.query(`CREATE ROLE ${USER} LOGIN PASSWORD '${PASSWORD}'`);
  onTeardown(async () => database.query(`DROP OWNED BY ${USER}; DROP ROLE ${USER}`));
  await redis.command('ACL', 'SETUSER', USER, 'on', `>${PASSWORD}`, 'resetchannels', '+ping', '+client|setname');
});

function urlWith(base: string, change: Partial<Record<'username' | 'password' | 'pathname', string>>): string {
  return Object.assign(new URL(base), change).href;
}

async function expectLine(log: RecordedLogger, line: object): Promise<void> {
  const {lines} = log;
  await eventually(() => expect(lines).toContainEqual(expect.objectContaining(line)));
  for (const value of [USER, PASSWORD, '127.0.0.1', 'localhost']) {
    const written = lines.filter(({msg}) => msg !== 'metrics.listening');
    expect(JSON.stringify(written)).not.toContain(value);
  }
  expect(log.text()).not.toContain(PASSWORD);
}

test.each([
  ['a wrong password', {username: USER, password: 'wrong'}, {code: '28P01'}],
  ['a database that is not there', {pathname: `/${USER}`}, {code: '3D000'}],
])('PostgreSQL: %s is an error line soon after the start, before anybody asks', async (_name, change, err) => {
  const rest = await givenRest({databaseUrl: urlWith(database.url, change), issuer});
  const expected = {
    level: 'error',
    msg: 'postgres.refused',
    reason: err.code,
    err: expect.objectContaining(err) as object,
  };
  await expectLine(rest, expected);
  await expectLine(rest, {level: 'error', msg: 'readiness.changed', ready: false, postgres: 'down'});
});

test('PostgreSQL: a server that nobody runs is one warning soon after the start', async () => {
  const rest = await givenRest({databaseUrl: `postgres://${USER}:${PASSWORD}@127.0.0.1:1/outreach`, issuer});
  const err = expect.objectContaining({code: 'ECONNREFUSED'}) as object;
  await expectLine(rest, {level: 'warn', msg: 'postgres.unavailable', err});
  for (let i = 0; i < 5; i += 1) await rest.post('/inquiries', givenSubmission());
  expect(rest.lines.filter(({msg}) => msg === 'postgres.unavailable')).toHaveLength(1);
});

test('PostgreSQL: a missing right names the table', async () => {
  const rest = await givenRest({databaseUrl: urlWith(database.url, {username: USER, password: PASSWORD}), issuer});
  const err = expect.objectContaining({code: '42501', object: 'table inquiry'}) as object;
  expect((await rest.post('/inquiries', givenSubmission())).status).toBe(500);
  await expectLine(rest, {level: 'error', msg: 'request.failed', err});
  const first = expect.objectContaining({code: '42501', object: 'table pgmigrations'}) as object;
  await expectLine(rest, {level: 'error', msg: 'postgres.refused', reason: '42501 table pgmigrations', err: first});
});

test('a schema that is too old is an error line with both versions, and each change of readiness is one line', async () => {
  const own = await givenDatabase();
  const rest = await givenRest({databaseUrl: own.url, issuer});
  await expectLine(rest, {level: 'info', msg: 'readiness.changed', ready: true, postgres: 'up'});
  const [{name} = {name: ''}] = await own.query<{name: string}>(
    'DELETE FROM pgmigrations WHERE id = (SELECT max(id) FROM pgmigrations) RETURNING name',
  );
  await eventually(async () => expect((await rest.get('/ready')).status).toBe(503));
  for (let i = 0; i < 3; i += 1) expect((await rest.get('/ready')).status).toBe(503);
  expect(name).toBe(expectedSchemaVersion().newest);
  await expectLine(rest, {
    level: 'error',
    msg: 'schema.wrong',
    expected: name,
    found: expect.not.stringMatching(name) as string,
  });
  await own.query('INSERT INTO pgmigrations (name, run_on) VALUES ($1, now())', [name]);
  await eventually(async () => expect((await rest.get('/ready')).status).toBe(200));
  for (let i = 0; i < 3; i += 1) expect((await rest.get('/ready')).status).toBe(200);
  await eventually(() => {
    const states = rest.lines.filter(({msg}) => msg === 'readiness.changed').map(({postgres}) => postgres);
    expect(states).toEqual(['up', 'wrong-schema', 'up']);
  });
});

test('Redis: a wrong password is an error line of REST and of the gateway', async () => {
  const redisUrl = urlWith(redis.url, {username: USER, password: 'wrong'});
  const line = {
    level: 'error',
    msg: 'redis.connection.lost',
    err: expect.objectContaining({code: 'WRONGPASS'}) as object,
  };
  await expectLine(await givenRest({databaseUrl: database.url, issuer, redisUrl, awaitRedis: false}), line);
  await expectLine(await givenGateway({issuer, redisUrl, redisKey: givenRedisKey(), awaitSubscription: false}), line);
});

test('Redis: a missing right is an error line with the command, and a flood of them is few lines', async () => {
  const redisUrl = urlWith(redis.url, {username: USER, password: PASSWORD});
  const err = (command: string) => expect.objectContaining({code: 'NOPERM', command}) as object;
  const rest = await givenRest({databaseUrl: database.url, issuer, redisUrl});
  const submit = async () => expect((await rest.post('/inquiries', givenSubmission())).status).toBe(201);
  await Promise.all(Array.from({length: 30}, submit));
  const msg = 'inquiry.notify.lost';
  await expectLine(rest, {level: 'error', msg, reason: 'NOPERM', err: err('publish'), count: 1});
  await rest.stop();
  const counts = rest.lines.filter(line => line.msg === msg).map(({count}) => Number(count));
  expect(counts.reduce((sum, count) => sum + count)).toBe(30);
  expect(counts.length).toBeLessThan(10);
  const gateway = await givenGateway({issuer, redisUrl, redisKey: givenRedisKey(), awaitSubscription: false});
  await expectLine(gateway, {level: 'error', msg: 'gateway.subscription.failed', err: err('psubscribe')});
});
