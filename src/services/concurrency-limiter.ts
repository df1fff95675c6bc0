// Limits how much of one kind of work a process does at a time, so that rare, long work leaves database connections to
// frequent, short work. A few callers wait for a permit without holding a connection; further callers are refused.
import {Unavailable} from './domain-errors';

export interface ConcurrencyLimiterOptions {
  /** How many callers run at a time. */
  permits: number;
  /** How many callers may wait for a permit. */
  queueLimit: number;
  /** When a refused caller may try again. */
  retryAfterSeconds: number;
  /** The message of a refusal. */
  detail: string;
}

export class ConcurrencyLimiter {
  private taken = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly options: ConcurrencyLimiterOptions) {}

  /**
   * Takes a permit, and resolves with the function that releases it, to be called once. Throws Unavailable
   * when all permits are taken and the queue is full.
   */
  async acquire(): Promise<() => void> {
    const {permits, queueLimit, retryAfterSeconds, detail} = this.options;
    if (this.taken < permits) {
      this.taken += 1;
    } else {
      if (this.queue.length >= queueLimit) throw new Unavailable(detail, retryAfterSeconds);
      await new Promise<void>(resolve => this.queue.push(resolve)); // the function below hands its permit over
    }
    return () => {
      const next = this.queue.shift();
      if (next) next();
      else this.taken -= 1;
    };
  }

  /** Runs `work` with a permit. Throws what `acquire` throws, and what `work` throws. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.acquire();
    try {
      return await work();
    } finally {
      release();
    }
  }
}
