// A Redis of the test file's own, which it may freeze, kill, start again and misconfigure.
import {once} from 'node:events';
import {Redis} from 'ioredis';
import {findRedisServer, type RedisServer, startRedisServer} from '../../src/dev/redis-server';
import {steadyPort} from './tcp-proxy';
import {onTeardown} from './teardown';

export interface PrivateRedis {
  url: string;
  port: number;
  /** SIGSTOP: the kernel still accepts connections, nobody answers. */
  freeze(): void;
  /** SIGCONT */
  thaw(): void;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Subscribes past every proxy; `text` is all that was published on these channels since. */
  subscribe(pattern: string): Promise<{text(): string}>;
  /** One command as an administrator. */
  command(name: string, ...values: (string | number)[]): Promise<unknown>;
}

/** Starts a redis-server, or only reserves its port when asked to; fails with a sentence when there is none. */
export async function givenRedis({running = true} = {}): Promise<PrivateRedis> {
  const program = findRedisServer(process.env.PATH ?? '');
  if (program === undefined) {
    throw new Error('The fault tests freeze and kill a Redis of their own: install redis-server (it is not on PATH).');
  }
  const port = await steadyPort();
  const url = `redis://127.0.0.1:${port}`;
  let server: RedisServer | undefined;
  // One after the other, also when a test under load asks for the next before the last is done: two servers that
  // start at once would fight over the port.
  let turn = Promise.resolve();
  const inTurn = (step: () => Promise<void>) => (turn = turn.then(step));
  const start = () =>
    inTurn(async () => {
      server ??= await startRedisServer(program, port);
    });
  if (running) await start();
  onTeardown(async () => server?.stop());
  return {
    url,
    port,
    freeze: () => void server?.process.kill('SIGSTOP'),
    thaw: () => void server?.process.kill('SIGCONT'),
    kill: () =>
      inTurn(async () => {
        if (!server) return;
        const exited = once(server.process, 'exit');
        server.process.kill('SIGKILL');
        await exited;
        await server.stop(); // nothing left to stop: it only forgets the process
        server = undefined;
      }),
    start,
    subscribe: async pattern => {
      const subscriber = new Redis(url, {lazyConnect: true});
      onTeardown(() => {
        subscriber.disconnect();
        return Promise.resolve();
      });
      const messages: string[] = [];
      subscriber.on('pmessage', (_pattern, _channel, message: string) => messages.push(message));
      await subscriber.connect();
      await subscriber.psubscribe(pattern);
      return {text: () => messages.join('\n')};
    },
    command: async (name, ...values) => {
      const admin = new Redis(url, {lazyConnect: true});
      await admin.connect();
      try {
        return await admin.call(name, values);
      } finally {
        admin.disconnect();
      }
    },
  };
}
