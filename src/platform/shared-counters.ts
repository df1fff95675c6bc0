// Counts that replicas share through Redis, beside those that each has of its own. Nobody waits for Redis: a hit is sent after the
// turn of the event loop, with the others of that time, and the answer raises the replica's own count for the next one. While
// Redis is slow or away, that own count goes on alone.
import type {ChainableCommander} from 'ioredis';
import {reasonOf} from './error-reasons';
import type {WindowCounters} from './window-counters';

/** Keys that wait for an answer of Redis; further ones are counted by their replica alone. */
const MOST_PENDING = 2000;
/** So long nothing is sent after a failure, in milliseconds. */
const PAUSE_MS = 1000;
/** A key outlives its window, since clocks differ. */
const WINDOWS_KEPT = 2;

/** The part of an ioredis client that is needed; it must fail rather than queue while it is not connected. */
export interface CounterConnection {
  readonly status: string;
  pipeline(): Pick<ChainableCommander, 'set' | 'incrby' | 'exec'>;
}

export interface SharedCountersOptions {
  connection: CounterConnection;
  /** What all keys begin with. */
  prefix: string;
  /** Called at each failure, with its reason code where it has one. */
  onFailure: (reason: string | undefined) => void;
}

interface Pending {
  counters: WindowCounters;
  window: number;
  hash: string;
  hits: number;
}

export class SharedCounters {
  private pending = new Map<string, Pending>();
  private isSending = false;
  private pausedUntil = 0;

  constructor(private readonly options: SharedCountersOptions) {}

  /** Shares a hit that `counters` has counted. Returns at once; never throws. */
  share(name: string, counters: WindowCounters, hash: string): void {
    if (this.options.connection.status !== 'ready' || performance.now() < this.pausedUntil) return;
    const {window} = counters;
    const key = `${this.options.prefix}${name}:${window}:${hash.slice(0, 32)}`;
    const known = this.pending.get(key);
    if (known) known.hits += 1;
    else if (this.pending.size < MOST_PENDING) this.pending.set(key, {counters, window, hash, hits: 1});
    if (this.isSending) return;
    this.isSending = true;
    setImmediate(() => void this.send());
  }

  // One batch at a time: what comes meanwhile goes with the next.
  private async send(): Promise<void> {
    try {
      while (this.pending.size > 0) {
        const batch = this.pending;
        this.pending = new Map();
        await this.count(batch);
      }
    } catch (error) {
      this.pending.clear(); // some of it is old by the time Redis is back
      this.pausedUntil = performance.now() + PAUSE_MS;
      this.options.onFailure(reasonOf(error));
    } finally {
      this.isSending = false;
    }
  }

  private async count(batch: ReadonlyMap<string, Pending>): Promise<void> {
    const pipeline = this.options.connection.pipeline();
    for (const [key, {counters, hits}] of batch) {
      // First, so that no key is ever without an end.
      pipeline.set(key, 0, 'PX', WINDOWS_KEPT * counters.windowMs, 'NX');
      pipeline.incrby(key, hits);
    }
    const answers = (await pipeline.exec()) ?? [];
    for (const [index, {counters, window, hash}] of [...batch.values()].entries()) {
      const [error, count] = answers[2 * index + 1] ?? [];
      if (error) throw error;
      if (typeof count === 'number' && counters.window === window) counters.raise(hash, count);
    }
  }
}
