// Time and randomness for all parts of the client: the system's, or a test's.

export interface Clock {
  /** Milliseconds since the epoch; may jump either way. */
  now: () => number;
  /** Milliseconds since some moment; never goes back, and may stand still while the machine sleeps. */
  monotonic: () => number;
  /** 0 up to 1. */
  random: () => number;
  /** Runs once, unless what it returns is called before. */
  after: (ms: number, run: () => void) => Cancel;
}

export type Cancel = () => void;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  random: () => Math.random(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** About `ms`, give or take 15 %: many clients must not do the same thing in step. */
export function jittered(clock: Clock, ms: number): number {
  return ms * (0.85 + clock.random() * 0.3);
}

/** Exponential backoff with jitter: half to all of 1, 2, 4 … times `baseMs`, at most `maxMs`. `failures` from 1. */
export function backoffMs(clock: Clock, failures: number, {baseMs, maxMs}: {baseMs: number; maxMs: number}): number {
  return Math.min(maxMs, baseMs * 2 ** Math.min(failures - 1, 20)) * (0.5 + clock.random() / 2);
}
