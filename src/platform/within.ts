// Waits with a time limit.

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

/** The work has not settled within its deadline. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  readonly code = 'answer_timeout';

  constructor() {
    super('There was no answer in time');
  }
}

/**
 * Settles as `work` does, or rejects with DeadlineError after `ms` milliseconds. An answer that arrived while this
 * process was blocked is in time: due timers run before sockets are read, so the rejection waits until those are read.
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
