// Who may do what: the scopes, the claims of a token, and the one table of routes and rooms. REST and the
// gateway ask the functions here and nothing else. RFC 9068 claims: `sub`, `scope`, `exp`; ours: `topics`.
import {z} from 'zod';
import {topicSchema} from './fields';
import {ALL_INQUIRIES_ROOM, ALL_TOPICS, type RoomKey, roomKeyOf, TOPIC_ROOMS} from './rooms';

export const Scope = {
  INQUIRIES_READ: 'inquiries:read',
  INQUIRIES_TRIAGE: 'inquiries:triage',
  INQUIRIES_EXPORT: 'inquiries:export',
  INQUIRIES_OBSERVE: 'inquiries:observe',
  SUBSCRIPTIONS_READ: 'subscriptions:read',
  SUBSCRIPTIONS_WRITE: 'subscriptions:write',
  SUBSCRIPTIONS_EXPORT: 'subscriptions:export',
  PRIVACY_ERASE: 'privacy:erase',
  PRIVACY_EXPORT: 'privacy:export',
} as const;
export type Scope = (typeof Scope)[keyof typeof Scope];
export const ALL_SCOPES = Object.values(Scope);

/** Marks a route that needs no token. */
export const PUBLIC = 'public';

/** Every route with the scope that it needs; a route without a row does not compile. */
export const ROUTE_ACCESS = {
  'POST /inquiries': PUBLIC,
  'GET /inquiries': Scope.INQUIRIES_READ,
  'GET /inquiries/changes': Scope.INQUIRIES_READ,
  'GET /inquiries/count': Scope.INQUIRIES_READ,
  'GET /inquiries/export.csv': Scope.INQUIRIES_EXPORT,
  'GET /inquiries/{id}': Scope.INQUIRIES_READ,
  'PATCH /inquiries': Scope.INQUIRIES_TRIAGE,
  'PATCH /inquiries/{id}': Scope.INQUIRIES_TRIAGE,
  'POST /inquiries/{id}/notes': Scope.INQUIRIES_TRIAGE,
  'GET /inquiries/{id}/activity': Scope.INQUIRIES_READ,
  'POST /subscriptions': PUBLIC,
  'GET /subscriptions': Scope.SUBSCRIPTIONS_READ,
  'GET /subscriptions/count': Scope.SUBSCRIPTIONS_READ,
  'GET /subscriptions/export.csv': Scope.SUBSCRIPTIONS_EXPORT,
  'GET /subscriptions/{id}': Scope.SUBSCRIPTIONS_READ,
  'PATCH /subscriptions/{id}': Scope.SUBSCRIPTIONS_WRITE,
  'POST /erasures': Scope.PRIVACY_ERASE,
  'POST /subject-exports': Scope.PRIVACY_EXPORT,
  'GET /live': PUBLIC,
  'GET /ready': PUBLIC,
  'GET /openapi.json': PUBLIC,
} as const satisfies Record<string, Scope | typeof PUBLIC>;
export type RouteKey = keyof typeof ROUTE_ACCESS;

/** What a room needs: a scope, and a claim `topics` that lets every topic pass, or the room's own. */
export interface RoomAccess {
  scope: Scope;
  topics: 'every' | 'own';
}

/** Every room with what it needs; a room without a row does not compile. */
export const ROOM_ACCESS = {
  [ALL_INQUIRIES_ROOM]: {scope: Scope.INQUIRIES_OBSERVE, topics: 'every'},
  [TOPIC_ROOMS]: {scope: Scope.INQUIRIES_OBSERVE, topics: 'own'},
} as const satisfies Record<RoomKey, RoomAccess>;

const tokenPayloadSchema = z.object({
  // It is stored as the actor of a change, so it is text that PostgreSQL can store.
  sub: z.string().min(1).max(255).refine(isPlainText),
  exp: z.number().int(),
  scope: z.string().max(2000).default(''),
  topics: z
    .array(z.union([topicSchema, z.literal(ALL_TOPICS)]))
    .max(200)
    .optional(),
});

function isPlainText(text: string): boolean {
  return text.isWellFormed() && !/[\u0000-\u001F\u007F]/.test(text);
}

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

/** Has the bearer a scope that opens a room at all? Without one there is nothing to connect for. */
export function mayObserve(claims: Claims): boolean {
  return Object.values(ROOM_ACCESS).some(({scope}) => hasScope(claims, scope));
}

/** May the bearer join the room of this topic, or with `'*'` the room of all? */
export function mayJoinRoomOf(claims: Claims, topic: string): boolean {
  const {scope, topics}: RoomAccess = ROOM_ACCESS[roomKeyOf(topic)];
  return hasScope(claims, scope) && mayAccessTopic(claims, topics === 'every' ? ALL_TOPICS : topic);
}

/** Splits what a client asks to observe into what its claims allow and what not; `'*'` is all that the claims name. */
export function grantTopics(
  claims: Claims,
  asked: readonly string[] = [ALL_TOPICS],
): {granted: string[]; denied: string[]} {
  const own = claims.topics === ALL_TOPICS ? [ALL_TOPICS] : claims.topics;
  const topics = [...new Set(asked.flatMap(topic => (topic === ALL_TOPICS ? own : topic)))];
  return {
    granted: topics.filter(topic => mayJoinRoomOf(claims, topic)),
    denied: topics.filter(topic => !mayJoinRoomOf(claims, topic)),
  };
}
