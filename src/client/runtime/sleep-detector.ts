// Notices that the machine slept: timers stood still, and the wall clock says that more time went by than they did.
import type {Cancel, Clock} from './clock';

const LOOK_EVERY_MS = 15_000;
/** Browsers run the timers of a hidden page once a minute; that is not sleep. */
const SLEPT_MS = 90_000;

/** What it returns ends it. */
export function watchSleep(clock: Clock, onWake: () => void): Cancel {
  let cancel: Cancel;
  const look = (before: number) => {
    cancel = clock.after(LOOK_EVERY_MS, () => {
      const now = clock.now();
      look(now);
      if (now - before > SLEPT_MS) onWake();
    });
  };
  look(clock.now());
  return () => cancel();
}
