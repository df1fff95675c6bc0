// The database of `npm start`: DATABASE_URL when it is set, else an embedded one whose data stays in `.outreach/`.
import {createHash} from 'node:crypto';
import {realpath, symlink} from 'node:fs/promises';
import path from 'node:path';
import {ConfigurationError, type DevEnv} from '../config/env';
import {ForeignSchemaError} from '../datasources/postgres/schema-version';
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

/** A database that exists and answers; `home` is where the data of an embedded one lies. */
export interface DevelopmentDatabase {
  url: string;
  home?: string;
}

/** Resolves with the database, running. */
export async function startDatabase(options: DevelopmentDatabaseOptions): Promise<DevelopmentDatabase> {
  const {env, directory, say, onStop} = options;
  if (env.DATABASE_URL !== undefined) return {url: env.DATABASE_URL};
  const home = await databaseDirectory(directory, say);
  const server = await startEmbeddedPostgres({directory: home, durable: true, onProgress: step => say(`${step} …`)});
  onStop(() => server.stop());
  await server.createDatabase(DATABASE).catch((error: unknown) => {
    if (codeOf(error) !== '42P04') throw error; // duplicate_database: it is there from an earlier run
  });
  return {url: server.url(DATABASE), home};
}

/** What to say of an error of the migrations: of an embedded database, that its data can be put away. */
export function explainMigrationError(error: unknown, {home}: DevelopmentDatabase): unknown {
  if (home === undefined || !(error instanceof ForeignSchemaError)) return error;
  return new ConfigurationError(
    `The data in ${home} is older than the first release (it begins with the migration ${error.first}), and no migration leads from it to this version: move that directory away to keep it, or remove it, and start again.`,
  );
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
