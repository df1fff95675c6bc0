// The schema that this build expects: the newest migration that it ships. Readiness compares it with the
// newest one that the database has seen.
import {readdirSync} from 'node:fs';
import path from 'node:path';
import type {PostgresDataSource} from './postgres.datasource';

/** Where the numbered SQL files are, seen from `src` and from `dist` alike. */
export const MIGRATIONS_DIRECTORY = path.resolve(__dirname, '../../migrations');

/** Name of the newest migration of this build, without its extension. */
export function expectedSchemaVersion(): string {
  const files = readdirSync(MIGRATIONS_DIRECTORY).filter(name => name.endsWith('.sql'));
  const newest = files.sort().at(-1);
  if (newest === undefined) throw new TypeError(`no migration in ${MIGRATIONS_DIRECTORY}`);
  return path.basename(newest, '.sql');
}

/** Name of the newest migration that the database has; throws UnavailableError when it cannot answer. */
export async function currentSchemaVersion(dataSource: PostgresDataSource): Promise<string | undefined> {
  const text = 'SELECT name FROM pgmigrations ORDER BY id DESC LIMIT 1';
  const [row] = await dataSource.probe({name: 'schema_version', text});
  return row?.[0] ?? undefined;
}
