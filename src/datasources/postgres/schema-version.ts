// The schema that this build expects: the newest migration that it ships. Readiness compares it with the newest one that the
// database has seen. A database whose first migration is another one has a schema that no migration of this build continues.
import {readdirSync} from 'node:fs';
import path from 'node:path';
import type {QueryConfig} from 'pg';
import {isError} from '../../platform/errors';
import type {PostgresText} from './pipelined-connections';

/** Where the numbered SQL files are, seen from `src` and from `dist` alike. */
export const MIGRATIONS_DIRECTORY = path.resolve(__dirname, '../../../migrations');

/** The first and the newest migration, by their names without extension. */
export interface SchemaVersion {
  first: string;
  newest: string;
}

/** This build does not work on the schema; `code` is a reason of platform/error-reasons.ts, which has the hint. */
export abstract class SchemaError extends Error {
  abstract readonly code: 'foreign_schema' | 'missing_migrations';
}

/** The database begins with a migration that this build does not begin with, so that none leads from its schema to this one. */
export class ForeignSchemaError extends SchemaError {
  override readonly name = 'ForeignSchemaError';
  readonly code = 'foreign_schema';

  /** `first` is the migration that the database begins with. */
  constructor(readonly first: string) {
    super(`the schema begins with the migration ${first}, which is not of this build`);
  }
}

/** The database lacks migrations of this build. */
export class MissingMigrationsError extends SchemaError {
  override readonly name = 'MissingMigrationsError';
  readonly code = 'missing_migrations';

  /** `newest` is the newest migration that the database has; undefined when it has none. */
  constructor(readonly newest: string | undefined) {
    super(`the newest migration of the schema is ${newest ?? 'none'}`);
  }
}

/** Reads the first and the newest migration of a database, null and null where there is none. */
export const SCHEMA_VERSION = `SELECT (SELECT name FROM pgmigrations ORDER BY id LIMIT 1) AS first,
  (SELECT name FROM pgmigrations ORDER BY id DESC LIMIT 1) AS newest`;

/** The migrations of this build, unless another directory is given. Throws TypeError where there is none. */
export function expectedSchemaVersion(directory = MIGRATIONS_DIRECTORY): SchemaVersion {
  const files = readdirSync(directory).filter(name => name.endsWith('.sql'));
  const [first, newest] = [files.sort()[0], files.at(-1)];
  if (first === undefined || newest === undefined) throw new TypeError(`no migration in ${directory}`);
  return {first: path.basename(first, '.sql'), newest: path.basename(newest, '.sql')};
}

/** What asks the database: PostgresDataSource. */
interface Database {
  probe(statement: QueryConfig): Promise<PostgresText[][]>;
}

/** The migrations that the database has, undefined for none; throws UnavailableError when it cannot answer. */
export async function currentSchemaVersion(database: Database): Promise<SchemaVersion | undefined> {
  try {
    const [[first, newest] = []] = await database.probe({name: 'schema_version', text: SCHEMA_VERSION});
    return first && newest ? {first, newest} : undefined;
  } catch (error) {
    if (isUndefinedTable(error)) return undefined; // it was never migrated
    throw error;
  }
}

/**
 * What keeps a build from working on a schema; undefined for the schema that it expects and for a newer one: migrations
 * expand first, and replicas of the previous release run on until they are replaced.
 */
export function schemaErrorOf(found: SchemaVersion | undefined, expected: SchemaVersion): SchemaError | undefined {
  if (found && found.first !== expected.first) return new ForeignSchemaError(found.first);
  if (!found || found.newest < expected.newest) return new MissingMigrationsError(found?.newest);
  return undefined;
}

/** Throws the SchemaError of this build and the database, and UnavailableError when that cannot answer. */
export async function requireSchema(database: Database): Promise<void> {
  const error = schemaErrorOf(await currentSchemaVersion(database), expectedSchemaVersion());
  if (error) throw error;
}

function isUndefinedTable(error: unknown): boolean {
  return isError(error) && 'code' in error && error.code === '42P01';
}
