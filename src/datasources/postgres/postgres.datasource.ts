// The PostgreSQL datasource: LoopBack's connector with bounded waits, and its pool for the statements that we
// write ourselves. Starting does not need the database: requests answer 503 until it is there, and recover alone.
import {lifeCycleObserver, type LifeCycleObserver} from '@loopback/core';
import {juggler} from '@loopback/repository';
import type {Pool, QueryConfig, QueryResult, QueryResultRow} from 'pg';
import type {Logger} from '../../platform/logger';
import {ConnectionLog} from './connection-log';
import {mendConnector} from './loopback-connector';
import {asUnavailable, mayBeOfSchema} from './errors';
import {AS_TEXT, PipelinedConnections, type PostgresText, type TextResult} from './pipelined-connections';
import {requireSchema, SchemaError} from './schema-version';
import {PostgresSnapshot} from './snapshot';
import {inTransaction, type Query, type TransactionOptions, tryLock} from './transaction';

export interface PostgresOptions {
  url: string;
  /**
   * The most connections but for snapshots and for the one of readiness: a third carries reads (four at most), a fifth
   * inserts (two).
   */
  poolSize: number;
  logger: Logger;
}

// Each wait is bounded, so that a stopped database gives 503 rather than a request without an answer.
const CONNECT_TIMEOUT_MS = 2000;
const STATEMENT_TIMEOUT_MS = 4000;
const QUERY_TIMEOUT_MS = 5000;
// Measured: with more connections each has less to carry. A write may wait for a lock, so nothing is sent behind it.
const READS = {connections: 4, depth: 16};
const WRITES = {connections: 2, depth: 1, areWarm: true};
// Readiness has a connection of its own: a pool that is busy says nothing of PostgreSQL.
const PROBES = {connections: 1, depth: 2, areWarm: true, timeoutMs: 4000};

@lifeCycleObserver('datasource')
export class PostgresDataSource extends juggler.DataSource implements LifeCycleObserver {
  static dataSourceName = 'postgres';
  private readonly connectionLog: ConnectionLog;
  private readonly pool: Pool;
  private readonly reads: PipelinedConnections;
  private readonly writes: PipelinedConnections;
  private readonly probes: PipelinedConnections;
  private readonly url: string;
  private checking: Promise<void> | undefined;

  constructor({url, poolSize, logger}: PostgresOptions) {
    const reads = Math.min(READS.connections, Math.floor(poolSize / 3));
    const writes = Math.min(WRITES.connections, Math.floor(poolSize / 5));
    const connection = {
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: QUERY_TIMEOUT_MS,
      application_name: 'outreach',
      keepAlive: true,
    };
    super({
      ...connection,
      name: 'postgres',
      connector: 'postgresql',
      url,
      lazyConnect: true,
      max: poolSize - reads - writes,
      query_timeout: QUERY_TIMEOUT_MS,
    });
    const shared = {
      client: {...connection, connectionString: url},
      timeoutMs: QUERY_TIMEOUT_MS,
      onConnectionError: (error: Error) => this.onConnectionError(error),
    };
    this.reads = new PipelinedConnections({...shared, ...READS, connections: reads});
    this.writes = new PipelinedConnections({...shared, ...WRITES, connections: writes});
    this.probes = new PipelinedConnections({...shared, ...PROBES});
    this.connectionLog = new ConnectionLog(logger);
    this.url = url;
    this.pool = mendConnector(this, {
      succeeded: () => this.connectionLog.restored(),
      failed: error => this.failure(error),
    });
    // Without these two listeners a lost connection, idle or in use, ends the process. The connector's own
    // `onError` setting is no way out: it dereferences the client that a refused connection does not have.
    this.pool.on('error', error => this.onConnectionError(error));
    this.pool.on('connect', client => client.on('error', (error: Error) => this.onConnectionError(error)));
    this.on('error', (error: Error) => this.onConnectionError(error));
  }

  /**
   * Runs one statement outside any transaction. Give it a `name` to have it prepared once per connection.
   * Throws UnavailableError when the database cannot answer, and when its schema is not the one of this build, which may be
   * why the statement failed; PostgreSQL's own error otherwise.
   */
  async query<Row extends QueryResultRow>(statement: QueryConfig): Promise<QueryResult<Row>> {
    try {
      const result = await this.pool.query<Row>(statement);
      this.connectionLog.restored();
      return result;
    } catch (error) {
      throw await this.failure(error);
    }
  }

  /**
   * The rows of a short read as arrays of what PostgreSQL writes, for rows that are written on rather than worked with.
   * One with a `name` shares a connection with others that come at the same time. Throws what `query` throws.
   */
  async readText(statement: QueryConfig): Promise<PostgresText[][]> {
    try {
      return (await this.run(statement.name === undefined ? undefined : this.reads, statement)).rows;
    } catch (error) {
      throw await this.failure(error);
    }
  }

  /**
   * How many rows a short write in a hurry has stored or changed, outside any transaction. Throws what `query` throws; the
   * write may be done all the same when that is UnavailableError.
   */
  async write(statement: QueryConfig): Promise<number> {
    try {
      return (await this.run(this.writes, statement)).rowCount ?? 0;
    } catch (error) {
      throw await this.failure(error);
    }
  }

  /**
   * The rows of a short read that asks whether PostgreSQL answers, over a connection that carries nothing else. Throws
   * UnavailableError when it cannot, and PostgreSQL's own error otherwise, whatever the schema is.
   */
  async probe(statement: QueryConfig): Promise<PostgresText[][]> {
    try {
      return (await this.run(this.probes, statement)).rows;
    } catch (error) {
      this.connectionLog.failed(error);
      throw asUnavailable(error);
    }
  }

  private async run(connections: PipelinedConnections | undefined, statement: QueryConfig): Promise<TextResult> {
    const result = await (connections?.run(statement) ?? this.pool.query<PostgresText[]>({...statement, ...AS_TEXT}));
    this.connectionLog.restored();
    return result;
  }

  /**
   * Opens a connection outside the pool for one long read; close it after. `idleTimeoutMs` bounds the time in which its
   * reader takes nothing. Throws UnavailableError when the database cannot be reached.
   */
  openSnapshot({idleTimeoutMs}: {idleTimeoutMs: number}): Promise<PostgresSnapshot> {
    const explain = (error: unknown) => this.explain(error);
    return PostgresSnapshot.open({url: this.url, connectTimeoutMs: CONNECT_TIMEOUT_MS, idleTimeoutMs, explain});
  }

  /**
   * Runs `work` in one transaction, committed when this resolves and rolled back when `work` throws. Throws what
   * `query` throws, and what `work` throws.
   */
  async transaction<T>(work: (query: Query) => Promise<T>, options?: TransactionOptions): Promise<T> {
    try {
      const result = await inTransaction(this.pool, work, options);
      this.connectionLog.restored();
      return result;
    } catch (error) {
      throw await this.failure(error);
    }
  }

  /** Takes an advisory lock on a connection of its own; resolves with its release, or undefined when it is taken. */
  async tryLock(lock: number): Promise<(() => void) | undefined> {
    try {
      return await tryLock(this.pool, lock);
    } catch (error) {
      throw await this.failure(error);
    }
  }

  /** Connections by what they do now, for metrics. */
  poolFigures(): {total: number; idle: number; waiting: number} {
    const others = [this.reads, this.writes, this.probes].map(connections => connections.figures());
    return {
      total: others.reduce((sum, {total}) => sum + total, this.pool.totalCount),
      idle: others.reduce((sum, {idle}) => sum + idle, this.pool.idleCount),
      waiting: this.pool.waitingCount,
    };
  }

  /** Opens what is kept open, without waiting for it; the pool connects when it is used. */
  start(): void {
    this.writes.open();
    this.probes.open();
  }

  /** Closes all connections after the statements in flight; the connector's own disconnect would not wait for them. */
  override async stop(): Promise<void> {
    const others = [this.reads, this.writes, this.probes].map(connections => connections.close());
    await Promise.all([...others, this.pool.ended ? undefined : this.pool.end()]);
    this.connectionLog.flush();
  }

  // What to throw instead of an error of a statement.
  private async failure(error: unknown): Promise<unknown> {
    const cause = await this.explain(error);
    this.connectionLog.failed(cause);
    return asUnavailable(cause);
  }

  // The SchemaError that may be why a statement failed, with its error as the cause; the error itself on a schema of this build.
  private async explain(error: unknown): Promise<unknown> {
    if (!mayBeOfSchema(error)) return error;
    try {
      this.checking ??= requireSchema(this).finally(() => (this.checking = undefined)); // one at a time, however many fail
      await this.checking;
      return error;
    } catch (reason) {
      return reason instanceof SchemaError ? Object.assign(reason, {cause: error}) : error;
    }
  }

  private onConnectionError(error: Error): void {
    this.connectionLog.lost(error);
  }
}
