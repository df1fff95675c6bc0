// The live list while Redis, REST and the gateway go and come back: nothing is missed, nothing is emitted twice. Its own
// time passes 30 times as fast, so that the timer of a minute makes a test of seconds; everything else is real.
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenGateway, givenRedisKey, sharedRedisUrl, type TestGateway} from '../helpers/gateway';
import {givenSubmission} from '../helpers/inquiries';
import {FAST_CLOCK, watchInquiries, type WatchedFeed} from '../helpers/inquiry-feed';
import {givenRedis} from '../helpers/redis';
import {givenRest, type TestRest} from '../helpers/rest';
import {steadyPort} from '../helpers/tcp-proxy';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

let database: TestDatabase;
let issuer: TokenIssuer;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
});

interface Service {
  startRest: () => Promise<TestRest>;
  startGateway: () => Promise<TestGateway>;
  watch: () => Promise<WatchedFeed>;
}

/** REST and a gateway at ports that stay theirs. */
async function givenService(redisUrl = sharedRedisUrl()): Promise<Service> {
  const [restPort, gatewayPort, token] = [await steadyPort(), await steadyPort(), await issuer.sign()];
  const redis = {redisUrl, redisKey: givenRedisKey()};
  return {
    startRest: () => givenRest({databaseUrl: database.url, issuer, ...redis, env: {PORT: String(restPort)}}),
    startGateway: () => givenGateway({issuer, ...redis, port: gatewayPort}),
    watch: async () => {
      const [restUrl, gatewayUrl] = [restPort, gatewayPort].map(port => `http://127.0.0.1:${port}`) as [string, string];
      const feed = watchInquiries({restUrl, gatewayUrl, getToken: () => token}, FAST_CLOCK);
      await feed.is('live');
      return feed;
    },
  };
}

async function submit(rest: TestRest): Promise<string> {
  const response = await rest.post('/inquiries', givenSubmission());
  expect(response.status).toBe(201);
  return ((await response.json()) as {id: string}).id;
}

const toastedIds = (feed: WatchedFeed) => feed.toasts.map(({inquiryId}) => inquiryId);

test('an inquiry whose event was lost, because Redis is down, is found by the timer', async () => {
  const redis = await givenRedis();
  const service = await givenService(redis.url);
  const [rest, gateway] = [await service.startRest(), await service.startGateway()];
  const feed = await service.watch();
  await redis.kill();
  await eventually(() => expect(gateway.isSubscribed()).toBe(false));
  const id = await submit(rest);
  await feed.shows(id);
  expect([toastedIds(feed), feed.snapshot().status]).toEqual([[id], 'live']);
});

test('while REST is restarted the list stays, says that it is old, and catches up by itself', async () => {
  const service = await givenService();
  let rest = await service.startRest();
  await service.startGateway();
  const feed = await service.watch();
  const before = await submit(rest);
  await feed.shows(before);
  await rest.stop();
  await feed.is('offline');
  expect(feed.snapshot().failure).toBe('network');
  await feed.shows(before);
  rest = await service.startRest();
  const after = await submit(rest);
  await feed.shows(before, after);
  await feed.is('live');
  expect(toastedIds(feed)).toEqual([before, after]);
});

test('while the gateway is restarted the list polls; then it is live again', async () => {
  const service = await givenService();
  const rest = await service.startRest();
  const gateway = await service.startGateway();
  const feed = await service.watch();
  await gateway.stop();
  await feed.is('polling');
  const meanwhile = await submit(rest);
  await feed.shows(meanwhile);
  expect(feed.snapshot().status).toBe('polling');
  await service.startGateway();
  await feed.is('live');
  const after = await submit(rest);
  await feed.shows(after);
  expect(toastedIds(feed)).toEqual([meanwhile, after]);
});

test('while everything is away it waits, and begins when it is there', async () => {
  const service = await givenService();
  const watching = service.watch();
  const rest = await service.startRest();
  await service.startGateway();
  const feed = await watching;
  const id = await submit(rest);
  await feed.shows(id);
  expect(toastedIds(feed)).toEqual([id]);
});
