// When the feed catches up: soon after a hint, at once on request, and on a timer that makes a lost hint harmless.
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
  /** Time from a successful run to the next one, in milliseconds. */
  intervalMs: () => number;
  /** The server's Retry-After, in milliseconds. */
  retryAfterMs: (error: unknown) => number | undefined;
}

export class Schedule {
  private cancel: Cancel | undefined;
  private dueAt = Infinity;
  private running = false;
  private closed = false;
  private failures = 0;
  /** Before this time a hint starts no run: the server is failing. */
  private hintsFrom = 0;
  /** Before this time no run starts: the server sent Retry-After. */
  private nothingBefore = 0;

  constructor(private readonly options: ScheduleOptions) {}

  /** After a hint. Further hints do not delay a pending run, or a steady stream would delay it for ever. */
  soon(): void {
    const {clock} = this.options;
    this.runAt(Math.max(clock.monotonic() + HINT_DELAY_MS + clock.random() * HINT_SPREAD_MS, this.hintsFrom));
  }

  /** After an event that may have left holes in the list. `spreadMs`: random delay of at most this. */
  now(spreadMs = 0): void {
    const {clock} = this.options;
    this.runAt(clock.monotonic() + clock.random() * spreadMs);
  }

  /** After a change of the interval: it starts now, unless a run is due sooner. */
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

  // Never rejects: a rejection of `run` leads to backoff.
  private async start(): Promise<void> {
    this.running = true;
    this.dueAt = Infinity; // requests from now on may concern changes that this run does not read
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
    // Clients that got the same Retry-After must not come back in step.
    if (wait !== undefined) this.nothingBefore = clock.monotonic() + wait + clock.random() * RETRY_AFTER_SPREAD_MS;
    this.hintsFrom = clock.monotonic() + backoffMs(clock, this.failures, BACKOFF);
    this.dueAt = Infinity; // a request during the run would fail like the run
    this.runAt(this.hintsFrom);
  }

  private interval(): number {
    return jittered(this.options.clock, this.options.intervalMs());
  }
}
