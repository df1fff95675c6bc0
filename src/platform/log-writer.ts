// Writes log lines to a file descriptor that may be full, closed or broken, and never waits for it: a log that nobody
// reads must not hold up requests or SIGTERM. What cannot be written is held back, up to a bound; beyond it the oldest
// lines are dropped and counted. Not for files on a disk that hangs: those block every program that writes to them.
import {constants, fstatSync, openSync, writeSync} from 'node:fs';

export interface LogWriterOptions {
  fd: 1 | 2;
  /** The line, with its line feed, that replaces `count` dropped lines. */
  droppedLine: (count: number) => string;
  /** Bytes of lines that are held back at most. */
  maxHeldBytes?: number;
}

const MAX_HELD_BYTES = 1024 * 1024;
// A pipe takes 64 KiB at each retry: more than the process logs in that time.
const RETRY_MS = 20;
// How long the exit waits for a slow reader: not long, because a stop or a crash must end without any reader too.
const LAST_LINES_MS = 500;
const LAST_LINES_RETRY_MS = 5;

let dropped = 0;

/** Lines that this process has dropped since it started, for metrics. */
export function droppedLogLines(): number {
  return dropped;
}

/** A destination for pino. Each line is written at once where that is possible, so that a crash loses none. */
export class LogWriter {
  private readonly fd: number;
  private readonly droppedLine: LogWriterOptions['droppedLine'];
  private readonly maxHeldBytes: number;
  private readonly held: Buffer[] = [];
  private heldBytes = 0;
  /** The rest of a partly written line; never dropped, so that lines stay whole. */
  private begun: Buffer | undefined;
  private unreported = 0;
  private retry: NodeJS.Timeout | undefined;

  constructor({fd, droppedLine, maxHeldBytes = MAX_HELD_BYTES}: LogWriterOptions) {
    this.fd = openWithoutWaiting(fd);
    this.droppedLine = droppedLine;
    this.maxHeldBytes = maxHeldBytes;
    process.once('exit', () => this.writeLastLines());
  }

  /** One line with its line feed. Never throws. */
  write(line: string): void {
    const bytes = Buffer.from(line);
    this.held.push(bytes);
    this.heldBytes += bytes.byteLength;
    if (this.retry === undefined) this.writeHeld();
    while (this.heldBytes > this.maxHeldBytes) this.dropOldest();
  }

  /** Writes the held lines; when the descriptor takes no more, schedules a retry. True when all are written. */
  private writeHeld(): boolean {
    try {
      while ((this.begun ??= this.next())) {
        const written = writeSync(this.fd, this.begun);
        this.begun = written < this.begun.byteLength ? this.begun.subarray(written) : undefined;
      }
      clearInterval(this.retry);
      this.retry = undefined;
      return true;
    } catch {
      // EAGAIN: it is full. EPIPE, ENOSPC, EIO: a reader, disk space or a terminal may come back, and there is nowhere
      // else to report it.
      this.retry ??= setInterval(() => this.writeHeld(), RETRY_MS).unref();
      return false;
    }
  }

  private next(): Buffer | undefined {
    if (this.unreported > 0) {
      const report = Buffer.from(this.droppedLine(this.unreported));
      this.unreported = 0;
      return report;
    }
    const line = this.held.shift();
    this.heldBytes -= line?.byteLength ?? 0;
    return line;
  }

  private dropOldest(): void {
    this.heldBytes -= this.held.shift()?.byteLength ?? 0;
    this.unreported += 1;
    dropped += 1;
  }

  private writeLastLines(): void {
    const deadline = performance.now() + LAST_LINES_MS;
    const clock = new Int32Array(new SharedArrayBuffer(4));
    while (!this.writeHeld() && performance.now() < deadline) Atomics.wait(clock, 0, 0, LAST_LINES_RETRY_MS);
  }
}

// Opens the pipe or terminal a second time, which on Linux gives this process its own, non-blocking file description:
// no process that shares the inherited one can make it blocking again. A socket (journald) or a pipe of another user
// cannot be opened; there, the first access to Node's stream makes the shared description non-blocking. An asynchronous
// write does not help: it occupies a thread while the pipe is full, and process.exit() waits for the threads.
function openWithoutWaiting(fd: 1 | 2): number {
  if (fstatSync(fd).isFile()) return fd;
  try {
    return openSync(`/dev/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    const stream = fd === 1 ? process.stdout : process.stderr;
    stream.on('error', () => undefined);
    return fd;
  }
}
