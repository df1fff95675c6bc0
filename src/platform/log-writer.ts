// Writes log lines to a file descriptor that may be full, closed or broken, and never waits for it: a log that nobody
// reads must not hold up requests or SIGTERM. What cannot be written is held back, up to a bound; beyond it the oldest
// lines are dropped and counted. Not for files on a disk that hangs: those block every program that writes to them.
import {constants, fstatSync, openSync, writeSync} from 'node:fs';

export interface LogWriterOptions {
  fd: 1 | 2;
  /** A line, with its line feed, that says that `count` lines are missing where it stands. */
  droppedLine: (count: number) => string;
  /** Bytes of lines that are held back at most. */
  maxHeldBytes?: number;
}

const MAX_HELD_BYTES = 1024 * 1024;
// What a pipe takes (64 KiB) in each of these is more than the process can write.
const RETRY_MS = 20;
// For a reader that is only slow. A stop has to end in time, and a crash at once, without any reader.
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
  /** What is left of the line that has been begun; it is never dropped, so that lines stay whole. */
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

  /** Writes until nothing is held or nothing more is taken, and then tries again later. Is all of it written? */
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
      // EAGAIN: it is full. EPIPE, ENOSPC, EIO: a reader, room or a terminal may come back, and nobody could be told.
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

// Linux gives a pipe or a terminal a second, non-blocking description of this process's own, which no other process that
// shares it can make blocking again. A socket (journald) or a pipe of another user cannot be opened: Node's own stream
// makes the shared one non-blocking when it is first asked for. An asynchronous write is no way out: it occupies a thread
// while the pipe is full, and process.exit() waits for the threads.
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
