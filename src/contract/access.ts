// Who may do what: the scopes, the claims of a token, and the one table of routes and rooms. REST and the
// gateway ask the functions here and nothing else. RFC 9068 claims: `sub`, `scope`, `exp`; ours: `topics`.
import {z} from 'zod';
import {topicSchema} from './fields';
import {ALL_TOPICS} from './rooms';

export const Scope = {
  INQUIRIES_READ: 'inquiries:read',
  INQUIRIES_OBSERVE: 'inquiries:observe',
} as const;
export type Scope = (typeof Scope)[keyof typeof Scope];
export const ALL_SCOPES = Object.values(Scope);

/** Marks a route that needs no token. */
export const PUBLIC = 'public';

/** Every route with the scope that it needs; a route without a row does not compile. */
export const ROUTE_ACCESS = {
  'POST /inquiries': PUBLIC,
  'GET /inquiries': Scope.INQUIRIES_READ,
  'GET /inquiries/{id}': Scope.INQUIRIES_READ,
  'POST /subscriptions': PUBLIC,
  'GET /live': PUBLIC,
  'GET /ready': PUBLIC,
  'GET /openapi.json': PUBLIC,
} as const satisfies Record<string, Scope | typeof PUBLIC>;
export type RouteKey = keyof typeof ROUTE_ACCESS;

/** The scope that every observation room needs. */
export const OBSERVE_SCOPE = Scope.INQUIRIES_OBSERVE;

const tokenPayloadSchema = z.object({
  sub: z.string().min(1).max(255),
  exp: z.number().int(),
  scope: z.string().max(2000).default(''),
  topics: z
    .array(z.union([topicSchema, z.literal(ALL_TOPICS)]))
    .max(200)
    .optional(),
});

/** What a verified token says of its bearer. */
export interface Claims {
  subject: string;
  scopes: ReadonlySet<string>;
  /** Topics the bearer may see; `'*'` when the token does not narrow them, empty when it allows none. */
  topics: typeof ALL_TOPICS | readonly string[];
  /** Seconds since the epoch. */
  expiresAt: number;
}

/** Reads the claims of a verified payload; undefined when one is malformed, which must be refused. */
export function parseClaims(payload: unknown): Claims | undefined {
  const parsed = tokenPayloadSchema.safeParse(payload);
  if (!parsed.success) return undefined;
  const {sub, exp, scope, topics} = parsed.data;
  const all = topics === undefined || topics.includes(ALL_TOPICS);
  return {
    subject: sub,
    scopes: new Set(scope.split(' ').filter(Boolean)),
    topics: all ? ALL_TOPICS : [...new Set(topics)],
    expiresAt: exp,
  };
}

export function hasScope(claims: Claims, scope: Scope): boolean {
  return claims.scopes.has(scope);
}

/** May the bearer see inquiries of this topic? Rows and rooms both ask here. */
export function mayAccessTopic(claims: Claims, topic: string): boolean {
  return claims.topics === ALL_TOPICS || claims.topics.includes(topic);
}

/** Splits what a client asks to observe into what its claims allow and what they do not. */
export function grantTopics(
  claims: Claims,
  asked: readonly string[] | undefined,
): {granted: string[]; denied: string[]} {
  if (!hasScope(claims, OBSERVE_SCOPE)) return {granted: [], denied: [...(asked ?? [ALL_TOPICS])]};
  if (asked === undefined)
    return {granted: claims.topics === ALL_TOPICS ? [ALL_TOPICS] : [...claims.topics], denied: []};
  const topics = [...new Set(asked)];
  return {
    granted: topics.filter(topic => mayAccessTopic(claims, topic)),
    denied: topics.filter(topic => !mayAccessTopic(claims, topic)),
  };
}
