// Log lines for events that may happen thousands of times a second: the first of each kind is written at once, and then
// at most one an interval, with a count. A line costs the process more than most of the failures that it reports.
import type {Logger} from './logger';

/** Levels of lines that may come in floods. */
export type RateLimitedLevel = 'info' | 'warn' | 'error';

interface Held {
  level: RateLimitedLevel;
  event: string;
  fields: object;
  /** How many lines were held back since the last one was written. */
  count: number;
  timer: NodeJS.Timeout;
}

/** The fields of a line; `reason` must be one of few. */
export interface LineFields extends Record<string, unknown> {
  reason?: string;
}

export interface RateLimitedLogOptions {
  logger: Logger;
  /** At least this long between two lines of one kind, in milliseconds; 1000 by default. */
  intervalMs?: number;
}

/**
 * Adds the field `count`: 1 in a line that is written at once, the number of held-back events in a later one. The other
 * fields are those of the newest event. Kinds must be few: each is kept in memory while its interval runs.
 */
export class RateLimitedLog {
  private readonly logger: Logger;
  private readonly intervalMs: number;
  private readonly held = new Map<string, Held>();

  constructor({logger, intervalMs = 1000}: RateLimitedLogOptions) {
    this.logger = logger;
    this.intervalMs = intervalMs;
  }

  /** One event. `reason` distinguishes kinds of the same event, and is a field of the line. */
  write(level: RateLimitedLevel, event: string, {reason, ...fields}: LineFields): void {
    const key = reason === undefined ? event : `${event} ${reason}`;
    const line = reason === undefined ? fields : {...fields, reason};
    const held = this.held.get(key);
    if (held) {
      Object.assign(held, {level, fields: line, count: held.count + 1});
      return;
    }
    this.logger[level]({...line, count: 1}, event);
    const timer = setInterval(() => this.writeHeld(key), this.intervalMs).unref();
    this.held.set(key, {level, event, fields: line, count: 0, timer});
  }

  /** Writes what is held back, for an orderly stop. */
  flush(): void {
    for (const key of [...this.held.keys()]) {
      this.writeHeld(key);
      this.forget(key);
    }
  }

  private writeHeld(key: string): void {
    const held = this.held.get(key);
    if (!held) return;
    if (held.count === 0) {
      this.forget(key);
      return;
    }
    this.logger[held.level]({...held.fields, count: held.count}, held.event);
    held.count = 0;
  }

  private forget(key: string): void {
    clearInterval(this.held.get(key)?.timer);
    this.held.delete(key);
  }
}
