// What a gateway's port answers to plain HTTP and to whoever says nothing at all: little, once, and not for long.
import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {eventually} from '../../helpers/eventually';
import {givenGateway, givenRedisKey, sharedRedisUrl, type TestGateway} from '../../helpers/gateway';
import {rawRequest, sendRaw} from '../../helpers/raw-http';
import {openWebSocket, upgradeRequest} from '../../helpers/raw-observer';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const MOST_PATIENCE_MS = 30_000;

let issuer: TokenIssuer;
let gateway: TestGateway;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
  gateway = await givenOwnGateway();
});

function givenOwnGateway(options: {maxConnections?: number} = {}): Promise<TestGateway> {
  return givenGateway({issuer, redisUrl: sharedRedisUrl(), redisKey: givenRedisKey(), ...options});
}

interface Peer {
  socket: Socket;
  text: () => string;
  /** Resolves with when it was closed. */
  closed: Promise<number>;
}

async function givenPeer(url: string): Promise<Peer> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTeardown(() => Promise.resolve(socket.destroy()));
  let text = '';
  socket.on('data', chunk => (text += Buffer.from(chunk).toString('latin1')));
  const closed = new Promise<number>(resolve => socket.once('close', () => resolve(performance.now())));
  await once(socket, 'connect');
  socket.on('error', () => undefined); // a reset ends it as well
  return {socket, text: () => text, closed};
}

test('slow senders and WebSockets that do not connect are cut off', async () => {
  const startedAt = performance.now();
  const [idle, slow, silent] = [
    await givenPeer(gateway.url),
    await givenPeer(gateway.url),
    await openWebSocket(gateway.url),
  ];
  const silentClosed = once(silent.socket, 'close').then(() => performance.now());
  slow.socket.write('GET /live HTTP/1.1\r\nHost: gateway.test\r\nX-Slow: ');
  const drip = setInterval(() => slow.socket.write('x'), 300);
  slow.socket.once('close', () => clearInterval(drip));
  const ends = await Promise.all([idle.closed, slow.closed, silentClosed]);
  for (const end of ends) expect(end - startedAt).toBeLessThan(MOST_PATIENCE_MS);
  expect(slow.text()).toMatch(/^HTTP\/1\.1 408 /);
}, 60_000);

test.each([
  ['GET /nothing', 404],
  ['POST /socket.io/?EIO=4&transport=polling', 400],
  ['PUT /ready', 200],
])('%s with a body that never ends is answered %d at once, and the connection closed', async (line, status) => {
  const startedAt = performance.now();
  const answer = await sendRaw(
    gateway.url,
    rawRequest(line, {Connection: 'keep-alive', 'Content-Length': '1000000000'}, 'x'.repeat(1000)),
  );
  expect(answer.status).toBe(status);
  expect(answer.headers.get('Connection')).toBe('close');
  expect(performance.now() - startedAt).toBeLessThan(4000); // Node would keep it for six seconds
});

test('of pipelined requests the first alone is answered', async () => {
  const {socket, text, closed} = await givenPeer(gateway.url);
  socket.write('GET /live HTTP/1.1\r\nHost: gateway.test\r\n\r\n'.repeat(1000));
  await closed;
  expect(text()).toContain('{"status":"live"}');
  expect(text().split('HTTP/1.1 ')).toHaveLength(2);
});

test.each([
  ['/other/', 404],
  ['/socket.ioX/?EIO=4&transport=websocket', 404],
  ['/socket.io/?EIO=4&transport=websocket&sid=any', 400],
  ['/socket.io/?EIO=4&transport=polling', 400],
])('an upgrade of %s is answered %d, and the connection closed', async (target, status) => {
  const {socket, text, closed} = await givenPeer(gateway.url);
  socket.write(upgradeRequest(target));
  await closed;
  expect(text()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
});

test('a second WebSocket for a session is refused', async () => {
  const {text} = await openWebSocket(gateway.url);
  const sid = /"sid":"([^"]+)"/.exec(text())?.[1] ?? '';
  const second = await givenPeer(gateway.url);
  second.socket.write(upgradeRequest(`/socket.io/?EIO=4&transport=websocket&sid=${sid}`));
  await second.closed;
  expect(second.text()).toMatch(/^HTTP\/1\.1 400 /);
});

test('beyond the most connections others are closed as they come, counted and logged, until one leaves', async () => {
  const most = 3;
  const own = await givenOwnGateway({maxConnections: most});
  const peers = [await openWebSocket(own.url), await givenPeer(own.url), await givenPeer(own.url)];
  const dropped = async () =>
    Number(/^outreach_gateway_dropped_connections_total (\d+)$/m.exec(await own.registry.metrics())?.[1]);
  expect(await dropped()).toBe(0);
  const more = await Promise.all(Array.from({length: 20}, () => givenPeer(own.url)));
  await Promise.all(more.map(({closed}) => closed));
  expect(more.map(({text}) => text())).toEqual(more.map(() => ''));
  expect(await dropped()).toBe(more.length);
  const lines = () => own.lines.filter(({msg}) => msg === 'gateway.connection.dropped');
  await eventually(() => expect(lines().reduce((sum, {count}) => sum + Number(count), 0)).toBe(more.length));
  expect(lines().length).toBeLessThan(more.length / 2);
  expect(peers.map(({socket}) => socket.destroyed)).toEqual([false, false, false]);
  peers[1]?.socket.destroy();
  await eventually(async () => expect((await fetch(`${own.url}/live`)).status).toBe(200));
});
