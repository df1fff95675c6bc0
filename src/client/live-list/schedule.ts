// When the feed catches up: soon after a hint, at once when asked, and on a timer that makes a lost hint harmless.
// One catch-up at a time; after a failure, backoff with jitter, and never sooner than the server's Retry-After.
import {backoffMs, type Cancel, type Clock, jittered} from '../runtime/clock';

const HINT_DELAY_MS = 100; // many hints, one read
const HINT_SPREAD_MS = 150; // every dashboard gets the same hint at the same moment
const RETRY_AFTER_SPREAD_MS = 1000;
const BACKOFF = {baseMs: 1000, maxMs: 30_000};

export interface ScheduleOptions {
  clock: Clock;
  /** One catch-up. */
  run: () => Promise<void>;
  /** How long after a good run the next one starts by itself, in milliseconds. */
  intervalMs: () => number;
  /** What the server asked for by Retry-After, in milliseconds. */
  retryAfterMs: (error: unknown) => number | undefined;
}

export class Schedule {
  private cancel: Cancel | undefined;
  private dueAt = Infinity;
  private running = false;
  private closed = false;
  private failures = 0;
  /** Before this, a hint starts nothing: the server is failing. */
  private hintsFrom = 0;
  /** Before this, nothing starts: the server asked for it. */
  private nothingBefore = 0;

  constructor(private readonly options: ScheduleOptions) {}

  /** A hint came. A pending run is not put off by further hints, or a steady stream would put it off for ever. */
  soon(): void {
    const {clock} = this.options;
    this.runAt(Math.max(clock.monotonic() + HINT_DELAY_MS + clock.random() * HINT_SPREAD_MS, this.hintsFrom));
  }

  /** Something happened after which the list may have holes. `spreadMs`: how much later at most, by chance. */
  now(spreadMs = 0): void {
    const {clock} = this.options;
    this.runAt(clock.monotonic() + clock.random() * spreadMs);
  }

  /** The interval has changed: counts it from now, unless something is due sooner. */
  rearm(): void {
    if (this.failures === 0) this.runAt(this.options.clock.monotonic() + this.interval());
  }

  close(): void {
    this.closed = true;
    this.cancel?.();
  }

  private runAt(at: number): void {
    const due = Math.max(at, this.nothingBefore);
    if (this.closed || due >= this.dueAt) return;
    this.dueAt = due;
    if (!this.running) this.arm();
  }

  private arm(): void {
    const {clock} = this.options;
    this.cancel?.();
    this.cancel = clock.after(Math.max(0, this.dueAt - clock.monotonic()), () => void this.start());
  }

  // Never rejects: `run` is the only thing that may, and that is what backoff is for.
  private async start(): Promise<void> {
    this.running = true;
    this.dueAt = Infinity; // whatever is asked for from now on may be newer than what this run reads
    const error = await this.options.run().then(
      () => undefined,
      (reason: unknown) => reason ?? new Error('failed without a reason'),
    );
    this.running = false;
    if (this.closed) return;
    if (error === undefined) this.succeed();
    else this.fail(error);
    this.arm();
  }

  private succeed(): void {
    this.failures = 0;
    this.hintsFrom = 0;
    this.runAt(this.options.clock.monotonic() + this.interval());
  }

  private fail(error: unknown): void {
    const {clock, retryAfterMs} = this.options;
    this.failures += 1;
    const wait = retryAfterMs(error);
    // Those who were all told the same must not come back in step.
    if (wait !== undefined) this.nothingBefore = clock.monotonic() + wait + clock.random() * RETRY_AFTER_SPREAD_MS;
    this.hintsFrom = clock.monotonic() + backoffMs(clock, this.failures, BACKOFF);
    this.dueAt = Infinity; // what was asked for during the run would fail like the run
    this.runAt(this.hintsFrom);
  }

  private interval(): number {
    return jittered(this.options.clock, this.options.intervalMs());
  }
}
