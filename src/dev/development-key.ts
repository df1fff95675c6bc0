// The key pair that signs development tokens. It lives in `.outreach/`, is made once, and production never reads it.
import {createHash} from 'node:crypto';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK, SignJWT} from 'jose';
import {ConfigurationError} from '../config/env';
import {makeTrustedDirectory, readTrustedFile} from './trusted-files';

export const DEVELOPMENT_ISSUER = 'https://outreach.localhost/development';
export const DEVELOPMENT_AUDIENCE = 'outreach';

const ALGORITHM = 'ES256';

/** What a development token says. */
export interface TokenRequest {
  /** Space-separated, as in RFC 9068. */
  scope: string;
  /** Narrows the token to these topics; not narrowed when absent. */
  topics?: readonly string[];
  /** Such as `1h` or `30m`. */
  ttl: string;
}

/** The public half, as AUTH_JWKS wants it. */
export async function developmentKeySet(directory: string): Promise<JSONWebKeySet> {
  const {kty, crv, x, y, kid, alg} = await readOrCreateKey(directory);
  return {keys: [{kty, crv, x, y, kid, alg, use: 'sig'}]};
}

/** Signs a token for the development issuer and audience. Throws a TypeError for a `ttl` that is no time span. */
export async function signDevelopmentToken(directory: string, {scope, topics, ttl}: TokenRequest): Promise<string> {
  const key = await readOrCreateKey(directory);
  return new SignJWT({scope, ...(topics && {topics})})
    .setProtectedHeader({alg: ALGORITHM, kid: key.kid, typ: 'at+jwt'})
    .setIssuer(DEVELOPMENT_ISSUER)
    .setAudience(DEVELOPMENT_AUDIENCE)
    .setSubject('developer')
    .setIssuedAt()
    .setExpirationTime(ttl)
    .sign(await importJWK(key, ALGORITHM));
}

/** A key for SUBSCRIPTION_TOKEN_KEYS: the same as long as the development key is. */
export async function developmentTokenKey(directory: string): Promise<string> {
  const {d = ''} = await readOrCreateKey(directory);
  return createHash('sha256').update('subscription tokens\0').update(d).digest('base64');
}

async function readOrCreateKey(directory: string): Promise<JWK> {
  const file = path.join(directory, 'development-key.json');
  await makeTrustedDirectory(directory);
  const stored = await readTrustedFile(file);
  if (stored !== undefined) return parseKey(stored, file);
  const {privateKey} = await generateKeyPair(ALGORITHM, {extractable: true});
  const key: JWK = {...(await exportJWK(privateKey)), kid: `development-${Date.now()}`, alg: ALGORITHM};
  await writeFile(file, JSON.stringify(key), {mode: 0o600, flag: 'wx'});
  return key;
}

async function parseKey(stored: string, file: string): Promise<JWK> {
  try {
    const key = JSON.parse(stored) as JWK; // importJWK checks it
    if (key.d === undefined) throw new TypeError('no private part');
    await importJWK(key, ALGORITHM);
    return key;
  } catch {
    // The cause may quote the key.
    throw new ConfigurationError(`${file} is not a key any more: remove it, and the next start makes another.`);
  }
}
