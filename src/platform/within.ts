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

/** What was waited for has not come in time. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  readonly code = 'answer_timeout';

  constructor() {
    super('There was no answer in time');
  }
}

/**
 * Settles as `work` does, or rejects with DeadlineError after `ms` milliseconds. An answer that has arrived while this
 * process stood still is in time: timers that are due come before the sockets are read, so those are read first.
 */
export async function withDeadline<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => setImmediate(() => reject(new DeadlineError())), ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
