// Verifies bearer JWTs (RFC 7519, RFC 9068): signature by a key set, an allow-list of asymmetric algorithms,
// issuer, audience, expiry. What the claims mean is the contract's business. A token that was valid is taken as valid for
// another minute at most, and not past its expiry; one that was refused is looked at anew each time.
import {createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload} from 'jose';
import {UnavailableError} from './errors';
import {VerifiedTokens} from './verified-tokens';

/** Where the keys come from and what a token must say. */
export interface TokenVerifierOptions {
  issuer: string;
  audience: string;
  /** Exactly one of these two. */
  jwksUrl?: string;
  jwks?: JSONWebKeySet;
}

/** Resolves with the payload of a valid token; undefined when it is not valid; UnavailableError when keys cannot be had. */
export type TokenVerifier = (token: string) => Promise<JWTPayload | undefined>;

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

export function createTokenVerifier({issuer, audience, jwksUrl, jwks}: TokenVerifierOptions): TokenVerifier {
  const keys = jwks ? createLocalJWKSet(jwks) : createRemoteJWKSet(new URL(jwksUrl ?? ''), {timeoutDuration: 3000});
  const remembered = new VerifiedTokens(REMEMBERED);
  return async token => {
    if (token.length > MAX_TOKEN_LENGTH) return undefined;
    const known = remembered.find(token);
    if (known) return known;
    try {
      const verified = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'sub'],
      });
      remembered.add(token, verified.payload);
      return verified.payload;
    } catch (error) {
      if (isTokenError(error)) return undefined;
      throw new UnavailableError('the key set', {cause: error});
    }
  };
}

// jose names what is wrong with a token; what it does not name went wrong while fetching the keys.
function isTokenError(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return false;
  if (error instanceof errors.JOSEError) return error.code !== 'ERR_JOSE_GENERIC';
  return false;
}
