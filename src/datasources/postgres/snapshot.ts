// One long read of PostgreSQL as it was at one moment: a count, and then rows as CSV. It has a connection of its own,
// so that the pool is never short of one because somebody reads slowly.
import {once} from 'node:events';
import {Socket} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import {Client, type QueryConfig, type QueryResultRow} from 'pg';
import {CopyOut} from './copy';
import {asUnavailable} from './errors';

export interface SnapshotOptions {
  url: string;
  connectTimeoutMs: number;
  /** Longest time in which the reader of the rows takes nothing. */
  idleTimeoutMs: number;
  /** Resolves with why a statement failed, or with the same error. */
  explain: (error: unknown) => Promise<unknown>;
}

const STATEMENT_TIMEOUT_MS = 30_000; // also the count of a search through everything
const QUERY_TIMEOUT_MS = 31_000;
const LONGEST_MS = 30 * 60_000; // an old snapshot keeps vacuum from tidying up
const CLOSE_TIMEOUT_MS = 1000;
/**
 * One export takes one core of PostgreSQL at most, and PostgreSQL notices by itself when this process has gone away in
 * the middle of a long search, where it can. Rows lie as they were stored, and so in the order of the export; the cost
 * of a page says so to the planner: it would otherwise sort a table that is larger than its cache, for minutes, before
 * the first row.
 */
export const BEGIN_SNAPSHOT = `
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL max_parallel_workers_per_gather = 0;
SET LOCAL random_page_cost = 1.1;
DO $$ BEGIN SET LOCAL client_connection_check_interval = '5s'; EXCEPTION WHEN OTHERS THEN NULL; END $$`;
const PLACEHOLDER = /\$(\d+)::(\w+(?:\[\])?)/g;

/** Every statement sees the same rows, whatever others commit meanwhile. */
export class PostgresSnapshot {
  private closed: Promise<void> | undefined;

  private constructor(
    private readonly client: Client,
    private readonly socket: Socket,
    private readonly options: SnapshotOptions,
  ) {
    client.on('error', () => void this.close()); // the statement in flight has it too, and says so
  }

  /** Throws UnavailableError when PostgreSQL cannot be reached. Whoever opens it must close it. */
  static async open(options: SnapshotOptions): Promise<PostgresSnapshot> {
    const {url, connectTimeoutMs} = options;
    const socket = new Socket();
    const client = new Client({
      stream: () => socket,
      connectionString: url,
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
      application_name: 'outreach-export',
      keepAlive: true,
    });
    const snapshot = new PostgresSnapshot(client, socket, options);
    try {
      await client.connect();
      await snapshot.query({text: BEGIN_SNAPSHOT});
      return snapshot;
    } catch (error) {
      void snapshot.close();
      throw asUnavailable(error);
    }
  }

  /** All rows of one statement. Throws UnavailableError when PostgreSQL cannot answer, or has another schema. */
  async query<Row extends QueryResultRow>(statement: QueryConfig): Promise<Row[]> {
    const bounded: QueryConfig & {query_timeout: number} = {...statement, query_timeout: QUERY_TIMEOUT_MS};
    try {
      const {rows} = await this.client.query<Row>(bounded);
      return rows;
    } catch (error) {
      throw asUnavailable(await this.options.explain(error));
    }
  }

  /**
   * The rows of one statement as CSV with a header line and one character between cells; each placeholder must be
   * cast, as in `$1::text`. The snapshot is closed when the stream is, however that comes about. Throws
   * UnavailableError when PostgreSQL cannot answer, or has another schema.
   */
  async copyAsCsv(statement: QueryConfig, separator: string): Promise<CopyOut> {
    const {settings, query} = withoutParameters(statement);
    await this.query(settings);
    await this.query({text: `SET LOCAL statement_timeout = ${LONGEST_MS}`}); // it covers the reader's time as well
    const timeouts = {readerMs: this.options.idleTimeoutMs, postgresMs: STATEMENT_TIMEOUT_MS, totalMs: LONGEST_MS};
    const copy = new CopyOut(
      `COPY (${query}) TO STDOUT WITH (FORMAT csv, DELIMITER '${separator}', HEADER true, FORCE_QUOTE *)`,
      timeouts,
    );
    copy.once('close', () => void this.close());
    this.client.query(copy);
    try {
      await once(copy, 'begun');
      if (copy.errored) throw copy.errored; // what fails at its first row fails in one breath with the header line
      return copy;
    } catch (error) {
      throw asUnavailable(await this.options.explain(error));
    }
  }

  /** Ends the connection, also in the middle of a statement; safe to call twice, never rejects. */
  close(): Promise<void> {
    this.closed ??= this.end();
    return this.closed;
  }

  // Ends the session, so that PostgreSQL logs no lost client; a frozen PostgreSQL does not answer.
  private async end(): Promise<void> {
    const waiting = new AbortController();
    await Promise.race([this.client.end(), delay(CLOSE_TIMEOUT_MS, undefined, waiting)]).catch(() => undefined); // lost already
    waiting.abort();
    this.socket.destroy();
  }
}

/**
 * The query of a statement whose placeholders are cast, for COPY, which takes no parameters; `settings` is to be run
 * before it, in the same transaction. The values are settings of the transaction, which outreach_value() reads as
 * constants: PostgreSQL logs the text of a statement that breaks off, so no value may be in it.
 */
export function withoutParameters({text, values = []}: QueryConfig): {settings: QueryConfig; query: string} {
  const types = new Map([...text.matchAll(PLACEHOLDER)].map(([, number, type]) => [Number(number), type]));
  const settings = values.map((_, index) => {
    return `set_config('outreach.value_${index + 1}', $${index + 1}::${types.get(index + 1)}::text, true)`;
  });
  const query = text.replaceAll(PLACEHOLDER, (_, number: string, type: string) => {
    const isNull = (values[Number(number) - 1] ?? null) === null; // a setting is never null
    return `${isNull ? 'NULL' : `outreach_value(${number})`}::${type}`;
  });
  return {settings: {text: `SELECT ${settings.join(', ')}`, values}, query};
}
