// A Redis that can be brought into every bad state there is, always on the same port. Each state is entered and left
// again; in between Redis is healthy. No state needs a proxy, whose own work would be measured as if it were the state's.
import {once} from 'node:events';
import {createServer} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import {Redis} from 'ioredis';
import {onCleanup} from '../machine/cleanup.mjs';
import {startRedis} from './redis.mjs';

/** No fault at all: what its ratio is off from 1 is noise. */
export const CONTROL = 'healthy again';
const SLOW_MS = 200;
const FLAP_MS = 300;
const NOTHING = async () => undefined;

/** Starts it. */
export async function startFaultyRedis() {
  const port = await steadyPort();
  let server = await startRedis(port);
  const restart = async () => (server = await startRedis(port));
  const stop = () => server.stop();
  const asAdmin = step => withAdmin(server.url, step);
  const command = (...words) => asAdmin(admin => admin.call(...words));
  return {
    url: server.url,
    states: {
      [CONTROL]: {enter: NOTHING, leave: NOTHING},
      refused: {enter: stop, leave: restart},
      'black-holed': {enter: () => stop().then(() => swallow(port)), leave: close => close().then(restart)},
      frozen: {enter: async () => server.process.kill('SIGSTOP'), leave: async () => server.process.kill('SIGCONT')},
      slow: {enter: async () => repeat(server.url, slowDown), leave: end => end()},
      'read-only': {
        enter: () => command('REPLICAOF', '127.0.0.1', '1'),
        leave: () => command('REPLICAOF', 'NO', 'ONE'),
      },
      'out of memory': {
        enter: () => command('CONFIG', 'SET', 'maxmemory', '1'),
        leave: () => command('CONFIG', 'SET', 'maxmemory', '0'),
      },
      flapping: {
        enter: async () => {
          const elsewhere = await steadyPort();
          return repeat(server.url, admin => flap(admin, port, elsewhere));
        },
        leave: end => end(),
      },
    },
    /** Resolves once a publisher is connected to the healthy server. */
    published: () =>
      asAdmin(async admin => {
        for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 50) {
          if (String(await admin.client('LIST')).includes('name=outreach-publisher')) return;
          await delay(50);
        }
        throw new Error('outreach has not come back to a healthy Redis within 20 s');
      }),
  };
}

// Every command waits until the pause is over, a fifth of a second at most; then the next pause begins.
async function slowDown(admin) {
  await admin.client('PAUSE', SLOW_MS, 'ALL');
  await delay(20);
}

// Away: connections are cut and new ones refused, since it listens elsewhere (Redis 7). Then back again.
async function flap(admin, port, elsewhere) {
  await admin.config('SET', 'port', elsewhere);
  await admin.client('KILL', 'TYPE', 'normal');
  await admin.client('KILL', 'TYPE', 'pubsub');
  await delay(FLAP_MS);
  await admin.config('SET', 'port', port);
  await delay(FLAP_MS);
}

// Gives what ends it, after the step that is going on.
function repeat(url, step) {
  let isGoing = true;
  const going = withAdmin(url, async admin => {
    while (isGoing) await step(admin);
  });
  return () => {
    isGoing = false;
    return going;
  };
}

async function withAdmin(url, step) {
  const admin = new Redis(url);
  try {
    return await step(admin);
  } finally {
    admin.disconnect();
  }
}

// Accepts and never answers; gives what ends that.
async function swallow(port) {
  const sockets = new Set();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => undefined); // the service under test sees it, not we
    socket.resume();
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return onCleanup(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  });
}

// Below the ephemeral range: nobody takes it while nothing listens there, and no client connects to itself.
async function steadyPort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false, // taken: try another
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
