// Detects that the machine slept: timers stood still, and the wall clock advanced further than they did.
import type {Cancel, Clock} from './clock';

const CHECK_INTERVAL_MS = 15_000;
/** Browsers run the timers of a hidden page once a minute; that is not sleep. */
const SLEPT_MS = 90_000;

/** Calls `onWake` after each sleep; the result stops the detector. */
export function detectSleep(clock: Clock, onWake: () => void): Cancel {
  let cancel: Cancel;
  const check = (before: number) => {
    cancel = clock.after(CHECK_INTERVAL_MS, () => {
      const now = clock.now();
      check(now);
      if (now - before > SLEPT_MS) onWake();
    });
  };
  check(clock.now());
  return () => cancel();
}
