// The output of COPY … TO STDOUT as a stream of bytes. What PostgreSQL has formatted passes through without becoming
// rows and cells of ours: a million of them would be gigabytes of garbage, and V8 keeps what it once took. It reads
// from the connection only as fast as it is consumed, and is destroyed when either side stands still for too long.
import {Readable} from 'node:stream';
import type {Connection, Submittable} from 'pg';
import {UnavailableError} from '../../platform/errors';
import {collectMinor} from '../../platform/v8-heap';
import {asUnavailable} from './errors';

export interface CopyTimeouts {
  /** Longest time in which the reader takes nothing. */
  readerMs: number;
  /** Longest time in which PostgreSQL sends nothing although it could. */
  postgresMs: number;
  /** Longest time in all. */
  totalMs: number;
}

const CHUNK_BYTES = 64 * 1024;
const CHUNKS_PER_COLLECTION = 64; // 4 MiB, and as much again in what came from the socket
const LINE_FEED = 0x0a;

/**
 * Given to pg's `Client.query`, which calls `submit` and the `handle…` methods. CSV lines get RFC 4180's CR LF. Emits
 * `begun` once PostgreSQL has sent the header line: a statement that it cannot run has failed by then, and has set
 * `errored` when it fails at its first rows.
 */
export class CopyOut extends Readable implements Submittable {
  /** Rows that PostgreSQL has sent so far, without the header line. */
  rows = -1;
  private connection: Connection | undefined;
  private chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  private used = 0;
  private chunks = 0;
  private standing: NodeJS.Timeout | undefined;
  private readonly longest: NodeJS.Timeout;

  /** `statement` is a whole COPY statement; it takes no parameters. */
  constructor(
    private readonly statement: string,
    private readonly timeouts: CopyTimeouts,
  ) {
    super({highWaterMark: CHUNK_BYTES});
    this.longest = setTimeout(() => this.destroy(late('the reader of an export')), timeouts.totalMs);
    this.on('error', () => undefined); // it may fail before its reader listens, and is destroyed then
    this.wait(timeouts.postgresMs, 'PostgreSQL');
  }

  submit(connection: Connection): void {
    this.connection = connection;
    connection.query(this.statement);
  }

  override _read(): void {
    this.connection?.stream.resume();
    this.wait(this.timeouts.postgresMs, 'PostgreSQL');
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.standing);
    clearTimeout(this.longest);
    done(error);
  }

  // One message is one line.
  handleCopyData({chunk: line}: {chunk: Buffer}): void {
    if (this.destroyed) return;
    this.rows += 1;
    if (this.rows === 0) this.begin();
    if (this.used + line.byteLength + 1 > CHUNK_BYTES) this.flush();
    if (line.byteLength + 1 > this.chunk.byteLength) this.chunk = Buffer.allocUnsafe(line.byteLength + 1);
    this.used += line.copy(this.chunk, this.used);
    if (line.at(-1) !== LINE_FEED) return;
    this.used = this.chunk.write('\r\n', this.used - 1, 'latin1') + this.used - 1;
  }

  handleCommandComplete(): void {
    this.flush();
    this.push(null);
  }

  handleError(error: Error): void {
    this.destroy(asError(asUnavailable(error)));
  }

  handleReadyForQuery(): void {
    return; // complete already
  }

  private begin(): void {
    this.waitForReader();
    this.emit('begun');
  }

  private flush(): void {
    const full = this.chunk.subarray(0, this.used);
    this.chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    this.used = 0;
    this.chunks += 1;
    if (this.chunks % CHUNKS_PER_COLLECTION === 0) collectMinor();
    if (full.byteLength === 0 || this.push(full)) return;
    this.connection?.stream.pause();
    this.waitForReader();
  }

  private waitForReader(): void {
    this.wait(this.timeouts.readerMs, 'the reader of an export');
  }

  private wait(timeoutMs: number, whom: string): void {
    clearTimeout(this.standing);
    if (!this.destroyed) this.standing = setTimeout(() => this.destroy(late(whom)), timeoutMs);
  }
}

function late(whom: string): UnavailableError {
  return new UnavailableError(whom, {cause: new RangeError('did not go on in time')});
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new UnavailableError('PostgreSQL', {cause: error});
}
