// A POST does not wait for its publish: it is answered while the publish is still pending, which the state of the
// service shows. And what Redis does not answer does not pile up, neither in the service nor in the connection.
import type {Redis} from 'ioredis';
import {WebSocketBindings} from '../../src/components/websocket/keys';
import type {PublisherConnection} from '../../src/components/websocket/types';
import {givenDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenRedisKey} from '../helpers/gateway';
import {acknowledged, notified, notifyTotals, submit, submitMany} from '../helpers/load';
import {givenRedis, type PrivateRedis} from '../helpers/redis';
import {givenRest, type TestRest} from '../helpers/rest';
import {givenTcpProxy, type TcpProxy} from '../helpers/tcp-proxy';
import {givenTokenIssuer} from '../helpers/tokens';

// What a connection in the making may hold by itself (HELLO and its kin); publishes come on top.
const HANDSHAKE_COMMANDS = 5;

let redis: PrivateRedis;
let proxy: TcpProxy;
let rest: TestRest;
let publisher: PublisherConnection & Pick<Redis, 'commandQueue'>;

beforeAll(async () => {
  const [database, issuer, ownRedis] = await Promise.all([givenDatabase(), givenTokenIssuer(), givenRedis()]);
  redis = ownRedis;
  proxy = await givenTcpProxy({host: '127.0.0.1', port: redis.port});
  const redisUrl = `redis://127.0.0.1:${proxy.port}`;
  rest = await givenRest({databaseUrl: database.url, issuer, redisUrl, redisKey: givenRedisKey()});
  publisher = (await rest.app.get(WebSocketBindings.PUBLISHER)) as typeof publisher; // createPublisher makes a Redis
});

const HANGS: {name: string; begin(): unknown; end(): unknown}[] = [
  {name: 'stopped (SIGSTOP)', begin: () => redis.freeze(), end: () => redis.thaw()},
  {name: 'black-holed', begin: () => proxy.blackHole(), end: () => proxy.pass()},
  {name: 'half-open', begin: () => proxy.freeze(), end: () => proxy.cut()},
];

const becomesReady = () => eventually(() => expect(rest.socketEvents.isReady()).toBe(true));
const metricsPort = () => Number(rest.lines.find(({msg}) => msg === 'metrics.listening')?.port);
const timesLost = () => rest.lines.filter(({msg}) => msg === 'redis.connection.lost').length;

test.each(HANGS)('a POST is answered while its publish to a Redis that is $name is still pending', async hang => {
  // A machine that stalls for longer than a publish may take would hide the state: then it is set up once more. A
  // service that waits for its publish is never seen with one, however often it is tried.
  await eventually(async () => {
    await becomesReady();
    expect(rest.socketEvents.pending).toBe(0);
    await hang.begin();
    try {
      const {status} = await submit(rest);
      const {pending} = rest.socketEvents;
      expect(status).toBe(201);
      expect(pending).toBe(2); // one for each room
    } finally {
      await hang.end();
    }
  });
  await eventually(() => expect(rest.socketEvents.pending).toBe(0));
});

test.each(HANGS)('nothing piles up under load on a Redis that is $name', async hang => {
  await becomesReady();
  const before = await notifyTotals(metricsPort());
  const lostBefore = timesLost();
  await hang.begin();
  let answers = 0;
  const count = async () => {
    answers += acknowledged(await submitMany(rest, 50)).length;
  };
  await count();
  // Traffic goes on, and still the connection that answers nothing is given up, with all that it held.
  await eventually(async () => {
    await count();
    expect(timesLost()).toBeGreaterThan(lostBefore);
    expect(publisher.commandQueue.length).toBeLessThanOrEqual(HANDSHAKE_COMMANDS);
  });
  await eventually(() => {
    expect(rest.socketEvents.pending).toBe(0);
    expect(publisher.commandQueue.length).toBeLessThanOrEqual(HANDSHAKE_COMMANDS);
  });
  const after = await notifyTotals(metricsPort());
  expect(notified(after) - notified(before)).toBe(answers);
  expect(after.timeout).toBeGreaterThan(before.timeout);
  await hang.end();
  await becomesReady();
  expect(rest.lines.filter(({level}) => level === 'error')).toEqual([]);
});

test('what could not be sent is not sent late', async () => {
  await becomesReady();
  const subscriber = await redis.subscribe('*');
  await proxy.refuse();
  await eventually(() => expect(rest.socketEvents.isReady()).toBe(false));
  const lost = acknowledged(await submitMany(rest, 20));
  await proxy.pass();
  await becomesReady();
  const barrier = acknowledged([await submit(rest)]);
  await eventually(() => expect(subscriber.text()).toContain(barrier[0]));
  expect(lost.filter(id => subscriber.text().includes(id))).toEqual([]);
});
