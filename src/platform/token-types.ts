// Which JWTs are access tokens. An ID token is signed by the same key and often for the same audience, but identifies a
// user to a client. Accepted as an access token, it would open what nobody has granted (RFC 9068, 5; RFC 8725, 3.11).
import type {JWTPayload} from 'jose';

/** Issuers that do not follow RFC 9068 call access tokens `JWT`, like every other token, or leave `typ` out. */
export const DEFAULT_TOKEN_TYPES: readonly string[] = ['at+jwt', 'jwt'];

/** `typ` without `application/`, in lower case (RFC 7515, 4.1.9); a JWT without one is a `jwt` (RFC 7519, 5.1). */
export function normalizeTokenType(typ = 'jwt'): string {
  return typ.toLowerCase().replace(/^application\//, '');
}

/**
 * Is it an access token of one of these types? A token whose type says only that it is a JWT must not have a claim that
 * only ID tokens have. Not every ID token has one: an issuer that sends `at+jwt` is safer with that type alone.
 */
export function isAccessToken(
  {protectedHeader, payload}: {protectedHeader: {typ?: unknown}; payload: JWTPayload},
  types: readonly string[],
): boolean {
  const {typ} = protectedHeader;
  if (typ !== undefined && typeof typ !== 'string') return false;
  const type = normalizeTokenType(typ);
  return types.includes(type) && !(type === 'jwt' && isEvidentlyIdToken(payload));
}

// OpenID Connect Core 1.0, 2 and 3.3.2.11; `typ` is Keycloak's.
function isEvidentlyIdToken(payload: JWTPayload): boolean {
  return ['nonce', 'at_hash', 'c_hash'].some(claim => payload[claim] !== undefined) || payload.typ === 'ID';
}
