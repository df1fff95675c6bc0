// The issuer's public keys, fetched by URL (RFC 7517). The last good set stays in use while fetching fails, for a day
// at most; a withdrawn key stays valid until the next successful fetch. jose fetches and parses the set; this class
// decides when, because jose drops a set at its maximum age even when it cannot fetch a new one.
import {createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey} from 'jose';
import type {Logger} from './logger';
import {Counter, Gauge, type Registry} from './metrics';
import {RateLimitedLog} from './rate-limited-log';

export interface RemoteKeySetOptions {
  url: string;
  logger: Logger;
  registry: Registry;
}

const FETCH_TIMEOUT_MS = 3000;
/** A set of this age is refreshed in the background: no token waits for it. */
const REFRESH_AFTER_MS = 5 * 60_000;
/** After a time without tokens, a set of this age is refreshed before the next token is verified. */
const MAX_UNCHECKED_AGE_MS = 10 * 60_000;
/** A set that could not be refreshed for this long is no longer used. */
const MAX_AGE_MS = 24 * 60 * 60_000;
/** At least this long between two fetches for key ids that are not in the set, and between two that fail. */
const COOLDOWN_MS = 30_000;
/** The same while there is no set at all. */
const RETRY_WITHOUT_SET_MS = 1000;
const LOG_INTERVAL_MS = 60_000;

/** The answer's status is not 200. */
class KeySetStatusError extends Error {
  override readonly name = 'KeySetStatusError';

  constructor(readonly status: number) {
    super(`the key set's URL answers ${status}`);
  }
}

/** The constructor fetches in the background, so that a wrong URL is logged when the process starts. */
export class RemoteKeySet {
  // Neither age nor cooldown: with both infinite, jose fetches only when it is asked to.
  private readonly keys;
  private readonly log: RateLimitedLog;
  private readonly fetches: Counter<'result'>;
  private fetchedAt: number | undefined;
  private failure: {error: Error; at: number} | undefined;
  private pending: Promise<void> | undefined;

  constructor(private readonly options: RemoteKeySetOptions) {
    this.keys = createRemoteJWKSet(new URL(options.url), {
      timeoutDuration: FETCH_TIMEOUT_MS,
      cacheMaxAge: Infinity,
      cooldownDuration: Infinity,
      [customFetch]: fetchOrThrow,
    });
    this.log = new RateLimitedLog({logger: options.logger, intervalMs: LOG_INTERVAL_MS});
    this.fetches = this.registerMetrics(options.registry);
    this.refresh().catch(ignore); // it is logged
  }

  /**
   * The key of a token, for jose's jwtVerify. Rejects with jose's JWKSNoMatchingKey for a key id that the issuer does
   * not publish, and with the error of the fetch when there is no set or it cannot be refreshed to find out.
   */
  readonly getKey: JWTVerifyGetKey = async (header, token) => {
    await this.ensureUsable();
    try {
      return await this.keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || this.ageMs() < COOLDOWN_MS) throw error;
    }
    await this.refresh();
    return this.keys(header, token);
  };

  private async ensureUsable(): Promise<void> {
    const age = this.ageMs();
    if (age < REFRESH_AFTER_MS) return;
    const isTooOld = age >= MAX_AGE_MS;
    const refreshed = this.refresh().catch((error: unknown) => {
      if (isTooOld) throw error;
    });
    // After a failed fetch, a set that is still usable is used without waiting for the server.
    if (isTooOld || (age >= MAX_UNCHECKED_AGE_MS && !this.failure)) await refreshed;
  }

  // Joins a fetch that is under way. Within the cooldown after a failure, rejects with that failure's error.
  private refresh(): Promise<void> {
    if (this.pending) return this.pending;
    const cooldown = this.fetchedAt === undefined ? RETRY_WITHOUT_SET_MS : COOLDOWN_MS;
    if (this.failure && elapsedSince(this.failure.at) < cooldown) return Promise.reject(this.failure.error);
    this.pending = this.fetch().finally(() => (this.pending = undefined));
    return this.pending;
  }

  private async fetch(): Promise<void> {
    const {origin, pathname} = new URL(this.options.url); // without a query, which may be a secret
    const url = origin + pathname;
    try {
      await this.keys.reload();
    } catch (error) {
      this.failure = {error: error as Error, at: Date.now()}; // jose and fetch throw no other
      this.fetches.inc({result: 'failed'});
      this.log.write('warn', 'auth.key_set.failed', {url, ...describeFailure(error), ageSeconds: this.ageSeconds()});
      throw error;
    }
    this.fetches.inc({result: 'succeeded'});
    if (this.failure) this.options.logger.info({url}, 'auth.key_set.restored');
    this.failure = undefined;
    this.fetchedAt = Date.now();
  }

  private ageMs(): number {
    return this.fetchedAt === undefined ? Infinity : elapsedSince(this.fetchedAt);
  }

  private ageSeconds(): number | undefined {
    return this.fetchedAt === undefined ? undefined : this.ageMs() / 1000;
  }

  private registerMetrics(registry: Registry): Counter<'result'> {
    const ageSeconds = () => this.ageSeconds();
    new Gauge({
      name: 'outreach_key_set_age_seconds',
      help: 'Since the key set of AUTH_JWKS_URL was last fetched; absent before the first time.',
      registers: [registry],
      collect() {
        const age = ageSeconds();
        if (age === undefined) this.remove();
        else this.set(age);
      },
    });
    const fetches = new Counter({
      name: 'outreach_key_set_fetches_total',
      help: 'Fetches of the key set of AUTH_JWKS_URL by their result.',
      labelNames: ['result'],
      registers: [registry],
    });
    for (const result of ['succeeded', 'failed']) fetches.inc({result}, 0); // a series that exists can be alerted on
    return fetches;
  }
}

async function fetchOrThrow(url: string, options: RequestInit): Promise<Response> {
  const response = await fetch(url, options);
  if (response.status === 200) return response;
  await response.body?.cancel();
  throw new KeySetStatusError(response.status);
}

/** Why a fetch failed: a fixed word with a status or code, and nothing of the answer's body. */
function describeFailure(error: unknown): {reason: string; status?: number; code?: unknown} {
  if (error instanceof KeySetStatusError) return {reason: 'status', status: error.status};
  if (error instanceof errors.JWKSTimeout) return {reason: 'timeout'};
  if (error instanceof errors.JOSEError) return {reason: 'no_key_set'};
  const {cause} = error as {cause?: {code?: unknown}}; // fetch() wraps the error of the connection
  return {reason: 'connection', code: cause?.code};
}

// Absolute, so that a clock that was set back does not extend trust.
function elapsedSince(time: number): number {
  return Math.abs(Date.now() - time);
}

function ignore(): void {
  return;
}
