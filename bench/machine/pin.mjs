// A core for the server under test and another for the load generator, by taskset. PostgreSQL and Redis are not pinned:
// they take what both leave, for every peer alike.
import {spawnSync} from 'node:child_process';
import {availableParallelism} from 'node:os';

export const SERVER_CORE = 0;
export const LOAD_CORE = 1;

/** False on a machine with one core or without taskset: figures from there compare little. */
export const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** The command line that runs `program` on this core only; the process id is the program's own. */
export function pinned(core, program, args) {
  return canPin ? ['taskset', ['-c', String(core), program, ...args]] : [program, args];
}
