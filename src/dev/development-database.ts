// The database of `npm start`: DATABASE_URL when it is set, else an embedded one whose data stays in `.outreach/`.
import {createHash} from 'node:crypto';
import {realpath, symlink} from 'node:fs/promises';
import path from 'node:path';
import type {DevEnv} from '../config/env';
import {startEmbeddedPostgres} from './embedded-postgres';
import {canOthersReach} from './postgres-package';
import {makeTrustedDirectory} from './trusted-files';

const DATABASE = 'outreach';

export interface DevelopmentDatabaseOptions {
  env: DevEnv;
  directory: string;
  say: (line: string) => void;
  onStop: (stop: () => Promise<unknown>) => void;
}

/** Resolves with the URL of a database that exists and answers. */
export async function startDatabase({env, directory, say, onStop}: DevelopmentDatabaseOptions): Promise<string> {
  if (env.DATABASE_URL !== undefined) return env.DATABASE_URL;
  const home = await databaseDirectory(directory, say);
  const server = await startEmbeddedPostgres({directory: home, durable: true, onProgress: step => say(`${step} …`)});
  onStop(() => server.stop());
  await server.createDatabase(DATABASE).catch((error: unknown) => {
    if (codeOf(error) !== '42P04') throw error; // duplicate_database: it is there from an earlier run
  });
  return server.url(DATABASE);
}

// PostgreSQL does not run as root, and another user cannot reach a private directory: then the data lies below
// /var/tmp, and `.outreach/postgres` points to it.
async function databaseDirectory(directory: string, say: (line: string) => void): Promise<string> {
  const link = path.join(directory, 'postgres');
  // Nobody else can write the directory, so what it points to since a private time is right.
  if (await canOthersReach(directory)) return realpath(link).catch(() => link);
  const id = createHash('sha256').update(path.resolve(directory)).digest('hex').slice(0, 12);
  const target = path.join('/var/tmp', `outreach-${id}`);
  await makeTrustedDirectory(target); // below /var/tmp anybody can have made it
  await symlink(target, link).then(
    () => say(`This directory is private to root, so the data lies in ${target}`),
    (error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error; // it points there since an earlier run
    },
  );
  return target;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
