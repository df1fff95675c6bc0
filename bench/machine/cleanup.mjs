// Whatever a benchmark starts registers here how it is stopped; all of it is stopped at the end, after a failure and
// on Ctrl-C, last first.
const stops = [];
let stopping;

/** Registers a stop; gives a function that stops it early, once. */
export function onCleanup(stop) {
  let done;
  const once = () => (done ??= Promise.resolve().then(stop));
  stops.push(once);
  return once;
}

/** Stops everything that still runs. */
export function cleanUp() {
  stopping ??= (async () => {
    for (const stop of stops.splice(0).reverse()) {
      await stop().catch(error => console.error(`while stopping: ${error}`));
    }
    stopping = undefined;
  })();
  return stopping;
}

/** Ctrl-C and the like stop what was started, then end the process. */
export function cleanUpOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      cleanUp().finally(() => process.exit(130));
    });
  }
}
