// PostgreSQL and Redis of a development directory. `npm start` runs them for as long as it runs; `npm run dev` keeps them
// while it restarts what uses them.
import {readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {ConfigurationError, type DevEnv} from '../config/env';
import {type DevelopmentDatabase, startDatabase} from './development-database';
import {startRedis} from './development-redis';
import {isProcessOf} from './stale-process';
import {makeTrustedDirectory} from './trusted-files';

/** Servers that answer. */
export interface DevelopmentStorage {
  database: DevelopmentDatabase;
  /** Undefined on a machine without Redis. */
  redisUrl: string | undefined;
}

export interface DevelopmentStorageOptions {
  env: DevEnv;
  /** `.outreach/`: data, key and addresses. */
  directory: string;
  /** Reports each step that takes a while. */
  say: (line: string) => void;
  /** Takes what stops each part; the caller runs them last one first, also after a start that failed half way. */
  onStop: (stop: () => Promise<unknown>) => void;
}

// What holds a directory: the command lines of `npm start` and `npm run dev`.
const OWNERS = ['bin/dev.js', 'scripts/dev.mjs'];

/** Takes the directory and starts both. Throws ConfigurationError when another run has the directory. */
export async function startStorage(options: DevelopmentStorageOptions): Promise<DevelopmentStorage> {
  await makeTrustedDirectory(options.directory);
  await takeDirectory(options.directory, options.onStop);
  return {database: await startDatabase(options), redisUrl: await startRedis(options)};
}

// Two runs in one directory would fight over its data; the file of a run that was killed counts for nothing.
async function takeDirectory(directory: string, onStop: DevelopmentStorageOptions['onStop']): Promise<void> {
  const file = path.join(directory, 'dev.pid');
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  const isTaken = (await Promise.all(OWNERS.map(name => isProcessOf(pid, name)))).includes(true);
  if (pid !== process.pid && isTaken) {
    throw new ConfigurationError(
      `outreach runs here already, as process ${pid}: see ${directory}/dev.json, or stop it to start with another .env.`,
    );
  }
  await rm(path.join(directory, 'dev.json'), {force: true});
  await writeFile(file, String(process.pid));
  onStop(() => rm(file, {force: true}));
}
