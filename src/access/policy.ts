// Who may do what: the scopes, and the one table of routes and rooms. REST and the gateway ask the functions here and
// nothing else.
import {ALL_INQUIRIES_ROOM, ALL_TOPICS, type RoomKey, roomKeyOf, TOPIC_ROOMS} from '../contract/rooms';
import type {Claims} from './claims';
import {isInTopicScope, topicScope} from './topic-scope';

export const Scope = {
  INQUIRIES_READ: 'inquiries:read',
  INQUIRIES_TRIAGE: 'inquiries:triage',
  INQUIRIES_EXPORT: 'inquiries:export',
  INQUIRIES_OBSERVE: 'inquiries:observe',
  SUBSCRIPTIONS_READ: 'subscriptions:read',
  SUBSCRIPTIONS_WRITE: 'subscriptions:write',
  SUBSCRIPTIONS_EXPORT: 'subscriptions:export',
  SUBSCRIPTIONS_MAIL: 'subscriptions:mail',
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
  'GET /inquiries/quarantine': Scope.INQUIRIES_READ,
  'GET /inquiries/export.csv': Scope.INQUIRIES_EXPORT,
  'GET /inquiries/{id}': Scope.INQUIRIES_READ,
  'PATCH /inquiries': Scope.INQUIRIES_TRIAGE,
  'PATCH /inquiries/{id}': Scope.INQUIRIES_TRIAGE,
  'POST /inquiries/{id}/notes': Scope.INQUIRIES_TRIAGE,
  'GET /inquiries/{id}/activity': Scope.INQUIRIES_READ,
  'POST /subscriptions': PUBLIC,
  'GET /subscriptions': Scope.SUBSCRIPTIONS_READ,
  'GET /subscriptions/confirm': PUBLIC,
  'POST /subscriptions/confirm': PUBLIC,
  'GET /subscriptions/unsubscribe': PUBLIC,
  'POST /subscriptions/unsubscribe': PUBLIC,
  'GET /subscriptions/recipients': Scope.SUBSCRIPTIONS_MAIL,
  'POST /subscriptions/search': Scope.SUBSCRIPTIONS_READ,
  'GET /subscriptions/count': Scope.SUBSCRIPTIONS_READ,
  'GET /subscriptions/export.csv': Scope.SUBSCRIPTIONS_EXPORT,
  'GET /subscriptions/{id}': Scope.SUBSCRIPTIONS_READ,
  'GET /subscriptions/{id}/consents': Scope.SUBSCRIPTIONS_READ,
  'PATCH /subscriptions/{id}': Scope.SUBSCRIPTIONS_WRITE,
  'POST /erasures': Scope.PRIVACY_ERASE,
  'POST /subject-exports': Scope.PRIVACY_EXPORT,
  'GET /topics': PUBLIC,
  'GET /form-token': PUBLIC,
  'GET /messages/{locale}': PUBLIC,
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

/** Does the token hold the scope? */
export function hasScope(claims: Claims, scope: Scope): boolean {
  return claims.scopes.has(scope);
}

/** Has the bearer a scope that opens a room at all? Without one there is nothing to connect for. */
export function mayObserve(claims: Claims): boolean {
  return Object.values(ROOM_ACCESS).some(({scope}) => hasScope(claims, scope));
}

// May the bearer join the room of this topic, or with `'*'` the room of all?
function mayJoinRoomOf(claims: Claims, topic: string): boolean {
  const {scope, topics}: RoomAccess = ROOM_ACCESS[roomKeyOf(topic)];
  return (
    hasScope(claims, scope) && (topics === 'own' ? isInTopicScope(claims, topic) : topicScope(claims) === undefined)
  );
}

/** Splits what a client asks to observe into what its claims allow and what not; `'*'` is all that the claims name. */
export function grantTopics(
  claims: Claims,
  asked: readonly string[] = [ALL_TOPICS],
): {granted: string[]; denied: string[]} {
  const own = topicScope(claims) ?? [ALL_TOPICS];
  const topics = [...new Set(asked.flatMap(topic => (topic === ALL_TOPICS ? own : topic)))];
  return {
    granted: topics.filter(topic => mayJoinRoomOf(claims, topic)),
    denied: topics.filter(topic => !mayJoinRoomOf(claims, topic)),
  };
}
