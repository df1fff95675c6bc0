// A gateway's probes, and how it goes: not ready first, then its sockets in slices, then closed.
import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';
import {
  connectSocket,
  givenGateway,
  givenObserver,
  givenRedisKey,
  sharedRedisUrl,
  type TestGateway,
} from '../../helpers/gateway';
import {eventually} from '../../helpers/eventually';
import {upgradeRequest} from '../../helpers/raw-observer';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let issuer: TokenIssuer;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
});

async function givenOwnGateway(redisUrl = sharedRedisUrl()): Promise<TestGateway> {
  return givenGateway({issuer, redisUrl, redisKey: givenRedisKey(), awaitSubscription: redisUrl === sharedRedisUrl()});
}

async function probe(gateway: TestGateway, path: string): Promise<{status: number; body: unknown}> {
  const response = await fetch(gateway.url + path);
  return {status: response.status, body: await response.json()};
}

test('/live and /ready answer 200, without a token and whatever the query', async () => {
  const gateway = await givenOwnGateway();
  expect(await probe(gateway, '/live')).toEqual({status: 200, body: {status: 'live'}});
  const ready = {status: 200, body: {status: 'ready', draining: false, redis: 'up'}};
  expect(await probe(gateway, '/ready')).toEqual(ready);
  expect(await probe(gateway, '/ready?verbose')).toEqual(ready);
});

test('any other path is a 404 problem', async () => {
  const gateway = await givenOwnGateway();
  for (const path of ['/', '/metrics', '/health', '/ready/', '//ready']) {
    const response = await fetch(gateway.url + path);
    expect(response.status).toBe(404);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  }
});

test('without Redis a gateway is ready all the same, says degraded, and lets clients in', async () => {
  const gateway = await givenOwnGateway(`redis://127.0.0.1:${await freePort()}`);
  expect(await probe(gateway, '/ready')).toEqual({
    status: 200,
    body: {status: 'ready', draining: false, redis: 'degraded'},
  });
  expect((await probe(gateway, '/live')).status).toBe(200);
  const {ack} = await givenObserver(gateway.url, await issuer.sign());
  expect(ack.ok).toBe(true);
});

test('a gateway that begins to drain is not ready, and still lets in whoever comes', async () => {
  const gateway = await givenOwnGateway();
  const before = await connectSocket(gateway.url, {token: await issuer.sign()});
  gateway.startDraining();
  expect(await probe(gateway, '/ready')).toEqual({
    status: 503,
    body: {status: 'not-ready', draining: true, redis: 'up'},
  });
  expect((await probe(gateway, '/live')).status).toBe(200);
  const {ack} = await givenObserver(gateway.url, await issuer.sign());
  expect([ack.ok, before.connected]).toEqual([true, true]);
});

test('a gateway that stops listens no more at once, and disconnects its sockets in slices', async () => {
  const gateway = await givenOwnGateway();
  const token = await issuer.sign();
  const sockets = await Promise.all(Array.from({length: 40}, () => connectSocket(gateway.url, {token})));
  const left: {reason: string; at: number}[] = [];
  for (const socket of sockets) {
    socket.once('disconnect', reason => left.push({reason, at: performance.now()}));
  }
  const drainMs = 1000;
  const stopped = gateway.stop(drainMs);
  await expect(fetch(`${gateway.url}/live`)).rejects.toThrow('fetch failed');
  await expect(connectSocket(gateway.url, {token})).rejects.toThrow('websocket error');
  expect(left.length).toBeLessThan(sockets.length); // some are still served
  await stopped;
  await eventually(() => expect(left).toHaveLength(sockets.length));
  expect(new Set(left.map(({reason}) => reason))).toEqual(new Set(['transport close']));
  const [first = 0, ...later] = left.map(({at}) => at).sort((a, b) => a - b);
  expect((later.at(-1) ?? 0) - first).toBeGreaterThan(drainMs / 3);
  const inSlice = left.filter(({at}) => at - first < drainMs / 50).length;
  expect(inSlice).toBeLessThan(sockets.length / 2);
});

test('a handshake or probe on a connection that was there before the stop is answered 503', async () => {
  const gateway = await givenOwnGateway();
  await connectSocket(gateway.url, {token: await issuer.sign()}); // so that the stop takes its time
  const open = () => givenConnection(Number(new URL(gateway.url).port));
  const asked = [
    {socket: await open(), request: upgradeRequest(), status: '503'},
    {socket: await open(), request: 'GET /ready HTTP/1.1\r\nHost: gateway.test\r\n\r\n', status: '503'},
    {socket: await open(), request: 'GET /live HTTP/1.1\r\nHost: gateway.test\r\n\r\n', status: '200'},
  ];
  await probe(gateway, '/live'); // accepted after those, so they have been too
  const stopped = gateway.stop(3000);
  for (const {socket, request, status} of asked) {
    let text = '';
    socket.on('data', chunk => (text += Buffer.from(chunk).toString()));
    socket.write(request);
    await once(socket, 'close');
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text).toContain('\r\nConnection: close\r\n');
  }
  await stopped;
});

test('stopping twice, at once and later, is one stop', async () => {
  const gateway = await givenOwnGateway();
  const socket = await connectSocket(gateway.url, {token: await issuer.sign()});
  const [first, second] = [gateway.stop(), gateway.stop(60_000)];
  expect(second).toBe(first);
  await first;
  await gateway.stop();
  await eventually(() => expect(socket.connected).toBe(false));
});

test('a stop waits for no peer that has gone silent', async () => {
  const gateway = await givenOwnGateway();
  const port = Number(new URL(gateway.url).port);
  const idle = await givenConnection(port);
  const silent = await givenConnection(port);
  silent.write(upgradeRequest());
  await once(silent, 'data'); // it is a WebSocket now, and will never answer a close frame
  const half = await givenConnection(port);
  half.write('GET /live HTTP/1.1\r\nHost: gate');
  const startedAt = performance.now();
  await gateway.stop();
  expect(performance.now() - startedAt).toBeLessThan(5000);
  await eventually(() => expect([idle, silent, half].map(({closed}) => closed)).toEqual([true, true, true]));
});

async function givenConnection(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined); // a reset is one way of closing
  socket.resume();
  onTeardown(() => Promise.resolve(socket.destroy()));
  await once(socket, 'connect');
  return socket;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
