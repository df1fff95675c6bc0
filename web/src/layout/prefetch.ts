// What comes in files of its own is fetched ahead when the browser has nothing else to do, so that it is there when it is
// first used without a network.
type Load = () => Promise<unknown>;

const NO_IDLE_CALLBACK_MS = 2000;

const loads: Load[] = [];

/** Has what this loads fetched by `prefetchAll`; gives the same function. */
export function prefetch<L extends Load>(load: L): L {
  loads.push(load);
  return load;
}

/** Fetches everything, once the browser has nothing else to do. */
export function prefetchAll(): void {
  const start = () => void fetchAll();
  if ('requestIdleCallback' in window) requestIdleCallback(start);
  else setTimeout(start, NO_IDLE_CALLBACK_MS); // Safari
}

// One after the other, behind what the page itself reads; a part may bring further ones.
async function fetchAll(): Promise<void> {
  for (const load of loads) await load().catch(() => undefined); // tried again when it is used
}
