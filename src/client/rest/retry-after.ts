// Retry-After (RFC 9110, 10.2.3): seconds, or a date.
import type {Clock} from '../runtime/clock';

const LONGEST_MS = 5 * 60_000; // a clock that differs, or a slip of the server's, must not silence the feed for a day

/** Milliseconds to wait; undefined when there is no such header or it makes no sense. */
export function retryAfterMs(headers: Headers, clock: Clock): number | undefined {
  const value = headers.get('Retry-After')?.trim();
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - clock.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_MS);
}
