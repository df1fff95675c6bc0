// The audit of access: one line for each write and each export of the back office, and one for each refused attempt.
// Who, with which scope, on which route, with what outcome and how many rows; never content, a query or a path. An
// issuer may use addresses as subjects: those are written as a hash, since logs hold no address.
import {createHash} from 'node:crypto';
import type {ServerResponse} from 'node:http';
import type {Claims} from '../../access/claims';
import {PUBLIC, ROUTE_ACCESS, type RouteKey} from '../../access/policy';
import type {Logger} from '../../platform/logger';

// What it reads by is no part of a URL.
const READ_BY_BODY: RouteKey = 'POST /subscriptions/search';
// Hands out addresses with what ends their subscriptions.
const RECIPIENTS: RouteKey = 'GET /subscriptions/recipients';

/** What one line is about. */
export interface AccessAttempt {
  /** Method and path template: `PATCH /inquiries/{id}`. */
  key: string;
  /** The scope that the route needs. */
  scope: string;
  claims: Claims;
  requestId: string;
}

/** The name of the line that a route leaves; undefined for public routes and for reads of rows and pages. */
export function auditEventOf(key: RouteKey): 'access.write' | 'access.export' | undefined {
  return ROUTE_ACCESS[key] === PUBLIC ? undefined : eventOf(key);
}

function eventOf(key: string): 'access.write' | 'access.export' | undefined {
  const [method = '', path = ''] = key.split(' ');
  if (path.endsWith('.csv') || path.startsWith('/subject-exports') || key === RECIPIENTS) return 'access.export';
  return method === 'GET' || key === READ_BY_BODY ? undefined : 'access.write';
}

/**
 * Logs the attempt once its answer is over, so that a stream has counted what it sent. `complete` is false when the
 * client went away before the end. A refusal by the rules (404, 409, 412 …) is an attempt like any other.
 */
export function auditAccess(
  response: ServerResponse,
  attempt: AccessAttempt,
  {counts, logger}: {counts: () => Readonly<Record<string, number>> | undefined; logger: Logger},
): void {
  const event = eventOf(attempt.key);
  if (!event) return;
  response.once('close', () => {
    const outcome = {status: response.statusCode, complete: response.writableFinished, counts: counts()};
    logger.info({...described(attempt), ...outcome}, event);
  });
}

/** Logs that a valid token without the scope asked for this route. */
export function auditDenial(attempt: AccessAttempt, logger: Logger): void {
  logger.info(described(attempt), 'access.denied');
}

function described({key, scope, claims, requestId}: AccessAttempt) {
  return {subject: loggedSubject(claims.subject), scope, route: key, requestId};
}

/** `sub` as it is, or `sha256:` and 16 hexadecimal digits of its hash when it could be an e-mail address. */
export function loggedSubject(subject: string): string {
  return subject.includes('@') ? `sha256:${createHash('sha256').update(subject).digest('hex').slice(0, 16)}` : subject;
}
