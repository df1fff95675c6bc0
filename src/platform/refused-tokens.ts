// Why bearer tokens are refused, for operators only: a metric and one log line a minute for each reason. Callers get the
// same answer whatever the reason, and nothing of a token is logged.
import {errors} from 'jose';
import type {Logger} from './logger';
import {Counter, type Registry} from './metrics';
import {RateLimitedLog, type RateLimitedLevel} from './rate-limited-log';

/** Each reason with the level of its line: `warn` where a trusted key has signed, so clocks or configuration differ. */
const LEVELS = {
  malformed: 'info', // no JWT
  length: 'info', // longer than a token may be
  algorithm: 'info', // not on the list, or with an extension (`crit`) that is not known
  key: 'info', // no key of the set fits
  signature: 'info',
  type: 'warn', // `typ` is not allowed, or it is an ID token
  issuer: 'warn',
  audience: 'warn',
  expired: 'info', // every token expires
  not_yet_valid: 'warn',
  claims: 'warn', // one is missing or malformed
} as const satisfies Record<string, RateLimitedLevel>;
export type RefusalReason = keyof typeof LEVELS;

const LOG_INTERVAL_MS = 60_000;

export class RefusedTokens {
  private readonly log: RateLimitedLog;
  private readonly counter: Counter<'reason'>;

  constructor({logger, registry}: {logger: Logger; registry: Registry}) {
    this.log = new RateLimitedLog({logger, intervalMs: LOG_INTERVAL_MS});
    this.counter = new Counter({
      name: 'outreach_tokens_refused_total',
      help: 'Bearer tokens that were refused, by reason; requests without a token do not count.',
      labelNames: ['reason'],
      registers: [registry],
    });
    for (const reason of Object.keys(LEVELS)) this.counter.inc({reason}, 0); // a series that exists can be alerted on
  }

  count(reason: RefusalReason): void {
    this.counter.inc({reason});
    this.log.write(LEVELS[reason], 'auth.token.refused', {reason});
  }
}

const REASON_OF_CLAIM: Readonly<Record<string, RefusalReason>> = {iss: 'issuer', aud: 'audience'};
// Every other error of jose means that the token is not a JWT.
const REASON_OF_CODE: Readonly<Record<string, RefusalReason>> = {
  [errors.JOSEAlgNotAllowed.code]: 'algorithm',
  [errors.JOSENotSupported.code]: 'algorithm',
  [errors.JWKInvalid.code]: 'key',
  [errors.JWKSNoMatchingKey.code]: 'key',
  [errors.JWKSMultipleMatchingKeys.code]: 'key',
  [errors.JWSSignatureVerificationFailed.code]: 'signature',
  [errors.JWTExpired.code]: 'expired',
};
const NOT_ABOUT_THE_TOKEN = [errors.JOSEError.code, errors.JWKSInvalid.code, errors.JWKSTimeout.code];

/**
 * The reason for an error of jose's jwtVerify; undefined when the keys are unavailable, which says nothing about the
 * token.
 */
export function refusalReasonOf(error: unknown): RefusalReason | undefined {
  if (!(error instanceof errors.JOSEError) || NOT_ABOUT_THE_TOKEN.includes(error.code)) return undefined;
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'nbf' && error.reason === 'check_failed') return 'not_yet_valid';
    return REASON_OF_CLAIM[error.claim] ?? 'claims';
  }
  return REASON_OF_CODE[error.code] ?? 'malformed';
}
