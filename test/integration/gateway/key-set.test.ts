// Keys by URL, for REST and the gateway alike: fetched at start, rotated without a restart, used on while they cannot be
// fetched anew, and nobody gets in while there are none.
import {createServer, type Server, type ServerResponse} from 'node:http';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import type {JWK} from 'jose';
import type {Problem} from '../../../src/contract/problem';
import {createGateway, type Gateway} from '../../../src/gateway/gateway';
import {PlatformBindings} from '../../../src/platform/keys';
import {createRegistry} from '../../../src/platform/metrics';
import {givenForgingIssuer, givenPayload} from '../../helpers/bad-tokens';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {connectSocket, givenRedisKey, sharedRedisUrl, TOPICS} from '../../helpers/gateway';
import {givenLogger, type RecordedLogger} from '../../helpers/logger';
import {givenRest, type TestRest} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenVerifier} from '../../helpers/tokens';

type Answer = (response: ServerResponse) => void;
const keys = (...published: JWK[]): Answer => json(200, {keys: published});
const json =
  (status: number, body: unknown): Answer =>
  response =>
    response.writeHead(status, {'Content-Type': 'application/json'}).end(JSON.stringify(body));

interface KeyServer {
  url: string;
  /** How it answers from now on. */
  answer: Answer;
  requests: number;
  server: Server;
}

let database: TestDatabase;
let now = 0; // how far the clock of both processes is ahead
const realNow = Date.now.bind(Date);

beforeAll(async () => {
  database = await givenDatabase();
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + now);
});
beforeEach(() => {
  now = 0;
});
afterAll(() => jest.restoreAllMocks());

async function givenKeyServer(answer: Answer): Promise<KeyServer> {
  const server = createServer((_request, response) => {
    keyServer.requests += 1;
    keyServer.answer(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  const keyServer: KeyServer = {url: `http://127.0.0.1:${port}/jwks.json`, answer, requests: 0, server};
  onTeardown(() => stopKeyServer(keyServer));
  return keyServer;
}

async function stopKeyServer({server}: KeyServer): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

interface Doors extends RecordedLogger {
  rest: TestRest;
  gateway: Gateway;
}

/** Both processes, with the keys of that URL. */
async function givenDoors({url}: {url: string}): Promise<Doors> {
  const issuer = await givenForgingIssuer();
  const rest = await givenRest({databaseUrl: database.url, issuer, env: {AUTH_JWKS: '', AUTH_JWKS_URL: url}});
  const recorded = givenLogger();
  const registry = createRegistry();
  const gateway = await createGateway({
    host: '127.0.0.1',
    port: 0,
    redis: {url: sharedRedisUrl(), channelPrefix: givenRedisKey()},
    topics: TOPICS,
    allowedOrigins: [],
    verifyToken: givenTokenVerifier({jwksUrl: url, logger: recorded.logger, registry}),
    logger: recorded.logger,
    registry,
  });
  onTeardown(() => gateway.stop());
  return {rest, gateway, ...recorded};
}

/** How both doors answer to a token: REST by its status, the socket by `connected` or its connect_error. */
async function knock({rest, gateway}: Doors, token: string): Promise<[number, string]> {
  const [response, socket] = await Promise.all([
    rest.get('/inquiries', token),
    connectSocket(gateway.url, {token}).then(
      () => 'connected',
      (error: unknown) => (error instanceof Error ? error.message : 'no error object'),
    ),
  ]);
  return [response.status, socket];
}

test('a token signed by a key of the set gets in, and one of another key does not', async () => {
  const [mine, other] = await Promise.all([givenForgingIssuer('mine'), givenForgingIssuer('mine')]);
  const server = await givenKeyServer(keys(mine.publicJwk));
  const doors = await givenDoors(server);
  await eventually(() => expect(server.requests).toBe(2)); // one for each process, before there is a token
  expect(await knock(doors, await mine.signPayload(givenPayload()))).toEqual([200, 'connected']);
  expect(await knock(doors, await other.signPayload(givenPayload()))).toEqual([401, 'unauthorized']);
  expect(server.requests).toBe(2);
});

test('a new key is found without a restart, and a withdrawn one is forgotten', async () => {
  const [old, fresh] = await Promise.all([givenForgingIssuer('old'), givenForgingIssuer('fresh')]);
  const server = await givenKeyServer(keys(old.publicJwk));
  const doors = await givenDoors(server);
  expect(await knock(doors, await old.signPayload(givenPayload()))).toEqual([200, 'connected']);
  server.answer = keys(old.publicJwk, fresh.publicJwk);
  now += 31_000;
  expect(await knock(doors, await fresh.signPayload(givenPayload()))).toEqual([200, 'connected']);
  expect(await knock(doors, await old.signPayload(givenPayload()))).toEqual([200, 'connected']);
  server.answer = keys(fresh.publicJwk);
  now += 11 * 60_000;
  expect(await knock(doors, await old.signPayload(givenPayload()))).toEqual([401, 'unauthorized']);
  expect(await knock(doors, await fresh.signPayload(givenPayload()))).toEqual([200, 'connected']);
});

test('tokens with key ids that do not exist cannot make it ask the identity provider again and again', async () => {
  const mine = await givenForgingIssuer('mine');
  const server = await givenKeyServer(keys(mine.publicJwk));
  const doors = await givenDoors(server);
  for (let attempt = 0; attempt < 10; attempt++) {
    const token = await mine.signPayload(givenPayload(), {kid: `made-up-${attempt}`});
    expect(await knock(doors, token)).toEqual([401, 'unauthorized']);
  }
  expect(server.requests).toBe(2);
});

const HANGING: Answer = () => undefined;
test.each<[string, Answer]>([
  ['answers 500', json(500, {})],
  ['answers 404', json(404, {})],
  ['redirects', response => response.writeHead(302, {Location: 'http://127.0.0.1/'}).end()],
  ['answers HTML', response => response.end('<h1>Log in</h1>')],
  ['answers no key set', json(200, {keys: 'none'})],
  ['answers null', json(200, null)],
  ['answers with keys that are none', json(200, {keys: [{kty: 'RSA', kid: 'mine', alg: 'RS256', n: '', e: ''}]})],
  ['cuts the connection', response => void response.socket?.destroy()],
  ['hangs', HANGING],
])('while the key set %s nobody gets in, REST is 503 and the socket unavailable; then it recovers', async (_, down) => {
  const mine = await givenForgingIssuer('mine');
  const server = await givenKeyServer(down);
  const doors = await givenDoors(server);
  const token = await mine.signPayload(givenPayload());
  const response = await doors.rest.get('/inquiries', token);
  expect(response.status).toBe(503);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
  expect((await response.json()) as Problem).toMatchObject({type: '/problems/unavailable', status: 503});
  expect(await knock(doors, token)).toEqual([503, 'unavailable']);
  expect(await knock(doors, 'a.b.c')).toEqual([401, 'unauthorized']); // it takes no key to see this
  expect(doors.text() + doors.rest.text()).not.toContain(token);
  server.answer = keys(mine.publicJwk);
  now += 11 * 60_000; // a set that can be read, but whose key cannot, is kept for ten minutes
  expect(await knock(doors, token)).toEqual([200, 'connected']);
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The value of a series in each process that has it, REST first. */
async function metricsOf({rest, gateway}: Doors, name: string): Promise<number[]> {
  const registries = [rest.app.getSync(PlatformBindings.REGISTRY), gateway.registry];
  const texts = await Promise.all(registries.map(registry => registry.metrics()));
  return texts.flatMap(text => {
    const line = text.split('\n').find(each => each.startsWith(`${name} `));
    return line === undefined ? [] : [Number(line.slice(name.length))];
  });
}

test('the last good set serves on for a day while it cannot be fetched; then nobody gets in', async () => {
  const [mine, other] = await Promise.all([givenForgingIssuer('mine'), givenForgingIssuer('other')]);
  const server = await givenKeyServer(keys(mine.publicJwk));
  const doors = await givenDoors(server);
  const signMine = () => mine.signPayload(givenPayload({exp: Math.floor((realNow() + now) / 1000) + 3600}));
  const signOther = () => other.signPayload(givenPayload({exp: Math.floor((realNow() + now) / 1000) + 3600}));
  expect(await knock(doors, await signMine())).toEqual([200, 'connected']);
  await stopKeyServer(server);
  expect(await knock(doors, await signOther())).toEqual([401, 'unauthorized']); // known a moment ago: no such key
  for (const elapsed of [31_000, 4 * MINUTE, 7 * MINUTE, HOUR, 22 * HOUR]) {
    now += elapsed;
    expect(await knock(doors, await signMine())).toEqual([200, 'connected']);
    expect(await knock(doors, await signOther())).toEqual([503, 'unavailable']); // it may be new: nobody knows
  }
  expect(await metricsOf(doors, 'outreach_key_set_age_seconds')).toEqual([
    expect.closeTo(83_491, -2),
    expect.closeTo(83_491, -2),
  ]);
  now += HOUR;
  expect(await knock(doors, await signMine())).toEqual([503, 'unavailable']);
  expect((await fetch(`${doors.rest.url}/live`)).status).toBe(200);
  expect((await doors.rest.get('/ready')).status).toBe(200); // the intake needs no keys
});

test('a key that was withdrawn while the set could not be fetched stops as soon as it can', async () => {
  const [old, fresh] = await Promise.all([givenForgingIssuer('old'), givenForgingIssuer('fresh')]);
  const server = await givenKeyServer(keys(old.publicJwk));
  const doors = await givenDoors(server);
  const sign = (issuer: typeof old) =>
    issuer.signPayload(givenPayload({exp: Math.floor((realNow() + now) / 1000) + 3600}));
  expect(await knock(doors, await sign(old))).toEqual([200, 'connected']);
  server.answer = json(500, {});
  now += 2 * HOUR;
  expect(await knock(doors, await sign(old))).toEqual([200, 'connected']);
  server.answer = keys(fresh.publicJwk);
  now += MINUTE;
  expect(await knock(doors, await sign(fresh))).toEqual([200, 'connected']);
  expect(await knock(doors, await sign(old))).toEqual([401, 'unauthorized']);
});

test('a set that is used is fetched anew after five minutes, and no token waits for that', async () => {
  const mine = await givenForgingIssuer('mine');
  const server = await givenKeyServer(keys(mine.publicJwk));
  const doors = await givenDoors(server);
  expect(await knock(doors, await mine.signPayload(givenPayload()))).toEqual([200, 'connected']);
  const waiting: ServerResponse[] = [];
  server.answer = response => void waiting.push(response);
  now += 6 * MINUTE;
  expect(await knock(doors, await mine.signPayload(givenPayload()))).toEqual([200, 'connected']);
  await eventually(() => expect(waiting).toHaveLength(2)); // they are under way still
  for (const response of waiting) keys(mine.publicJwk)(response);
  await eventually(async () =>
    expect(await metricsOf(doors, 'outreach_key_set_age_seconds')).toEqual([
      expect.closeTo(0, 0),
      expect.closeTo(0, 0),
    ]),
  );
});

test('while the set cannot be fetched, made-up key ids fetch it twice a minute at most and hold up nobody', async () => {
  const mine = await givenForgingIssuer('mine');
  const server = await givenKeyServer(keys(mine.publicJwk));
  const doors = await givenDoors(server);
  const token = await mine.signPayload(givenPayload());
  expect(await knock(doors, token)).toEqual([200, 'connected']);
  server.answer = HANGING;
  now += 31_000;
  const made = await Promise.all(
    Array.from({length: 20}, (_, index) => mine.signPayload(givenPayload(), {kid: `made-up-${index}`})),
  );
  const floods = made.map(each => knock(doors, each));
  await eventually(() => expect(server.requests).toBe(4)); // one for each process
  const valid = await mine.signPayload(givenPayload({jti: 'another'}));
  const first = await Promise.race([knock(doors, valid), ...floods.map(each => each.then(() => 'a made-up one'))]);
  expect(first).toEqual([200, 'connected']); // before the fetch has timed out
  expect(new Set((await Promise.all(floods)).map(String))).toEqual(new Set(['503,unavailable']));
  for (const each of made) expect(await knock(doors, each)).toEqual([503, 'unavailable']);
  expect(server.requests).toBe(4);
});

test('a URL that does not work is logged when the process starts, by address and status and nothing else', async () => {
  const server = await givenKeyServer(json(404, {}));
  const doors = await givenDoors({url: `${server.url}?apikey=Zq5ecret`});
  const mine = await givenForgingIssuer('mine');
  for (const lines of [doors.rest.lines, doors.lines]) {
    await eventually(() =>
      expect(lines).toContainEqual(
        expect.objectContaining({
          level: 'warn',
          msg: 'auth.key_set.failed',
          url: server.url,
          reason: 'status',
          status: 404,
        }),
      ),
    );
  }
  expect(await metricsOf(doors, 'outreach_key_set_age_seconds')).toEqual([]);
  expect(await metricsOf(doors, 'outreach_key_set_fetches_total{result="failed"}')).toEqual([1, 1]);
  server.answer = keys(mine.publicJwk);
  now += MINUTE;
  expect(await knock(doors, await mine.signPayload(givenPayload()))).toEqual([200, 'connected']);
  for (const lines of [doors.rest.lines, doors.lines]) {
    expect(lines).toContainEqual(
      expect.objectContaining({level: 'info', msg: 'auth.key_set.restored', url: server.url}),
    );
  }
  expect(await metricsOf(doors, 'outreach_key_set_fetches_total{result="succeeded"}')).toEqual([1, 1]);
  expect(doors.text() + doors.rest.text()).not.toContain('Zq5ecret');
});
