// Whatever a benchmark starts registers here how it is stopped; all of it is stopped at the end, after a failure and
// on Ctrl-C, last first.
const stops = [];
let isOver = false; // by a signal: whatever is still being started is stopped at once

/** Registers a stop; gives a function that stops it early, once. */
export function onCleanup(stop) {
  let done;
  const once = () => (done ??= Promise.resolve().then(stop));
  stops.push(once);
  if (isOver) void cleanUp();
  return once;
}

/** Stops everything that still runs. */
export async function cleanUp() {
  while (stops.length > 0) {
    const stop = stops.pop();
    await stop().catch(error => console.error(`while stopping: ${error}`));
  }
}

/** Ctrl-C and the like stop what was started, then end the process. */
export function cleanUpOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      isOver = true;
      cleanUp().finally(() => process.exit(130));
    });
  }
}
