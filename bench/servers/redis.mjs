// A Redis of the benchmark's own, without persistence.
import {createRequire} from 'node:module';
import {execFileSync} from 'node:child_process';
import {onCleanup} from '../machine/cleanup.mjs';

const require = createRequire(import.meta.url);
const {findRedisServer, startRedisServer} = require('../../dist/dev/redis-server.js');

/** Starts it, on this port if given. */
export async function startRedis(port) {
  const program = findRedisServer(process.env.PATH ?? '');
  if (program === undefined) throw new Error('The benchmarks need Redis: install redis-server (it is not on PATH).');
  const server = await startRedisServer(program, port);
  return {...server, stop: onCleanup(() => server.stop())};
}

export function redisVersion() {
  return /v=([\d.]+)/.exec(execFileSync('redis-server', ['--version'], {encoding: 'utf8'}))?.[1] ?? 'unknown';
}
