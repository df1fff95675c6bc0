// What a busy machine does to a process: nothing of it runs for a while, and every timer of that time is due afterwards.

/** Returns after this time, in which the event loop does not turn. */
export function standStill(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
