// Starts a load generator on its own core.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {setPriority} from 'node:os';
import path from 'node:path';
import {onCleanup} from '../machine/cleanup.mjs';
import {LOAD_CORE, pinned} from '../machine/pin.mjs';

const PROGRAM = path.resolve(import.meta.dirname, 'generator.mjs');

const BACKGROUND = 10; // niceness

/**
 * `run({kind, …})` resolves with what the job measured; one job at a time. One in the `background` leaves the core to
 * another generator that measures meanwhile, as if it were on a machine of its own.
 */
export function startGenerator({background = false} = {}) {
  const [command, args] = pinned(LOAD_CORE, process.execPath, ['--max-semi-space-size=64', PROGRAM]);
  const child = spawn(command, args, {stdio: ['ignore', 'inherit', 'inherit', 'ipc']});
  if (background) setPriority(child.pid, BACKGROUND);
  const exited = once(child, 'exit');
  onCleanup(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  return {
    /** Sends the job at once; its promise is the answer. */
    run: async job => {
      child.send(job);
      const [answer] = await Promise.race([once(child, 'message'), exited.then(diedOf)]);
      if (answer.error) throw new Error(`the load generator failed: ${answer.error}`);
      return answer.result;
    },
  };
}

function diedOf([code, signal]) {
  throw new Error(`the load generator ended with ${code ?? signal}`);
}
