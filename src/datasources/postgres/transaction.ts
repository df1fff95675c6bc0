// Transactions and session locks on a connection of the pool.
import type {Pool, PoolClient, QueryConfig, QueryResult, QueryResultRow} from 'pg';

/** Runs one statement of a transaction. Not to be used after it. */
export type Query = <Row extends QueryResultRow>(statement: QueryConfig) => Promise<QueryResult<Row>>;

export interface TransactionOptions {
  /** `REPEATABLE READ` gives all statements one snapshot. READ COMMITTED by default. */
  isolation?: 'READ COMMITTED' | 'REPEATABLE READ';
  readOnly?: boolean;
  /** The longest that each statement may take, in milliseconds; by default what the connection is set to. */
  statementTimeoutMs?: number;
}

/** Names of our advisory locks, the second key; the first separates them from everybody else's (`outr` in ASCII). */
export const AdvisoryLock = {
  /** Held by a retention run from start to end. */
  RETENTION_RUN: 1,
  /** Held by each transaction that erases rows in numbers, so that no two of them lock the same rows crosswise. */
  ERASING: 2,
} as const;
const LOCK_CLASS = 0x6f757472;

// The client waits a little longer than the server, which then can say what took too long.
const CLIENT_GRACE_MS = 1000;

/**
 * Runs `work` in one transaction: committed when this resolves, rolled back when `work` throws, and when it
 * went on after a statement had failed.
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (query: Query) => Promise<T>,
  {isolation = 'READ COMMITTED', readOnly = false, statementTimeoutMs}: TransactionOptions = {},
): Promise<T> {
  const client = await pool.connect();
  const clientTimeout = statementTimeoutMs !== undefined && {query_timeout: statementTimeoutMs + CLIENT_GRACE_MS};
  try {
    await client.query(`BEGIN ISOLATION LEVEL ${isolation} ${readOnly ? 'READ ONLY' : 'READ WRITE'}`);
    if (clientTimeout) await client.query(`SET LOCAL statement_timeout = ${statementTimeoutMs}`);
    const result = await work(statement => client.query({...statement, ...clientTimeout}));
    // PostgreSQL answers the COMMIT of a failed transaction with ROLLBACK, and no error.
    const {command} = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new TypeError('a statement of the transaction failed and the work went on');
    client.release();
    return result;
  } catch (error) {
    await rollBack(client);
    throw error;
  }
}

/**
 * The rows of a SELECT, at most `size` at a time. PostgreSQL finds and sorts them once, as of now, and a lock of the SELECT is taken
 * with each row that is read. Other statements of the transaction may run between two batches, but no second SELECT of this kind.
 */
export async function* inBatches<Row extends QueryResultRow>(
  query: Query,
  {text, values}: QueryConfig,
  size: number,
): AsyncGenerator<Row[], void, undefined> {
  await query({text: 'SET LOCAL cursor_tuple_fraction = 1'}); // planned for all rows, not for the first of them
  await query({text: `DECLARE batches NO SCROLL CURSOR FOR ${text}`, values});
  for (;;) {
    const {rows} = await query<Row>({text: `FETCH ${size} FROM batches`});
    if (rows.length > 0) yield rows;
    if (rows.length < size) break;
  }
  await query({text: 'CLOSE batches'});
}

/** Takes the lock for this transaction, waiting for whoever has it. */
export async function lockForTransaction(query: Query, lock: number): Promise<void> {
  await query({text: 'SELECT pg_advisory_xact_lock($1, $2)', values: [LOCK_CLASS, lock]});
}

/** Takes the lock without waiting; resolves with what gives it back, or undefined when somebody else has it. */
export async function tryLock(pool: Pool, lock: number): Promise<(() => void) | undefined> {
  const client = await pool.connect();
  try {
    const {rows} = await client.query<{taken: boolean}>('SELECT pg_try_advisory_lock($1, $2) AS taken', [
      LOCK_CLASS,
      lock,
    ]);
    if (rows[0]?.taken) return () => client.release(true); // the lock ends with its connection
    client.release();
    return undefined;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

// A connection that cannot even roll back is closed, which rolls back too.
async function rollBack(client: PoolClient): Promise<void> {
  const failed = await client.query('ROLLBACK').then(
    () => false,
    () => true,
  );
  client.release(failed);
}
