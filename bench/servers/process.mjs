// A server under test: a child process on the server's core, which says where it listens on a line of its output.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {onCleanup} from '../machine/cleanup.mjs';
import {cpuMicroseconds} from '../machine/cpu.mjs';
import {pinned, SERVER_CORE} from '../machine/pin.mjs';

const START_TIMEOUT_MS = 60_000;
const MEMORY_HOOK = path.resolve(import.meta.dirname, 'memory-hook.cjs');

/**
 * Starts `node program` and resolves once its output has named a URL. Every server gets the same hook, which sends its
 * memory after a garbage collection. `env` is all of the environment but PATH. What only stands by is not `measured`, and
 * runs where there is room.
 */
export async function startServer({name, program, env, cwd, measured = true}) {
  const flags = ['--expose-gc', '--require', MEMORY_HOOK, program];
  const [command, args] = measured ? pinned(SERVER_CORE, process.execPath, flags) : [process.execPath, flags];
  const child = spawn(command, args, {
    cwd,
    env: {PATH: process.env.PATH, NODE_ENV: 'production', ...env},
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exited = once(child, 'exit');
  let output = '';
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const stop = onCleanup(async () => {
    if (!isRunning()) return;
    const killTimer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.kill('SIGTERM');
    await exited;
    clearTimeout(killTimer);
  });
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} is not ready:\n${output}`)), START_TIMEOUT_MS);
    child.once('error', reject);
    child.once('exit', code => reject(new Error(`${name} ended with ${code}:\n${output}`)));
    const read = chunk => {
      output = (output + chunk).slice(-4000);
      const found = /listening.*?(http:\/\/[\w.:[\]]+\d)|(http:\/\/[\w.:[\]]+\d).*listening/.exec(output);
      if (!found) return;
      clearTimeout(timer);
      resolve(found[1] ?? found[2]);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
  });
  return {
    name,
    url,
    pid: child.pid,
    stop,
    isRunning,
    output: () => output,
    cpu: () => cpuMicroseconds(child.pid),
    memory: () => askMemory(child),
  };
}

async function askMemory(child) {
  child.send('memory');
  const [memory] = await once(child, 'message');
  return memory;
}
