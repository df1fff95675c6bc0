// SIGTERM as an orchestrator sends it, to processes of dist/: what was begun is answered, and nothing that hangs keeps
// a process from ending. Exit code 0 means orderly; a stop that had to be forced at SHUTDOWN_TIMEOUT_MS would be 1.
import {once} from 'node:events';
import {connect} from 'node:net';
import {Client} from 'pg';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenObserver, givenRedisKey} from '../helpers/gateway';
import {acknowledged, eventsFlow, listIds, submit, submitMany} from '../helpers/load';
import {givenGatewayProcess, givenRestProcess, type TestProcess} from '../helpers/process';
import {givenRedis, type PrivateRedis} from '../helpers/redis';
import {givenTcpProxy} from '../helpers/tcp-proxy';
import {onTeardown} from '../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

const SHUTDOWN_TIMEOUT_MS = '8000';

let database: TestDatabase;
let issuer: TokenIssuer;
let redis: PrivateRedis;

beforeAll(async () => {
  [database, issuer, redis] = await Promise.all([givenDatabase(), givenTokenIssuer(), givenRedis()]);
});

beforeEach(() => redis.thaw());

const realtime = {redisKey: givenRedisKey(), env: {SHUTDOWN_TIMEOUT_MS}};
const givenRest = (env: Record<string, string> = {}) =>
  givenRestProcess({
    databaseUrl: database.url,
    issuer,
    redisUrl: redis.url,
    ...realtime,
    env: {...realtime.env, ...env},
  });
const givenGateway = (env: Record<string, string> = {}) =>
  givenGatewayProcess({issuer, redisUrl: redis.url, ...realtime, env: {...realtime.env, ...env}});

async function expectOrderlyEnd(process: TestProcess): Promise<void> {
  expect(await process.exited).toBe(0);
  const said = process.lines.map(({msg}) => msg);
  expect(said).toContain('process.stopped');
  expect(process.lines.filter(({level}) => level === 'error' || level === 'fatal')).toEqual([]);
}

/** Sends the signal again until the delay is over: one that comes at once counts for the first. */
async function endDelay(process: TestProcess): Promise<void> {
  await eventually(() => {
    process.signal('SIGTERM');
    expect(process.lines.map(({msg}) => msg)).toContain('process.stopping');
  });
}

/** Holds every INSERT back until it is called. */
async function givenLockedInquiries(): Promise<() => Promise<void>> {
  const client = new Client({connectionString: database.url});
  await client.connect();
  await client.query('BEGIN');
  await client.query('LOCK TABLE inquiry IN ACCESS EXCLUSIVE MODE');
  let ended: Promise<void> | undefined;
  const release = () => (ended ??= client.end());
  onTeardown(release);
  return release;
}

async function countOfWaiting(): Promise<number> {
  const waiting = await database.query(
    `SELECT pid FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'outreach' AND wait_event_type = 'Lock'`,
  );
  return waiting.length;
}

/** How many wait in the process for the two INSERTs that are held back. */
async function countOfQueued({metricsPort}: TestProcess): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  return Number(/^outreach_inquiries_waiting (\d+)$/m.exec(text)?.[1]);
}

async function connectTo(url: string): Promise<void> {
  const {hostname, port} = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}

test('requests in flight at SIGTERM are stored, answered and sent to observers, later ones are not accepted', async () => {
  const rest = await givenRest();
  const observer = await givenObserver((await givenGateway()).url, await issuer.sign());
  await eventsFlow(rest, observer);
  const release = await givenLockedInquiries();
  const inFlight = Promise.all(Array.from({length: 5}, () => submit(rest)));
  await eventually(async () => expect([await countOfWaiting(), await countOfQueued(rest)]).toEqual([2, 3]));
  rest.signal('SIGTERM');
  await eventually(() => expect(connectTo(rest.url)).rejects.toThrow('ECONNREFUSED'));
  await release();
  const ids = acknowledged(await inFlight);
  expect(ids).toHaveLength(5);
  await expectOrderlyEnd(rest);
  expect(await database.query('SELECT id FROM inquiry WHERE id = ANY ($1::uuid[])', [ids])).toHaveLength(5);
  await observer.receives(...ids);
});

test('during the delay of its drain REST is not ready and serves everything', async () => {
  const rest = await givenRest({DRAIN_DELAY_MS: '600000'});
  expect((await rest.get('/ready')).status).toBe(200);
  rest.signal('SIGTERM');
  await rest.logs('process.draining');
  const ready = await eventually(async () => {
    const response = await rest.get('/ready');
    expect(response.status).toBe(503);
    return response;
  });
  expect(await ready.json()).toMatchObject({draining: true, postgres: 'up'});
  expect((await submit(rest)).status).toBe(201);
  await endDelay(rest);
  await expectOrderlyEnd(rest);
});

test('during the delay of its drain a gateway is not ready, keeps its sockets and takes new ones', async () => {
  const gateway = await givenGateway({DRAIN_DELAY_MS: '600000'});
  const token = await issuer.sign();
  const observer = await givenObserver(gateway.url, token);
  gateway.signal('SIGTERM');
  await gateway.logs('process.draining');
  await eventually(async () => expect((await gateway.get('/ready')).status).toBe(503));
  await givenObserver(gateway.url, token);
  expect(observer.socket.connected).toBe(true);
  await endDelay(gateway);
  await expectOrderlyEnd(gateway);
});

test('a gateway that stops refuses connections, and no handshake, from the first moment on', async () => {
  const gateway = await givenGateway();
  const token = await issuer.sign();
  const observers = await Promise.all(Array.from({length: 40}, () => givenObserver(gateway.url, token)));
  gateway.signal('SIGTERM');
  await eventually(() => expect(connectTo(gateway.url)).rejects.toThrow('ECONNREFUSED'));
  expect(observers.filter(({socket}) => socket.connected)).not.toEqual([]); // they leave in slices, over seconds
  await expectOrderlyEnd(gateway);
});

test('a client that goes silent in the middle of its request does not make the stop of REST a forced one', async () => {
  const rest = await givenRest({SHUTDOWN_TIMEOUT_MS: '3000'});
  const {hostname, port} = new URL(rest.url);
  const socket = connect({host: hostname, port: Number(port), allowHalfOpen: true});
  onTeardown(() => Promise.resolve(socket.destroy()));
  socket.on('error', () => undefined); // a reset is one way of closing
  socket.write('POST /inquiries HTTP/1.1\r\nHost: rest.test\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n');
  await once(socket, 'data'); // 100 Continue: the request has begun, and its body will never come
  rest.signal('SIGTERM');
  await expectOrderlyEnd(rest);
});

test('REST stops in order while Redis is frozen and publishes are pending, also when it is signalled twice', async () => {
  const rest = await givenRest();
  const {id: first} = await submit(rest);
  redis.freeze();
  const ids = acknowledged(await submitMany(rest, 40));
  rest.signal('SIGTERM');
  rest.signal('SIGINT');
  await expectOrderlyEnd(rest);
  const next = await givenRest();
  const listed = await listIds(next, await issuer.sign());
  expect([first, ...ids].filter(id => id === undefined || !listed.has(id))).toEqual([]);
});

test('a REST process that Redis and PostgreSQL both leave without an answer still ends', async () => {
  const url = new URL(database.url);
  const proxy = await givenTcpProxy({host: url.hostname, port: Number(url.port || 5432)});
  [url.hostname, url.port] = ['127.0.0.1', String(proxy.port)];
  const rest = await givenRest({DATABASE_URL: url.href, SHUTDOWN_TIMEOUT_MS: '2000'});
  acknowledged(await submitMany(rest, 40));
  proxy.blackHole();
  redis.freeze();
  const unanswered = submit(rest).catch(() => undefined); // cut off with the process
  rest.signal('SIGTERM');
  expect([0, 1]).toContain(await rest.exited); // forced or not: by its own decision
  await rest.logs('process.stopping');
  expect(rest.lines.filter(({level}) => level === 'fatal')).toEqual([]);
  await unanswered;
});

test('a gateway with a connected client disconnects it and ends with 0', async () => {
  const [rest, gateway] = await Promise.all([givenRest(), givenGateway()]);
  const observer = await givenObserver(gateway.url, await issuer.sign());
  await eventsFlow(rest, observer);
  const disconnected = new Promise(resolve => observer.socket.once('disconnect', resolve));
  gateway.signal('SIGTERM');
  await disconnected;
  await expectOrderlyEnd(gateway);
});

test('a gateway with a connected client ends with 0 while Redis is frozen', async () => {
  const gateway = await givenGateway();
  const observer = await givenObserver(gateway.url, await issuer.sign());
  redis.freeze();
  gateway.signal('SIGTERM');
  await expectOrderlyEnd(gateway);
  await eventually(() => expect(observer.socket.connected).toBe(false));
});
