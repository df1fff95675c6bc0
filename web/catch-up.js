// Decides when the list is read again: soon after a hint, and on a timer that makes a lost hint harmless. One read at
// a time.

const HINT_DELAY_MS = 200;
const LIVE_INTERVAL_MS = 60_000;
const OFFLINE_INTERVAL_MS = 15_000;

/**
 * `load()` reads and shows the list; it resolves to false when that failed, which is then tried again sooner.
 * `isLive()` says whether events arrive.
 */
export function createCatchUp({load, isLive}) {
  let hint;
  let timer;
  let running = false;
  let again = false;
  let stopped = false;
  let failed = false;

  const rearm = () => {
    clearTimeout(timer);
    if (stopped) return;
    const interval = isLive() && !failed ? LIVE_INTERVAL_MS : OFFLINE_INTERVAL_MS;
    timer = setTimeout(run, interval * (0.85 + Math.random() * 0.3)); // jitter: clients must not read in step
  };

  const run = async () => {
    if (stopped) return;
    if (running) {
      again = true; // what is being read may be older than this request
      return;
    }
    running = true;
    failed = !(await load());
    running = false;
    if (again) {
      again = false;
      request();
    }
    rearm();
  };

  // A pending read is not put off by further hints, or a steady stream of them would put it off for ever.
  const request = () => {
    if (stopped) return;
    hint ??= setTimeout(() => {
      hint = undefined;
      run();
    }, HINT_DELAY_MS);
  };

  const stop = () => {
    stopped = true;
    clearTimeout(hint);
    clearTimeout(timer);
  };
  return {request, rearm, stop};
}
