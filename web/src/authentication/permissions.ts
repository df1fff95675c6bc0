// What a token lets its bearer do, so that nothing is offered that would be refused. The token is not verified: a page that
// lies here lies to itself, since the service looks at each request.

/** The scopes that the back office has something for; docs/access.md lists all. */
export type Scope =
  | 'inquiries:read'
  | 'inquiries:triage'
  | 'inquiries:export'
  | 'subscriptions:read'
  | 'subscriptions:write'
  | 'subscriptions:export';

export interface Permissions {
  may: (scope: Scope) => boolean;
  /** Whether inquiries of this topic are the bearer's to see. */
  maySee: (topic: string) => boolean;
  /** The bearer, as the log of an inquiry names who did something; undefined when the token does not say it. */
  userId: string | undefined;
}

/** Everything for a token that cannot be read: then the service says what is refused. */
export function permissionsOf(token: string | undefined): Permissions {
  const claims = token === undefined ? undefined : claimsOf(token);
  if (!claims) return {may: () => true, maySee: () => true, userId: undefined};
  const scopes = typeof claims.scope === 'string' ? claims.scope.split(' ') : [];
  const topics = Array.isArray(claims.topics) && !claims.topics.includes('*') ? claims.topics : undefined;
  return {
    may: scope => scopes.includes(scope),
    maySee: topic => topics === undefined || topics.includes(topic),
    userId: typeof claims.sub === 'string' ? claims.sub : undefined,
  };
}

function claimsOf(token: string): {scope?: unknown; topics?: unknown; sub?: unknown} | undefined {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), each => each.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? claims : undefined;
  } catch {
    return undefined;
  }
}
