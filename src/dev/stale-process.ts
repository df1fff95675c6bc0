// Finds and ends a server that an earlier, killed run of this checkout left behind; never anybody else's process.
import {readFile} from 'node:fs/promises';
import {setTimeout as delay} from 'node:timers/promises';

/** Is there a process with this id whose command line names this path? */
export async function isProcessOf(pid: number, namedPath: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.split('\0').some(argument => argument.includes(namedPath));
}

/** Signals the process and waits until it is gone; throws when it stays for 15 seconds. */
export async function stopProcess(pid: number, signal: NodeJS.Signals): Promise<void> {
  process.kill(pid, signal);
  for (let waitedMs = 0; waitedMs < 15_000; waitedMs += 50) {
    if (!isAlive(pid)) return;
    await delay(50);
  }
  throw new Error(`the process ${pid} of an earlier run does not stop; end it and start again`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // no such process, which is what we wait for
  }
}
