// LoopBack's connector, made to fail as the rest of the datasource does: with the same errors, within the same time, and
// without keeping a connection. By itself `execute` never settles when PostgreSQL was away at the first statement, a BEGIN
// that fails keeps its connection, and a COMMIT that PostgreSQL answers with ROLLBACK resolves.
import type {juggler} from '@loopback/repository';
import type {Pool, PoolClient, QueryResult} from 'pg';

type Callback<Result = unknown> = (error: unknown, result?: Result) => void;

/** What loopback-connector calls of a connector, though its types do not list it. */
interface SqlConnector {
  pg: Pool;
  executeSQL(sql: string, params: unknown[], options: object, callback: Callback): void;
  beginTransaction(isolationLevel: string, callback: Callback<PoolClient>): void;
  commit(client: PoolClient, callback: Callback): void;
  releaseConnection(client: PoolClient, error: unknown): void;
}

/** Gets each outcome; `failed` resolves with the error to throw instead, and never rejects. */
export interface Outcomes {
  succeeded: () => void;
  failed: (error: unknown) => Promise<unknown>;
}

const WENT_ON = 'a statement of the transaction failed and the work went on';

/** Changes the connector of this datasource, and returns its pool. */
export function mendConnector(dataSource: juggler.DataSource, {succeeded, failed}: Outcomes): Pool {
  const connector = dataSource.connector as unknown as SqlConnector; // typed as any
  const {pg: pool} = connector;
  const executeSQL = connector.executeSQL.bind(connector);
  const fail = (error: unknown, callback: Callback<never>) => {
    void failed(error).then(instead => callback(instead));
  };

  dataSource.connected = true; // each statement connects by itself; nothing waits for a first connection
  connector.executeSQL = (sql, params, options, callback) =>
    executeSQL(sql, params, options, (error, result) => {
      if (error) fail(error, callback);
      else {
        succeeded();
        callback(null, result);
      }
    });
  connector.beginTransaction = (isolationLevel, callback) =>
    pool.connect((refusal, client, release) => {
      if (client) {
        Object.assign(client, {autorelease: release, txId: undefined}); // where the connector looks for them
        client.query(`BEGIN ISOLATION LEVEL ${isolationLevel}`, (error: Error | null) => {
          if (error) {
            connector.releaseConnection(client, error);
            fail(error, callback);
          } else callback(null, client);
        });
      } else fail(refusal, callback);
    });
  connector.commit = (client, callback) =>
    client.query('COMMIT', (error: Error | null, result?: QueryResult) => {
      connector.releaseConnection(client, error);
      const isCommitted = result?.command === 'COMMIT'; // ROLLBACK, for a transaction that has failed
      if (error) fail(error, callback);
      else callback(isCommitted ? null : new TypeError(WENT_ON));
    });
  return pool;
}
