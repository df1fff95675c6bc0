// The internal port: it answers whatever happens behind it, and nobody who is slow, silent or many keeps it busy.
import {once} from 'node:events';
import type {Server} from 'node:http';
import {type AddressInfo, connect, type Socket} from 'node:net';
import {promisify} from 'node:util';
import {Gauge, Registry} from 'prom-client';
import {type InternalServerOptions, startInternalServer, stopInternalServer} from '../../../src/platform/metrics';
import {eventually} from '../../helpers/eventually';
import {sendRaw} from '../../helpers/raw-http';
import {onTeardown} from '../../helpers/teardown';

interface TestInternalServer {
  server: Server;
  url: string;
  port: number;
}

async function given(options: Partial<InternalServerOptions> = {}): Promise<TestInternalServer> {
  const defaults = {
    registry: new Registry(),
    health: () => Promise.resolve({fine: true}),
    readiness: () => Promise.resolve({status: 'ready' as const}),
  };
  const server = await startInternalServer({...defaults, ...options, host: '127.0.0.1', port: 0});
  onTeardown(() => stopInternalServer(server));
  const {port} = server.address() as AddressInfo;
  return {server, port, url: `http://127.0.0.1:${port}`};
}

async function givenClient(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  onTeardown(() => Promise.resolve(socket.destroy()));
  await once(socket, 'connect');
  return socket;
}

/** A registry with a metric of that many bytes, which counts how often it is asked. */
function givenRegistry(bytes: number): {registry: Registry; asked: () => number} {
  const registry = new Registry();
  let asked = 0;
  new Gauge({name: 'test', help: 'x'.repeat(bytes), registers: [registry], collect: () => void (asked += 1)});
  return {registry, asked: () => asked};
}

test('answers metrics and health whatever their query, and 404 for all else', async () => {
  const {url} = await given(givenRegistry(1));
  for (const path of ['/metrics', '/metrics?x=1', '/metrics?']) {
    const response = await fetch(url + path);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('test 0')]);
  }
  const health = await fetch(`${url}/health?verbose`);
  expect([health.status, await health.json()]).toMatchObject([200, {fine: true}]); // and the build
  for (const path of ['/', '/metrics/', '/metricsx', '//metrics']) expect((await fetch(url + path)).status).toBe(404);
});

test('answers the probes as the public port does', async () => {
  let status: 'ready' | 'not-ready' = 'ready';
  const {url} = await given({readiness: () => Promise.resolve({status, draining: status === 'not-ready'})});
  const ask = async (path: string) => {
    const response = await fetch(url + path);
    return [response.status, await response.json()];
  };
  expect(await ask('/live')).toEqual([200, {status: 'live'}]);
  expect(await ask('/ready?x')).toEqual([200, {status: 'ready', draining: false}]);
  status = 'not-ready';
  expect(await ask('/ready')).toEqual([503, {status: 'not-ready', draining: true}]);
  expect(await ask('/live')).toEqual([200, {status: 'live'}]);
});

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;
test.each<[string, () => Promise<object>]>([
  ['rejects', () => Promise.reject(new Error('no'))],
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
  ['is no JSON', () => Promise.resolve(cyclic)],
])('health that %s is 500, and metrics are answered after it', async (_title, health) => {
  const {url} = await given({health});
  expect((await fetch(`${url}/health`)).status).toBe(500);
  expect((await fetch(`${url}/metrics`)).status).toBe(200);
});

test('a metric that throws is 500, and health is answered after it', async () => {
  const registry = new Registry();
  const fail = () => {
    throw new Error('no');
  };
  new Gauge({name: 'test', help: 'x', registers: [registry], collect: fail});
  const {url} = await given({registry});
  expect((await fetch(`${url}/metrics`)).status).toBe(500);
  expect((await fetch(`${url}/health`)).status).toBe(200);
});

test('metrics that are asked for a hundred times at once on one connection are made once', async () => {
  const {registry, asked} = givenRegistry(1);
  const {port, url} = await given({registry});
  const socket = await givenClient(port);
  let text = '';
  socket.on('data', chunk => (text += Buffer.from(chunk).toString()));
  socket.write('GET /metrics HTTP/1.1\r\nHost: metrics.test\r\n\r\n'.repeat(100));
  await eventually(() => expect(text).toContain('test 0'));
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(asked()).toBe(1);
});

test('beyond 64 connections others are closed as they come', async () => {
  const {port, url} = await given();
  const first = await Promise.all(Array.from({length: 64}, () => givenClient(port)));
  await expect(fetch(`${url}/metrics`)).rejects.toThrow('fetch failed');
  first[0]?.destroy();
  await eventually(async () => expect((await fetch(`${url}/metrics`)).status).toBe(200));
});

test('slow senders are cut off, and readers that take nothing', async () => {
  const {server, port, url} = await given(givenRegistry(20_000_000)); // more than the kernel takes
  const connections = promisify(server.getConnections.bind(server));
  const [, slow, reader] = [await givenClient(port), await givenClient(port), await givenClient(port)];
  reader.pause();
  reader.write('GET /metrics HTTP/1.1\r\nHost: metrics.test\r\n\r\n');
  slow.write('GET /metrics HTTP/1.1\r\nX: ');
  const drip = setInterval(() => slow.write('x'), 300);
  slow.once('close', () => clearInterval(drip));
  expect(await connections()).toBe(3);
  await eventually(async () => expect(await connections()).toBeLessThanOrEqual(1), 25_000);
  await eventually(async () => expect(await connections()).toBe(0), 45_000);
  const answer = await sendRaw(url, 'GET /health HTTP/1.1\r\nHost: metrics.test\r\nConnection: close\r\n\r\n');
  expect(answer.status).toBe(200);
}, 90_000);
