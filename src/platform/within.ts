// Waiting for something, but not for ever.

/** Resolves when `work` has resolved, or after `ms` milliseconds, whichever is first. Rejects when `work` rejects first. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>(resolve => (timer = setTimeout(resolve, ms)));
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
