// Which tabs may share a socket: those whose tokens say the same of their bearer. The answer is a hash, since names of
// locks and channels are readable by every page of the origin.

/** Claims that say who the bearer is and what it may see; issuers add others of their own to each token. */
const OF_BEARER = new Set(['iss', 'sub', 'aud', 'scope', 'topics']);

export interface SharingScope {
  token: string;
  restUrl: string;
  gatewayUrl: string;
  topics: readonly string[] | undefined;
}

/** Hex of a SHA-256 over addresses, topics and claims; a token that is no JWT counts as a whole. */
export async function sharingKey({token, restUrl, gatewayUrl, topics}: SharingScope): Promise<string> {
  const scope = JSON.stringify([
    restUrl,
    gatewayUrl,
    topics ? [...new Set(topics)].sort() : null,
    identityOf(token) ?? token,
  ]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(scope));
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * What a token says of its bearer, as text that is the same for each token of a session; undefined for one that is no
 * JWT. It is not verified: a page that lies here lies to itself, since every row is read with a token of one's own.
 */
export function identityOf(token: string): string | undefined {
  try {
    const payload = token.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), each => each.charCodeAt(0));
    const claims = Object.entries(JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>); // a JWT's payload is an object
    return JSON.stringify(claims.filter(([name]) => OF_BEARER.has(name)).sort(([a], [b]) => (a < b ? -1 : 1)));
  } catch {
    return undefined;
  }
}
