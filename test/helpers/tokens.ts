// Signs tokens as an identity provider would, right or wrong in one point.
import {exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT} from 'jose';
import {type Claims, parseClaims} from '../../src/access/claims';
import {createRegistry} from '../../src/platform/metrics';
import {createTokenVerifier, type TokenVerifier, type TokenVerifierOptions} from '../../src/platform/token-verifier';
import {givenLogger} from './logger';

export const ISSUER = 'https://issuer.test/';
export const AUDIENCE = 'outreach-test';

/** What differs from a good token. */
export interface TokenClaims {
  scope?: string;
  topics?: unknown;
  issuer?: string;
  audience?: string;
  subject?: string;
  /** Seconds from now; negative for an expired one. */
  expiresIn?: number;
  /** Claims of the issuer's own, such as `jti`. */
  others?: Record<string, unknown>;
}

export interface TokenIssuer {
  jwks: JSONWebKeySet;
  /** A good token for reading and observing every topic, but for what `claims` says. */
  sign(claims?: TokenClaims): Promise<string>;
}

export async function givenTokenIssuer(): Promise<TokenIssuer> {
  const {publicKey, privateKey} = await generateKeyPair('RS256', {extractable: true});
  const publicJwk = {...(await exportJWK(publicKey)), kid: 'test', alg: 'RS256', use: 'sig'};
  return {
    jwks: {keys: [publicJwk]},
    sign: ({scope = 'inquiries:read inquiries:observe', topics, ...claims} = {}) =>
      new SignJWT({...claims.others, scope, ...(topics !== undefined && {topics})})
        .setProtectedHeader({alg: 'RS256', kid: 'test', typ: 'at+jwt'})
        .setIssuer(claims.issuer ?? ISSUER)
        .setAudience(claims.audience ?? AUDIENCE)
        .setSubject(claims.subject ?? 'tester')
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + (claims.expiresIn ?? 3600))
        .sign(privateKey),
  };
}

/** What both processes verify tokens with; of ISSUER for AUDIENCE, unless `options` say otherwise. */
export function givenTokenVerifier(options: Partial<TokenVerifierOptions<Claims>>): TokenVerifier<Claims> {
  return createTokenVerifier({
    issuer: ISSUER,
    audience: AUDIENCE,
    parse: parseClaims,
    logger: givenLogger().logger,
    registry: createRegistry(),
    ...options,
  });
}
