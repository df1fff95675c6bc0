// Readers that take nothing of their answer are cut off; slow ones, patient ones and idle connections are not.
import {createServer, type RequestListener, type Server} from 'node:http';
import {once} from 'node:events';
import {type AddressInfo, connect, type Socket} from 'node:net';
import {limitConnections} from '../../../src/rest/server/connection-limits';
import {eventually} from '../../helpers/eventually';
import {onTeardown} from '../../helpers/teardown';

const IDLE_CHECK_MS = 200;
const LARGE = Buffer.alloc(64 * 1024 * 1024, 'x'); // more than the kernels of both sides hold

interface TestServer {
  server: Server;
  limits: string[];
  connect: () => Socket;
}

async function givenServer(listener: RequestListener, idleCheckMs = IDLE_CHECK_MS): Promise<TestServer> {
  const server = createServer({keepAliveTimeout: 1000}, listener);
  const limits: string[] = [];
  limitConnections(server, {maxConnections: 300, idleCheckMs}, limit => limits.push(limit));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTeardown(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  return {
    server,
    limits,
    connect: () => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1'); // it listens on a port
      socket.on('error', () => undefined); // a reset is what the tests wait for
      onTeardown(() => Promise.resolve(socket.destroy()));
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      return socket;
    },
  };
}

const openConnections = (server: Server) =>
  new Promise<number>((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );

test('200 readers that take nothing are cut off', async () => {
  const {server, limits, connect: read} = await givenServer((_, response) => response.end(LARGE));
  for (let count = 0; count < 200; count += 1) read();
  await eventually(() => expect(limits.length).toBe(200));
  await eventually(async () => expect(await openConnections(server)).toBe(0));
  expect(new Set(limits)).toEqual(new Set(['reader_stalled']));
});

test('a reader that is slow reads all of it', async () => {
  const idleCheckMs = 3000; // a busy machine may hold up this reader for longer than it pauses
  const {limits, connect: read} = await givenServer((_, response) => response.end(LARGE), idleCheckMs);
  const socket = read();
  let bytes = 0;
  let pauses = 0;
  socket.on('data', chunk => {
    bytes += chunk.byteLength;
    if (bytes < pauses * 8 * 1024 * 1024) return;
    pauses += 1;
    socket.pause();
    setTimeout(() => socket.resume(), idleCheckMs / 4);
  });
  await eventually(() => expect(bytes).toBeGreaterThan(LARGE.byteLength), 60_000);
  expect([limits, pauses > 5]).toEqual([[], true]);
});

test('a client waits for an answer that takes long to make', async () => {
  const {limits, connect: read} = await givenServer((_, response) => {
    setTimeout(() => response.end('late'), IDLE_CHECK_MS * 6);
  });
  const [chunk] = (await once(read(), 'data')) as [Buffer];
  expect([chunk.toString().endsWith('late'), limits]).toEqual([true, []]);
});

test('a connection between two requests is kept for the time of keep-alive, and then closed', async () => {
  const {server, limits, connect: read} = await givenServer((_, response) => response.end('one'));
  const socket = read();
  await once(socket, 'data');
  const closed = once(socket, 'close').then(() => 'closed');
  await new Promise(resolve => server.once('timeout', resolve)); // of keep-alive: no other comes
  expect(await closed).toBe('closed');
  expect(limits).toEqual([]);
});
