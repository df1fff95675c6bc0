// A redis-server of our own, on a free loopback port, without persistence. Never the machine's daemon on 6379.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {accessSync, constants} from 'node:fs';
import path from 'node:path';
import {withFreePort} from './with-free-port';

/** A running server; `process` is for tests that stop, freeze or kill it. */
export interface RedisServer {
  url: string;
  port: number;
  process: ChildProcess;
  stop(): Promise<void>;
}

/** Path of `redis-server` on PATH, if there is one. */
export function findRedisServer(searchPath: string): string | undefined {
  return searchPath
    .split(path.delimiter)
    .map(directory => path.join(directory, 'redis-server'))
    .find(isExecutable);
}

/** Starts a server; `port` is a free one unless given. Throws when it exits before it is ready. */
export async function startRedisServer(program: string, port?: number): Promise<RedisServer> {
  return port === undefined ? withFreePort(free => startOn(program, free)) : startOn(program, port);
}

async function startOn(program: string, port: number): Promise<RedisServer> {
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    '/', // it reads dump.rdb there, also without persistence: where others can write, it would be theirs
  ];
  // Its own process group: Ctrl-C reaches us alone, and we stop it in order.
  const server = spawn(program, options, {stdio: ['ignore', 'pipe', 'ignore'], detached: true});
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  await ready(server).catch((error: unknown) => {
    process.off('exit', kill);
    throw error;
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    process: server,
    stop: async () => {
      process.off('exit', kill);
      if (server.exitCode !== null || server.signalCode !== null) return;
      const exited = once(server, 'exit');
      server.kill('SIGCONT'); // a frozen process cannot end
      server.kill('SIGTERM');
      await exited;
    },
  };
}

async function ready(server: ChildProcess): Promise<void> {
  const output = server.stdout;
  if (!output) throw new Error('redis-server has no output to read');
  output.setEncoding('utf8');
  let text = '';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', code => reject(new Error(`redis-server ended with ${code}:\n${text}`)));
    output.on('data', (chunk: string) => {
      text = (text + chunk).slice(-4000);
      if (text.includes('Ready to accept connections')) resolve();
    });
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // not here: the next directory may have it
  }
}
