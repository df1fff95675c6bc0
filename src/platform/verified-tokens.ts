// Tokens that were verified recently, so that a client that polls every second is not verified every second: checking a
// signature costs more than reading a page. Only valid ones are kept, for a minute and never past their expiry.
import {createHash} from 'node:crypto';

export interface VerifiedTokensOptions {
  /** How many to remember; the oldest makes room. */
  capacity: number;
  /** How long at most, in milliseconds: a withdrawn key is noticed that much later. */
  lifetimeMs: number;
  /** For how long after `exp` a token counts, as in the verification itself. */
  toleranceSeconds: number;
}

/** The parsed value of a token, and its `exp` (seconds since the epoch). */
export interface VerifiedToken<T> {
  value: T;
  exp: number;
}

interface Entry<T> extends VerifiedToken<T> {
  verifiedAt: number;
}

/** The key is a hash: a token is a secret that must not stay in memory for longer than its request. */
export class VerifiedTokens<T> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(private readonly options: VerifiedTokensOptions) {}

  /** The value of a token that was verified recently and has not expired since. Callers share it: do not change it. */
  find(token: string): T | undefined {
    const key = keyOf(token);
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    if (this.counts(entry, Date.now())) return entry.value;
    this.entries.delete(key);
    return undefined;
  }

  /** Remembers a token that has just been verified. */
  add(token: string, verified: VerifiedToken<T>): void {
    const key = keyOf(token);
    this.entries.delete(key); // so that it becomes the youngest
    const [oldest] = this.entries.keys();
    if (oldest !== undefined && this.entries.size >= this.options.capacity) this.entries.delete(oldest);
    this.entries.set(key, {...verified, verifiedAt: Date.now()});
  }

  // The same comparison as jose's, in whole seconds. After the clock was set back, the entry no longer counts.
  private counts({exp, verifiedAt}: Entry<T>, now: number): boolean {
    const age = now - verifiedAt;
    if (age < 0 || age >= this.options.lifetimeMs) return false;
    return exp > Math.floor(now / 1000) - this.options.toleranceSeconds;
  }
}

function keyOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
