// Verifies bearer JWTs (RFC 7519, RFC 9068): signature by a key set, an allow-list of asymmetric algorithms, issuer,
// audience, expiry, type. Its caller's `parse` interprets the claims. A valid token is cached for at most a minute and
// never past its expiry; a refused one is verified again each time.
import {createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTPayload} from 'jose';
import {UnavailableError} from './errors';
import type {Logger} from './logger';
import type {Registry} from './metrics';
import {RefusedTokens, refusalReasonOf, type RefusalReason} from './refused-tokens';
import {RemoteKeySet} from './remote-key-set';
import {DEFAULT_TOKEN_TYPES, isAccessToken} from './token-types';
import {VerifiedTokens} from './verified-tokens';

/** Where the keys come from and what a token must say. */
export interface TokenVerifierOptions<T> {
  issuer: string;
  audience: string;
  /** Exactly one of these two. */
  jwksUrl?: string;
  jwks?: JSONWebKeySet;
  /** Values of `typ` that an access token may have, as normalizeTokenType gives them. */
  tokenTypes?: readonly string[];
  /** Reads the payload of a token; undefined refuses it. */
  parse: (payload: JWTPayload) => T | undefined;
  logger: Logger;
  registry: Registry;
}

/**
 * Resolves with the result of `parse` for a valid token, and with undefined for any other. Requests with the same token
 * share the result: do not change it. Rejects with UnavailableError when the keys are unavailable.
 */
export type TokenVerifier<T> = (token: string) => Promise<T | undefined>;

// Asymmetric only: with HS256 allowed, the public key would serve to forge tokens (RFC 8725, 2.1).
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const CLOCK_TOLERANCE_SECONDS = 5;
const MAX_TOKEN_LENGTH = 8192;
const REMEMBERED = {capacity: 2000, lifetimeMs: 60_000, toleranceSeconds: CLOCK_TOLERANCE_SECONDS};

/** A verifier of one process: it counts and logs refusals by reason. With `jwksUrl` it fetches the key set at once. */
export function createTokenVerifier<T>(options: TokenVerifierOptions<T>): TokenVerifier<T> {
  const {issuer, audience, jwksUrl, jwks, tokenTypes = DEFAULT_TOKEN_TYPES, parse, logger, registry} = options;
  const getKey = jwks ? createLocalJWKSet(jwks) : new RemoteKeySet({url: String(jwksUrl), logger, registry}).getKey;
  const rules = {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ['exp', 'sub'],
  };
  const remembered = new VerifiedTokens<T>(REMEMBERED);
  const refused = new RefusedTokens({logger, registry});
  const refuse = (reason: RefusalReason): T | undefined => {
    refused.count(reason);
    return undefined;
  };
  return async token => {
    if (token.length > MAX_TOKEN_LENGTH) return refuse('length');
    const known = remembered.find(token);
    if (known !== undefined) return known;
    const verified = await jwtVerify(token, getKey, rules).catch(reasonOf);
    if (typeof verified === 'string') return refuse(verified);
    if (!isAccessToken(verified, tokenTypes)) return refuse('type');
    const value = parse(verified.payload);
    if (value === undefined) return refuse('claims');
    remembered.add(token, {value, exp: Number(verified.payload.exp)}); // jose has seen that it is a number
    return value;
  };
}

function reasonOf(error: unknown): RefusalReason {
  const reason = refusalReasonOf(error);
  if (reason === undefined) throw new UnavailableError('the key set', {cause: error});
  return reason;
}
