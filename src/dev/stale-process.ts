// Finds and ends a server of this checkout, also one that an earlier, killed run has left; never anybody else's process.
import {readFile} from 'node:fs/promises';
import {setTimeout as delay} from 'node:timers/promises';

/** Is there a process with this id whose command line names this path or address? */
export async function isProcessOf(pid: number, named: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  return (await commandLineOf(pid)).split('\0').some(argument => argument.includes(named));
}

/** Signals the process and waits until it is gone; throws when it stays for 15 seconds. */
export async function stopProcess(pid: number, signal: NodeJS.Signals): Promise<void> {
  process.kill(pid, signal);
  for (let waitedMs = 0; waitedMs < 15_000; waitedMs += 50) {
    if ((await commandLineOf(pid)) === '') return;
    await delay(50);
  }
  throw new Error(`the process ${pid} does not stop; end it and start again`);
}

// Empty also for a process that has ended and that nobody has waited for: it holds nothing any more.
function commandLineOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
}
