// The Redis of `npm start`: REDIS_URL when it is set, else a redis-server of our own where there is one on PATH.
import {readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {DevEnv} from '../config/env';
import {findRedisServer, startRedisServer} from './redis-server';
import {isProcessOf, stopProcess} from './stale-process';

export interface DevelopmentRedisOptions {
  env: DevEnv;
  directory: string;
  say: (line: string) => void;
  onStop: (stop: () => Promise<unknown>) => void;
}

/** Resolves with the URL of a Redis that answers, or undefined when this machine has none. */
export async function startRedis({env, directory, say, onStop}: DevelopmentRedisOptions): Promise<string | undefined> {
  const pidFile = path.join(directory, 'redis.pid');
  await stopStaleServer(pidFile);
  if (env.REDIS_URL !== undefined) return env.REDIS_URL;
  const program = findRedisServer(env.PATH);
  if (program === undefined) {
    say('No REDIS_URL and no redis-server on PATH: events go straight to the gateway in this process.');
    return undefined;
  }
  const redis = await startRedisServer(program);
  onStop(async () => {
    await redis.stop();
    await rm(pidFile, {force: true});
  });
  await writeFile(pidFile, `${redis.process.pid}\n${redis.port}\n`);
  return redis.url;
}

// A run that was killed leaves its server behind, in a process group of its own: nothing else would ever end it.
async function stopStaleServer(pidFile: string): Promise<void> {
  const [pid, port] = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n').map(Number);
  if (pid === undefined || port === undefined) return;
  // redis-server shows its address as its command line, so another process with this id is left alone.
  if (await isProcessOf(pid, `127.0.0.1:${port}`)) await stopProcess(pid, 'SIGKILL'); // it may be frozen, and keeps nothing
  await rm(pidFile, {force: true});
}
