// A few connections that carry several statements at a time (pg's pipelining): PostgreSQL finds the next statement in
// its buffer instead of falling asleep, and both sides read and write less often. For short statements only, since what
// is sent behind a slow one waits for it. Measured with pages of a list: half as many again as through a pool.
import {Socket} from 'node:net';
import {Client, type ClientConfig, type QueryArrayResult, type QueryConfig} from 'pg';

/** A value as PostgreSQL writes it; null is SQL's null. */
export type PostgresText = string | null;

/** Rows as arrays, and how many rows were stored or changed. */
export type TextResult = Pick<QueryArrayResult<PostgresText[]>, 'rows' | 'rowCount'>;

export interface PipelinedConnectionsOptions {
  client: ClientConfig;
  /** More only make each carry less. */
  connections: number;
  /** The most statements under way on one connection. */
  depth: number;
  /** The longest that a statement may take; its connection is given up then, and all that it carries. */
  timeoutMs: number;
  onConnectionError: (error: Error) => void;
}

const LOOK_EVERY_MS = 500;
/** For pg: each row as an array, and each value the text that it came as. */
export const AS_TEXT = {rowMode: 'array', types: {getTypeParser: () => (text: string) => text}} as const;

/** Connects when it is used, and anew after a connection was lost. */
export class PipelinedConnections {
  private readonly connections: (Connection | undefined)[];
  private readonly options: PipelinedConnectionsOptions;
  private isClosed = false;

  constructor(options: PipelinedConnectionsOptions) {
    this.options = options;
    this.connections = Array.from({length: options.connections}, () => undefined);
  }

  /**
   * The statement's result; undefined, and nothing sent, when all connections are full or this is closed. Rejects with
   * pg's errors.
   */
  run(statement: QueryConfig): Promise<TextResult> | undefined {
    const slot = this.isClosed ? undefined : this.emptiest();
    if (slot === undefined) return undefined;
    return (this.connections[slot] ??= this.connect(slot)).run(statement);
  }

  /** Resolves when the statements under way are answered and the connections closed; never rejects. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.connections.map(async connection => connection?.close()));
  }

  private emptiest(): number | undefined {
    let [best, fewest]: [number | undefined, number] = [undefined, this.options.depth];
    this.connections.forEach((connection, slot) => {
      const underWay = connection?.underWay ?? 0;
      if (underWay < fewest) [best, fewest] = [slot, underWay];
    });
    return best;
  }

  private connect(slot: number): Connection {
    const connection: Connection = new Connection(this.options, () => {
      if (this.connections[slot] === connection) this.connections[slot] = undefined;
    });
    return connection;
  }
}

class Connection {
  private readonly socket = new Socket();
  private readonly client: Client;
  private readonly connected: Promise<unknown>;
  /** When those under way were sent, the oldest first: PostgreSQL answers in order. */
  private readonly sent: number[] = [];
  private readonly looking: NodeJS.Timeout;
  private isCorked = false;

  constructor(
    {client, timeoutMs, onConnectionError}: PipelinedConnectionsOptions,
    private readonly onEnd: () => void,
  ) {
    this.client = new Client({...client, pipeline: true, stream: () => this.socket});
    this.client.once('error', (error: Error) => {
      this.end();
      onConnectionError(error);
    });
    this.client.on('error', () => undefined); // what breaks may break twice
    this.client.once('end', () => this.end());
    this.connected = this.client.connect();
    this.connected.catch(() => this.end());
    // One timer for all: pg's own, one for each statement, keeps what they hold until a major collection, which took a
    // tenth of the process's time.
    this.looking = setInterval(() => {
      const [oldest] = this.sent;
      if (oldest !== undefined && performance.now() - oldest > timeoutMs) this.giveUp();
    }, LOOK_EVERY_MS).unref();
  }

  get underWay(): number {
    return this.sent.length;
  }

  async run(statement: QueryConfig): Promise<TextResult> {
    this.sent.push(performance.now());
    try {
      await this.connected;
      this.cork();
      // With a callback: pg's promise keeps what it holds as its timers do.
      return await new Promise((resolve, reject) => {
        this.client.query<PostgresText[]>({...statement, ...AS_TEXT}, (error: Error | null, result) => {
          if (error) reject(error);
          else resolve(result);
        });
      });
    } finally {
      this.sent.shift();
    }
  }

  // What is asked for in one turn of the event loop is sent in one write.
  private cork(): void {
    if (this.isCorked) return;
    this.isCorked = true;
    this.socket.cork();
    setImmediate(() => {
      this.isCorked = false;
      this.socket.uncork();
    });
  }

  async close(): Promise<void> {
    await this.connected.then(
      () => this.client.end(),
      () => undefined,
    );
    this.end();
  }

  // Rejects all that wait.
  private giveUp(): void {
    this.end();
    this.socket.destroy();
  }

  private end(): void {
    clearInterval(this.looking);
    this.onEnd();
  }
}
