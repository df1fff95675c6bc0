// A Redis that can be brought into every bad state there is, always on the same port. Each state is entered and left
// again; in between Redis is healthy.
import {once} from 'node:events';
import {connect, createServer} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import {Redis} from 'ioredis';
import {onCleanup} from '../machine/cleanup.mjs';
import {startRedis} from './redis.mjs';

/** No fault at all: what its ratio is off from 1 is noise. */
export const CONTROL = 'healthy again';
const SLOW_MS = 200;
const FLAP_MS = 300;

/** Starts it, and a second one that slow and flapping connections lead to. */
export async function startFaultyRedis() {
  const port = await steadyPort();
  let server = await startRedis(port);
  const upstream = await startRedis(await steadyPort());
  const restart = async () => (server = await startRedis(port));
  const replaceBy = async listener => {
    await server.stop();
    return listener && listenOn(port, listener);
  };
  const leaveListener = async listener => {
    await listener.close();
    await restart();
  };
  const command = async (...words) => {
    const admin = new Redis(server.url);
    await admin.call(...words);
    admin.disconnect();
  };
  return {
    url: server.url,
    states: {
      [CONTROL]: {enter: async () => undefined, leave: async () => undefined},
      refused: {enter: () => replaceBy(), leave: restart},
      'black-holed': {enter: () => replaceBy(socket => socket.resume()), leave: leaveListener},
      frozen: {enter: async () => server.process.kill('SIGSTOP'), leave: async () => server.process.kill('SIGCONT')},
      slow: {enter: () => replaceBy(socket => forward(socket, upstream.port, SLOW_MS)), leave: leaveListener},
      'read-only': {
        enter: () => command('REPLICAOF', '127.0.0.1', '1'),
        leave: () => command('REPLICAOF', 'NO', 'ONE'),
      },
      'out of memory': {
        enter: () => command('CONFIG', 'SET', 'maxmemory', '1'),
        leave: () => command('CONFIG', 'SET', 'maxmemory', '0'),
      },
      flapping: {
        enter: async () => flap(await replaceBy(socket => forward(socket, upstream.port, 0))),
        leave: leaveListener,
      },
    },
    /** Resolves once a publisher is connected to the healthy server. */
    async published() {
      const admin = new Redis(server.url);
      try {
        for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 50) {
          if (String(await admin.client('LIST')).includes('name=outreach-publisher')) return;
          await delay(50);
        }
        throw new Error('outreach has not come back to a healthy Redis within 20 s');
      } finally {
        admin.disconnect();
      }
    },
  };
}

async function listenOn(port, onSocket) {
  const sockets = new Set();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => undefined); // the service under test is told, not we
    socket.on('close', () => sockets.delete(socket));
    onSocket(socket);
  });
  const cut = () => sockets.forEach(socket => socket.destroy());
  const open = async () => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const shut = async () => {
    const closed = once(server, 'close');
    server.close();
    cut();
    if (server.listening || sockets.size > 0) await closed;
  };
  await open();
  const close = onCleanup(() => (server.listening ? shut() : undefined));
  return {open, shut, close};
}

function forward(socket, port, delayMs) {
  const upstream = connect({host: '127.0.0.1', port, noDelay: true});
  upstream.on('error', () => socket.destroy());
  upstream.on('close', () => socket.destroy());
  socket.on('close', () => upstream.destroy());
  const late = to => chunk => {
    if (delayMs === 0) to.write(chunk);
    else setTimeout(() => to.writable && to.write(chunk), delayMs);
  };
  socket.on('data', late(upstream));
  upstream.on('data', chunk => socket.writable && socket.write(chunk));
}

// Up and away, up and away.
function flap(listener) {
  let going = true;
  const flapping = (async () => {
    while (going) {
      await delay(FLAP_MS);
      await listener.shut();
      await delay(FLAP_MS);
      await listener.open();
    }
  })();
  return {
    close: async () => {
      going = false;
      await flapping;
      await listener.close();
    },
  };
}

// Below the ephemeral range: nobody takes it while nothing listens there, and no client connects to itself.
async function steadyPort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
