// Which tabs may share a socket: those whose tokens have the same identity. The key is a hash, since every page of the
// origin can read the names of locks and channels.

/** Claims that say who the bearer is and what it may see; issuers add others, which differ between tokens. */
const IDENTITY_CLAIMS = new Set(['iss', 'sub', 'aud', 'scope', 'topics']);

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
 * The identity claims of a token, as text that is the same for each token of a session; undefined for a token that is not
 * a JWT. It is not verified: a forged token gains nothing, since each tab reads its rows with its own token.
 */
export function identityOf(token: string): string | undefined {
  try {
    const payload = token.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), each => each.charCodeAt(0));
    const claims = Object.entries(JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>); // a JWT's payload is an object
    return JSON.stringify(claims.filter(([name]) => IDENTITY_CLAIMS.has(name)).sort(([a], [b]) => (a < b ? -1 : 1)));
  } catch {
    return undefined;
  }
}
