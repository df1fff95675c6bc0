// Time that passes when the test says so, for the client's own timers.
import type {Clock} from '../../src/client/runtime/clock';

export interface FakeClock extends Clock {
  /** Lets time pass: what falls due runs in order, and what that starts may finish. */
  advance(ms: number): Promise<void>;
  /** The machine sleeps: the wall clock goes on, timers and the monotonic clock stand still. */
  sleep(ms: number): void;
  /** Timers that wait. */
  readonly waiting: number;
}

/** `random` is 0.5 unless the test changes it. */
export function givenClock(): FakeClock {
  const timers = new Set<{at: number; run: () => void}>();
  let monotonic = 1000;
  let offset = Date.UTC(2026, 0, 1);
  const nextBy = (end: number) => [...timers].filter(({at}) => at <= end).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => offset + monotonic,
    monotonic: () => monotonic,
    random: () => 0.5,
    after: (ms, run) => {
      const timer = {at: monotonic + ms, run};
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance: async ms => {
      const end = monotonic + ms;
      await settle();
      for (let next = nextBy(end); next; next = nextBy(end)) {
        timers.delete(next);
        monotonic = Math.max(monotonic, next.at);
        next.run();
        await settle();
      }
      monotonic = end;
    },
    sleep: ms => void (offset += ms),
    get waiting() {
      return timers.size;
    },
  };
}

/** Lets promises that wait for nothing but each other finish. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve));
}
