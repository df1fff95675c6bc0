// A set of listeners. One that throws, or whose promise rejects, is reported; the others are called all the same.
import type {Unsubscribe} from '../feed-types';

export class Listeners<T> {
  private readonly listeners = new Set<{call: (value: T) => unknown}>();

  constructor(private readonly onError: (error: unknown) => void) {}

  /** The same function may be added more than once; each time is a subscription of its own. */
  add(listener: (value: T) => unknown): Unsubscribe {
    const entry = {call: listener};
    this.listeners.add(entry);
    return () => void this.listeners.delete(entry);
  }

  /** Calls each listener. Never throws; a listener that another one has just removed is not called. */
  emit(value: T): void {
    for (const entry of [...this.listeners]) {
      if (!this.listeners.has(entry)) continue;
      try {
        // Also handles the rejection of an async listener.
        Promise.resolve(entry.call(value)).catch((error: unknown) => this.report(error));
      } catch (error) {
        this.report(error);
      }
    }
  }

  clear(): void {
    this.listeners.clear();
  }

  private report(error: unknown): void {
    try {
      this.onError(error);
    } catch {
      // There is nowhere to report an error of the reporter itself.
    }
  }
}

interface ReportingGlobals {
  reportError?: (error: unknown) => void;
  process?: {emitWarning?: (warning: Error) => void};
}

/** Where uncaught errors of listeners go by default: the browser's console and `error` event, or Node's warnings. */
export function reportUncaught(error: unknown): void {
  const {reportError, process} = globalThis as ReportingGlobals; // each has one of the two
  if (reportError) reportError(error);
  else process?.emitWarning?.(error instanceof Error ? error : new Error(String(error)));
}
