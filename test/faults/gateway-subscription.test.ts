// The gateway's subscription in a broken network: it is made when Redis comes, made anew when it is lost or only
// silent, and the sockets stay connected all the while.
import {givenDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenGateway, givenObserver, givenRedisKey, type TestGateway, type TestObserver} from '../helpers/gateway';
import {eventsFlow, submit} from '../helpers/load';
import {givenRedis} from '../helpers/redis';
import {givenRest, type TestRest} from '../helpers/rest';
import {givenTcpProxy, type TcpProxy} from '../helpers/tcp-proxy';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

let issuer: TokenIssuer;
let proxy: TcpProxy;
let rest: TestRest;
let gateway: TestGateway;
let observer: TestObserver;

// Only the gateway goes through the proxy: REST publishes all the while.
beforeAll(async () => {
  const [database, ownIssuer, redis] = await Promise.all([givenDatabase(), givenTokenIssuer(), givenRedis()]);
  issuer = ownIssuer;
  proxy = await givenTcpProxy({host: '127.0.0.1', port: redis.port});
  const redisKey = givenRedisKey();
  rest = await givenRest({databaseUrl: database.url, issuer, redisUrl: redis.url, redisKey});
  gateway = await givenGateway({issuer, redisUrl: `redis://127.0.0.1:${proxy.port}`, redisKey});
  observer = await givenObserver(gateway.url, await issuer.sign());
});

const expectReady = async (state: 'up' | 'degraded') => {
  const response = await fetch(`${gateway.url}/ready`);
  expect(response.status).toBe(200); // a gateway without Redis still holds its sockets
  expect(await response.json()).toMatchObject({status: 'ready', redis: state});
};

afterEach(() => {
  expect(observer.socket.connected).toBe(true);
  expect(gateway.lines.filter(({level}) => level === 'error' || level === 'fatal')).toEqual([]);
});

test('a half-open subscription, which looks alive to both sides, is noticed and made anew', async () => {
  await eventsFlow(rest, observer);
  proxy.freeze();
  const unheard = await submit(rest);
  await eventually(() => expect(gateway.text()).toContain('redis.connection.lost'), 25_000);
  await eventsFlow(rest, observer);
  expect(observer.events.map(({data}) => data.inquiryId)).not.toContain(unheard.id); // so it was half-open indeed
});

test('a subscription to a Redis that accepts and never answers is made once it answers', async () => {
  const before = proxy.accepted();
  proxy.blackHole();
  proxy.cut();
  await eventually(() => expect(proxy.accepted()).toBeGreaterThan(before)); // an attempt that hangs
  await expectReady('degraded');
  await proxy.pass();
  await eventsFlow(rest, observer);
  await expectReady('up');
});

test('a subscription survives connections that are cut again and again, also while they are being made', async () => {
  for (let round = 0; round < 10; round += 1) {
    const before = proxy.accepted();
    proxy.cut();
    await eventually(() => expect(proxy.accepted()).toBeGreaterThan(before));
  }
  await eventsFlow(rest, observer);
});

test('a gateway admits sockets while Redis is refused, and shows them events once it is back', async () => {
  await proxy.refuse();
  await eventually(() => expectReady('degraded'));
  const early = await givenObserver(gateway.url, await issuer.sign());
  expect(early.ack).toMatchObject({ok: true, granted: ['*']});
  await proxy.pass();
  await eventsFlow(rest, early);
  await expectReady('up');
});
