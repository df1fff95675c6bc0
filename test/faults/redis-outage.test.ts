// Redis fails in every way it can, under load, while a REST process of dist/ serves: each POST is 201 and a row, the
// process lives, every publish is accounted for, and events flow again without a restart of anything.
import type {NotifyResult} from '../../src/components/websocket/notify-metrics';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenGateway, givenObserver, givenRedisKey, type TestObserver} from '../helpers/gateway';
import {acknowledged, eventsFlow, listIds, notified, notifyTotals, submitMany} from '../helpers/load';
import {givenRestProcess, type TestProcess} from '../helpers/process';
import {givenRedis, type PrivateRedis} from '../helpers/redis';
import {givenTcpProxy, steadyPort, type TcpProxy} from '../helpers/tcp-proxy';
import {givenTokenIssuer} from '../helpers/tokens';

let database: TestDatabase;
let redis: PrivateRedis;
let proxy: TcpProxy;
let rest: TestProcess;
let observer: TestObserver;
let token: string;

beforeAll(async () => {
  const [ownDatabase, issuer, ownRedis] = await Promise.all([givenDatabase(), givenTokenIssuer(), givenRedis()]);
  [database, redis, token] = [ownDatabase, ownRedis, await issuer.sign()];
  proxy = await givenTcpProxy({host: '127.0.0.1', port: redis.port});
  const realtime = {redisUrl: `redis://127.0.0.1:${proxy.port}`, redisKey: givenRedisKey()};
  const gateway = await givenGateway({issuer, ...realtime});
  observer = await givenObserver(gateway.url, token);
  rest = await givenRestProcess({databaseUrl: database.url, issuer, ...realtime});
});

interface Fault {
  name: string;
  begin(): unknown;
  end(): unknown;
  /** What becomes of publishes meanwhile. */
  result: NotifyResult;
  /** Does the process notice that it has no connection? */
  degrades: boolean;
}

const FAULTS: Fault[] = [
  {name: 'refused', begin: () => proxy.refuse(), end: () => proxy.pass(), result: 'not_ready', degrades: true},
  {name: 'stopped (SIGSTOP)', begin: () => redis.freeze(), end: () => redis.thaw(), result: 'timeout', degrades: true},
  {name: 'black-holed', begin: () => proxy.blackHole(), end: () => proxy.pass(), result: 'timeout', degrades: true},
  {name: 'half-open', begin: () => proxy.freeze(), end: () => undefined, result: 'timeout', degrades: false},
  {
    name: 'killed and restarted',
    begin: () => redis.kill(),
    end: () => redis.start(),
    result: 'not_ready',
    degrades: true,
  },
  {
    name: 'paused for three seconds',
    begin: () => redis.command('CLIENT', 'PAUSE', 3000, 'ALL'),
    end: () => undefined,
    result: 'timeout',
    degrades: false,
  },
  {
    name: 'refusing to publish (NOPERM)',
    begin: () => redis.command('ACL', 'SETUSER', 'default', '-publish'),
    end: () => redis.command('ACL', 'SETUSER', 'default', '+publish'),
    result: 'failed',
    degrades: false,
  },
  {
    // A replica publishes to its own subscribers, so here even the events go on.
    name: 'read-only, a replica without its primary',
    begin: async () => {
      await redis.command('CONFIG', 'SET', 'replica-serve-stale-data', 'no');
      await redis.command('REPLICAOF', '127.0.0.1', await steadyPort());
      await expect(redis.command('SET', 'any', 'value')).rejects.toThrow(/READONLY|MASTERDOWN/);
    },
    end: () => redis.command('REPLICAOF', 'NO', 'ONE'),
    result: 'delivered',
    degrades: false,
  },
  {
    name: 'out of memory',
    begin: async () => {
      await redis.command('CONFIG', 'SET', 'maxmemory', 1);
      await expect(redis.command('SET', 'any', 'value')).rejects.toThrow('OOM');
    },
    end: () => redis.command('CONFIG', 'SET', 'maxmemory', 0),
    result: 'delivered',
    degrades: false,
  },
];

/** Each acknowledged inquiry is listed, each notification has a result, the process lives and has complained of nothing. */
async function expectNothingLost(ids: string[]): Promise<void> {
  const listed = await listIds(rest, token);
  expect(ids.filter(id => !listed.has(id))).toEqual([]);
  await eventually(async () => expect(notified(await notifyTotals(rest.metricsPort))).toBe(listed.size));
  rest.expectHealthy('NOPERM'); // one of the faults, and an operator's to mend
}

test.each(FAULTS)('every POST is 201 and listed while Redis is $name, and events flow again', async fault => {
  await eventsFlow(rest, observer);
  const before = await notifyTotals(rest.metricsPort);

  const answers = await submitMany(rest, 200, answered => (answered === 40 ? fault.begin() : undefined));
  if (fault.degrades) await eventually(() => expectReadyWithRedis('degraded'));
  answers.push(...(await submitMany(rest, 100)));
  const ids = acknowledged(answers);
  expect(ids).toHaveLength(300);
  await eventually(async () => {
    const after = await notifyTotals(rest.metricsPort);
    expect(after[fault.result]).toBeGreaterThan(before[fault.result]);
  });

  await fault.end();
  await eventsFlow(rest, observer);
  await expectReadyWithRedis('up');
  await expectNothingLost(ids);
});

test('a Redis that does not answer is asked by one inquiry at a time', async () => {
  await eventsFlow(rest, observer);
  const {timeout: before} = await notifyTotals(rest.metricsPort);
  redis.freeze();
  const answers = await submitMany(rest, 1);
  // What showed that events flow may have left others in flight.
  await eventually(async () =>
    expect((await notifyTotals(rest.metricsPort)).timeout).toBeGreaterThanOrEqual(before + 2),
  );
  answers.push(...(await submitMany(rest, 200)));
  await expectNothingLost(acknowledged(answers)); // so each publish has its result
  const {timeout: after} = await notifyTotals(rest.metricsPort);
  expect(after - before).toBeLessThan(100); // two a second, where 200 inquiries are 400 publishes
  redis.thaw();
  await eventsFlow(rest, observer);
});

test('every POST is 201 and listed while Redis flaps, and events flow again', async () => {
  const flap = async (answered: number) => {
    if (answered % 10 === 0) proxy.cut();
    if (answered % 50 === 25) await redis.kill();
    if (answered % 50 === 45) await redis.start();
  };
  const ids = acknowledged(await submitMany(rest, 500, flap));
  expect(ids).toHaveLength(500);
  await redis.start();
  await eventsFlow(rest, observer);
  await expectNothingLost(ids);
});

test('no observer was shown an inquiry twice by any of this', () => {
  const shown = observer.events.map(({data}) => data.inquiryId);
  expect(shown.length).toBeGreaterThan(0);
  expect(new Set(shown).size).toBe(shown.length);
});

test('REST and gateway start without Redis, and events flow once it comes', async () => {
  const [late, issuer] = await Promise.all([givenRedis({running: false}), givenTokenIssuer()]);
  const realtime = {redisUrl: late.url, redisKey: givenRedisKey()};
  const process = await givenRestProcess({databaseUrl: database.url, issuer, ...realtime});
  const gateway = await givenGateway({issuer, ...realtime, awaitSubscription: false});
  const early = await givenObserver(gateway.url, await issuer.sign());
  expect(acknowledged(await submitMany(process, 50))).toHaveLength(50);
  expect(await notifyTotals(process.metricsPort)).toMatchObject({not_ready: 50, delivered: 0});
  expect(gateway.isSubscribed()).toBe(false);
  await late.start();
  await eventsFlow(process, early);
  process.expectHealthy();
});

async function expectReadyWithRedis(state: 'up' | 'degraded'): Promise<void> {
  const response = await rest.get('/ready');
  expect(response.status).toBe(200); // Redis never decides readiness
  expect(await response.json()).toMatchObject({status: 'ready', redis: state});
}
