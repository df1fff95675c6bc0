// How many of one kind of work a process does at a time, so that what is rare and long cannot take every connection of
// what is frequent and short. A few may wait for a place, without a connection; the others are told when to try again.
import {ProblemError} from '../contract/problem';

export interface AdmissionOptions {
  places: number;
  /** How many may wait for a place. */
  waiting: number;
  /** For the header Retry-After. */
  retryAfterSeconds: number;
  /** A sentence for whoever is refused. */
  detail: string;
}

export class Admission {
  private taken = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly options: AdmissionOptions) {}

  /**
   * Takes a place until the function that this resolves with is called, once. Throws ProblemError `unavailable` when
   * all are taken and as many wait as may.
   */
  async enter(): Promise<() => void> {
    const {places, waiting, retryAfterSeconds, detail} = this.options;
    if (this.taken < places) {
      this.taken += 1;
    } else {
      if (this.queue.length >= waiting) {
        throw new ProblemError('unavailable', detail, {headers: {'Retry-After': String(retryAfterSeconds)}});
      }
      await new Promise<void>(resolve => this.queue.push(resolve)); // a place that somebody leaves is handed over
    }
    return () => {
      const next = this.queue.shift();
      if (next) next();
      else this.taken -= 1;
    };
  }

  /** Does `work` in a place. Throws as `enter` does, and what `work` throws. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }
}
