// A few connections that carry several statements at a time (pg's pipelining): PostgreSQL finds the next statement in
// its buffer instead of falling asleep, and both sides read and write less often. For short statements only, since what
// is sent behind a slow one waits for it. Measured with pages of a list: nearly twice as many as through a pool.
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
  /** The longest that a caller waits, for what was sent before as well; its connection is given up then. */
  timeoutMs: number;
  /**
   * Open from `open()` on, whether used or not, so that no statement waits for a connection: what carries nothing is
   * asked once in a while, since what lies between forgets such connections, and what is lost is opened again.
   */
  areWarm?: boolean;
  onConnectionError: (error: Error) => void;
}

const CHECK_INTERVAL_MS = 500;
const SLOW_MS = 100; // what is sent behind a statement that has taken so long would wait longer than for the pool
const IDLE_MS = 10_000; // as the pool does: what is between forgets connections that carry nothing
const REOPEN_MS = 1000;
const KEEP_ALIVE = {name: 'keep_alive', text: 'SELECT 1'};
const CLOSE_TIMEOUT_MS = 1000;
/** For pg: each row as an array, and each value the text that it came as. */
export const AS_TEXT = {rowMode: 'array', types: {getTypeParser: () => (text: string) => text}} as const;

/** Connects when it is used, and anew after a connection was lost or idle. */
export class PipelinedConnections {
  private readonly connections: (Connection | undefined)[];
  private readonly options: PipelinedConnectionsOptions;
  private isClosed = false;

  constructor(options: PipelinedConnectionsOptions) {
    this.options = options;
    this.connections = Array.from({length: options.connections}, () => undefined);
  }

  /** Opens all of them, for those that are kept warm. */
  open(): void {
    if (this.isClosed) return;
    this.connections.forEach((_, slot) => (this.connections[slot] ??= this.connect(slot)));
  }

  /**
   * The statement's result; undefined, and nothing sent, when all connections are full or blocked, or this is closed.
   * Rejects with pg's errors.
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

  /** Connections that are open or being opened, and those of them that carry nothing, for metrics. */
  figures(): {total: number; idle: number} {
    const open = this.connections.filter(connection => connection !== undefined);
    return {total: open.length, idle: open.filter(({underWay}) => underWay === 0).length};
  }

  private emptiest(): number | undefined {
    let [best, fewest]: [number | undefined, number] = [undefined, this.options.depth];
    this.connections.forEach((connection, slot) => {
      const underWay = connection?.underWay ?? 0;
      if (underWay < fewest && !connection?.isBlocked) [best, fewest] = [slot, underWay];
    });
    return best;
  }

  private connect(slot: number): Connection {
    const connection: Connection = new Connection(this.options, () => {
      if (this.connections[slot] !== connection) return;
      this.connections[slot] = undefined;
      // With jitter, so that replicas do not return in step.
      if (this.options.areWarm) setTimeout(() => this.open(), REOPEN_MS * (0.5 + Math.random())).unref();
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
  private readonly timeoutCheck: NodeJS.Timeout;
  private readonly timeoutMs: number;
  private readonly isWarm: boolean;
  private readonly isShared: boolean;
  private usedAt = performance.now();
  private isClosing = false;
  private isCorked = false;

  /** `detach`: nothing is to be sent over it any more. */
  constructor(
    {client, timeoutMs, depth, areWarm = false, onConnectionError}: PipelinedConnectionsOptions,
    private readonly detach: () => void,
  ) {
    this.timeoutMs = timeoutMs;
    this.isWarm = areWarm;
    this.isShared = depth > 1;
    this.client = new Client({...client, pipeline: true, stream: () => this.socket});
    this.client.once('error', (error: Error) => {
      this.fail(error);
      onConnectionError(error);
    });
    this.client.on('error', () => undefined); // what breaks may break twice
    this.client.once('end', () => this.fail());
    this.connected = this.client.connect();
    this.connected.catch(() => this.fail());
    // One timer for all: pg's own, one for each statement, keeps what they hold until a major collection, which took a
    // tenth of the process's time.
    this.timeoutCheck = setInterval(() => this.checkTimeouts(), CHECK_INTERVAL_MS).unref();
  }

  get underWay(): number {
    return this.sent.length;
  }

  /** Does something slow run on it? */
  get isBlocked(): boolean {
    const [oldest] = this.sent;
    return oldest !== undefined && performance.now() - oldest > SLOW_MS;
  }

  async run(statement: QueryConfig): Promise<TextResult> {
    this.sent.push(performance.now());
    try {
      await this.connected;
      if (this.isShared) this.cork();
      // With a callback: pg's promise keeps what it holds as its timers do.
      return await new Promise((resolve, reject) => {
        this.client.query<PostgresText[]>({...statement, ...AS_TEXT}, (error: Error | null, result) => {
          if (error) reject(error);
          else resolve(result);
        });
      });
    } finally {
      this.sent.shift();
      this.usedAt = performance.now();
    }
  }

  async close(): Promise<void> {
    this.isClosing = true;
    this.usedAt = performance.now();
    this.detach();
    await this.connected.then(
      () => this.client.end(),
      () => undefined,
    );
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

  private checkTimeouts(): void {
    const [oldest] = this.sent;
    const now = performance.now();
    if (oldest !== undefined) {
      if (now - oldest > this.timeoutMs) this.fail(new Error('Query read timeout')); // in pg's words
    } else if (this.isClosing) {
      if (now - this.usedAt > CLOSE_TIMEOUT_MS) this.fail(); // PostgreSQL does not answer the end
    } else if (now - this.usedAt > IDLE_MS) {
      if (this.isWarm)
        void this.run(KEEP_ALIVE).catch(() => undefined); // its connection reports it
      else void this.close();
    }
  }

  // Rejects all that wait.
  private fail(error?: Error): void {
    clearInterval(this.timeoutCheck);
    this.detach();
    this.socket.destroy(error);
  }
}
