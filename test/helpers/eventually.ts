// Waits for a fact instead of sleeping: the assertion is tried until it holds or the time is over.
import {setTimeout as delay} from 'node:timers/promises';

/** Resolves with what `assertion` returns once it does not throw; throws its last error after `timeoutMs`. */
export async function eventually<T>(assertion: () => T | Promise<T>, timeoutMs = 15_000): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(20); // between two looks; never the assertion itself
    }
  }
}
