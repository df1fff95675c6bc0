// Peers that do not read, with real connections: cut off when much waits for them, or when they take nothing for long.
import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';
import {MAX_IDLE_SECONDS, MAX_WAITING_BYTES, StalledPeers} from '../../../src/gateway/socket-writer';
import {eventually} from '../../helpers/eventually';
import {onTeardown} from '../../helpers/teardown';

async function givenConnection(): Promise<{server: Socket; client: Socket}> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const client = connect((listener.address() as AddressInfo).port, '127.0.0.1');
  client.pause();
  const [server] = (await once(listener, 'connection')) as [Socket];
  listener.close();
  onTeardown(async () => [client, server].forEach(socket => socket.destroy()));
  return {server, client};
}

/** Fills what the kernel takes, and leaves something waiting. */
async function fill(server: Socket): Promise<void> {
  const piece = Buffer.alloc(16 * 1024);
  let emptied = true;
  while (emptied) {
    emptied = server.write(piece) || (await Promise.race([once(server, 'drain').then(() => true), whileFull()]));
  }
}

// The kernel may take some more in a moment.
async function whileFull(): Promise<false> {
  await new Promise(resolve => setTimeout(resolve, 200));
  return false;
}

function given(...sockets: Socket[]) {
  let stalled = 0;
  const peers = new StalledPeers(new Set(sockets), () => (stalled += 1));
  return {peers, stalled: () => stalled};
}

test('a peer that takes nothing of what waits is cut off after that long, and not before', async () => {
  const {server} = await givenConnection();
  const {peers, stalled} = given(server);
  await fill(server);
  expect(server.writableLength).toBeGreaterThan(0);
  expect(server.writableLength).toBeLessThan(MAX_WAITING_BYTES);
  for (let second = 0; second < MAX_IDLE_SECONDS; second++) peers.checkTimeouts();
  expect([server.destroyed, stalled()]).toEqual([false, 0]);
  peers.checkTimeouts();
  expect([server.destroyed, stalled()]).toEqual([true, 1]);
});

test('a peer that takes some of it in between is not', async () => {
  const {server, client} = await givenConnection();
  const {peers, stalled} = given(server);
  for (let round = 0; round < 3; round++) {
    await fill(server);
    for (let second = 0; second < MAX_IDLE_SECONDS - 1; second++) peers.checkTimeouts();
    client.resume();
    await eventually(() => expect(server.writableLength).toBe(0));
    client.pause();
  }
  expect([server.destroyed, stalled()]).toEqual([false, 0]);
});

test('a peer for which nothing waits is not, however long it is silent', async () => {
  const {server} = await givenConnection();
  const {peers, stalled} = given(server);
  for (let second = 0; second < 2 * MAX_IDLE_SECONDS; second++) peers.checkTimeouts();
  expect([server.destroyed, stalled()]).toEqual([false, 0]);
});

test('a peer for which too much waits is cut off before the next message', async () => {
  const {server} = await givenConnection();
  const {peers, stalled} = given(server);
  expect(peers.cutIfBehind(server)).toBe(false);
  while (server.writableLength <= MAX_WAITING_BYTES) server.write(Buffer.alloc(64 * 1024));
  expect(peers.cutIfBehind(server)).toBe(true);
  expect([server.destroyed, stalled()]).toEqual([true, 1]);
  expect([peers.cutIfBehind(server), stalled()]).toEqual([false, 1]); // counted once
});

test('a peer that reads is not cut off when the process looks right after a burst, and gets all of it', async () => {
  const {server, client} = await givenConnection();
  const {peers, stalled} = given(server);
  const burst = Buffer.alloc(64 * MAX_WAITING_BYTES);
  let received = 0;
  client.on('data', chunk => (received += chunk.length));
  client.resume();
  server.write(burst);
  expect(server.writableLength).toBeGreaterThan(MAX_WAITING_BYTES);
  peers.checkTimeouts(); // as when it has stood still until the timer was due
  await eventually(() => expect(received).toBe(burst.length));
  expect([server.destroyed, stalled()]).toEqual([false, 0]);
});
