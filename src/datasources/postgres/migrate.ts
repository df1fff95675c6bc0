// Applies the numbered SQL files of migrations/, forward only, each in its own transaction, under an advisory lock so
// that two runs do not collide. Never called when the service starts: it is a step of its own. No file waits long for a
// table, since everybody else waits behind it (each sets lock_timeout): the run tries again a few times instead.
import {Socket} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import {PG_MIGRATE_LOCK_ID, runner, type RunnerOption} from 'node-pg-migrate';
import {Client} from 'pg';
import type {Logger} from '../../platform/logger';
import {
  expectedSchemaVersion,
  ForeignSchemaError,
  MIGRATIONS_DIRECTORY,
  SCHEMA_VERSION,
  type SchemaVersion,
} from './schema-version';

export interface MigrateOptions {
  /** Where the files are; those of this build by default. */
  directory?: string;
  /** Ends the run at once, also in the middle of a statement; the file in hand leaves nothing behind. */
  signal?: AbortSignal;
  /** Called with the name of each file before it is applied. */
  onFile?: (name: string) => void;
}

interface Run extends MigrateOptions {
  databaseUrl: string;
  logger: Logger;
}

const TRIES = 5;
const PAUSE_MS = 2000;
const SILENT = {debug: ignore, info: ignore, warn: ignore, error: ignore};
const LOCK_NOT_AVAILABLE = '55P03';
const CONNECT_TIMEOUT_MS = 2000;
// So PostgreSQL notices by itself, where it can, that this process was killed.
const NOTICE_LOST_CLIENT = `
DO $$ BEGIN SET client_connection_check_interval = '1s'; EXCEPTION WHEN OTHERS THEN NULL; END $$`;
// Its own locks are released by now. Details of other users' sessions are for pg_read_all_stats only.
const LOCK_HOLDERS = `
SELECT pid, application_name AS application, state, extract(epoch FROM now() - xact_start)::int AS seconds
FROM pg_stat_activity AS session
WHERE EXISTS (
  SELECT FROM pg_locks JOIN pg_class ON pg_class.oid = relation
  WHERE pg_locks.pid = session.pid AND granted AND relnamespace = current_schema()::regnamespace
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
) AND pid <> pg_backend_pid()
ORDER BY xact_start LIMIT 5`;

/**
 * Applies what is missing; resolves with the names of the applied migrations. Throws ForeignSchemaError, with nothing
 * changed, PostgreSQL's error, 55P03 after the last try to get a lock, and the signal's reason when that is aborted. The
 * files before the failed one stay applied, the failed one leaves nothing behind.
 */
export async function migrate(databaseUrl: string, logger: Logger, options: MigrateOptions = {}): Promise<string[]> {
  const run = {...options, databaseUrl, logger};
  const applied: string[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const holders = await applyMissing(run, applied, attempt === TRIES);
    if (!holders) return applied;
    logger.warn({attempt, tries: TRIES, holders}, 'migrate.waiting');
    await delay(PAUSE_MS, undefined, {signal: run.signal});
  }
}

// One try, on a connection of its own. Adds to `applied`; resolves with who holds the lock that it did not get.
async function applyMissing(run: Run, applied: string[], isLast: boolean): Promise<object[] | undefined> {
  const {databaseUrl, signal, logger} = run;
  const socket = new Socket();
  const client = new Client({...sessionOf(databaseUrl), stream: () => socket});
  client.on('error', () => undefined); // the statement in flight has it too
  let pid: number | undefined;
  const stop = () => void terminate(databaseUrl, pid).finally(() => socket.destroy());
  signal?.addEventListener('abort', stop, {once: true});
  const failures: string[] = [];
  try {
    signal?.throwIfAborted();
    await client.connect();
    pid = (await client.query<{pid: number}>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid;
    await client.query(NOTICE_LOST_CLIENT);
    await client.query('SELECT pg_advisory_lock($1)', [PG_MIGRATE_LOCK_ID]); // a second run finds nothing left to do
    await refuseForeignSchema(client, run);
    for (;;) {
      const name = await applyNext(client, run, failures);
      if (name === undefined) {
        await warnOfSlowSearch(client, logger);
        return undefined;
      }
      applied.push(name);
      logger.info({migration: name}, 'migrate.applied'); // `name` is the process in every line
    }
  } catch (error) {
    signal?.throwIfAborted(); // that is why
    if (!isLast && isLockTimeout(error)) return await lockHolders(client);
    failures.forEach(detail => logger.error({detail}, 'migrate.failed'));
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await client.end().catch(() => undefined); // lost, or never there
  }
}

// Where LC_CTYPE is C, pg_trgm takes no letter that is not Latin for one, and its index has none.
async function warnOfSlowSearch(client: Client, logger: Logger): Promise<void> {
  const {rows} = await client.query<{isSlow: boolean}>(
    `SELECT datctype IN ('C', 'POSIX') AS "isSlow" FROM pg_database WHERE datname = current_database()`,
  );
  if (!rows[0]?.isSlow) return;
  const hint = 'a database with LC_CTYPE C.UTF-8 or of a language has an index for them';
  logger.warn({words: 'not Latin', hint}, 'migrate.slow_search');
}

async function refuseForeignSchema(client: Client, {directory}: Run): Promise<void> {
  const table = await client.query<{isThere: boolean}>(`SELECT to_regclass('pgmigrations') IS NOT NULL AS "isThere"`);
  if (!table.rows[0]?.isThere) return;
  const {first} = (await client.query<Partial<SchemaVersion>>(SCHEMA_VERSION)).rows[0] ?? {};
  if (first && first !== expectedSchemaVersion(directory).first) throw new ForeignSchemaError(first);
}

// Applies the first file that is missing; resolves with its name, or undefined when there is none.
async function applyNext(client: Client, run: Run, failures: string[]): Promise<string | undefined> {
  const {directory, logger, onFile} = run;
  const options: RunnerOption = {
    dbClient: client,
    dir: directory ?? MIGRATIONS_DIRECTORY,
    direction: 'up',
    migrationsTable: 'pgmigrations',
    singleTransaction: false,
    count: 1,
    noLock: true, // the session holds it
    logger: SILENT,
  };
  const [next] = await runner({...options, dryRun: true});
  if (!next) return undefined;
  onFile?.(next.name);
  await runner({
    ...options,
    logger: {
      ...SILENT, // what it says of a file is the whole SQL
      warn: message => logger.warn({detail: message}, 'migrate.warning'),
      error: message => failures.push(message),
    },
  });
  return next.name;
}

async function lockHolders(client: Client): Promise<object[]> {
  await client.query('ROLLBACK');
  return (await client.query<Record<string, unknown>>(LOCK_HOLDERS)).rows;
}

// Not cancelled but terminated: a cancel that comes between two statements is lost.
async function terminate(databaseUrl: string, pid: number | undefined): Promise<void> {
  if (pid === undefined) return;
  const client = new Client({...sessionOf(databaseUrl), query_timeout: CONNECT_TIMEOUT_MS});
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT pg_terminate_backend($1)', [pid]);
  } catch {
    return; // PostgreSQL notices the closed connection within a second
  } finally {
    await client.end().catch(() => undefined);
  }
}

function sessionOf(databaseUrl: string) {
  return {
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'outreach-migrate',
    keepAlive: true,
  };
}

function isLockTimeout(error: unknown): boolean {
  return (error as {code?: unknown} | null)?.code === LOCK_NOT_AVAILABLE; // pg's, of which `code` is the SQLSTATE
}

function ignore(): void {
  return;
}
