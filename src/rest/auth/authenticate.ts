// Bearer tokens on REST (RFC 6750): who calls, and whether the token has the scope. A smaller piece than
// @loopback/authentication and @loopback/authorization, and the same functions that the gateway asks.
import type {IncomingMessage} from 'node:http';
import type {Claims} from '../../access/claims';
import type {TokenVerifier} from '../../platform/token-verifier';
import {ProblemError} from '../problems/problem-error';

/**
 * The caller's claims. Throws ProblemError `unauthorized`, and UnavailableError when the key set cannot be had.
 */
export async function authenticate(request: IncomingMessage, verifyToken: TokenVerifier<Claims>): Promise<Claims> {
  const [scheme, token, ...rest] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) {
    throw unauthorized('Send a token: Authorization: Bearer <token>.', 'Bearer realm="outreach"');
  }
  const claims = await verifyToken(token);
  if (!claims)
    throw unauthorized('The token is not valid or has expired.', 'Bearer realm="outreach", error="invalid_token"');
  return claims;
}

/** Throws ProblemError `forbidden` when the claims lack the scope. */
export function authorize(claims: Claims, scope: string): void {
  if (claims.scopes.has(scope)) return;
  throw new ProblemError('forbidden', `The token needs the scope ${scope}.`, {
    headers: {'WWW-Authenticate': `Bearer realm="outreach", error="insufficient_scope", scope="${scope}"`},
  });
}

function unauthorized(detail: string, challenge: string): ProblemError {
  return new ProblemError('unauthorized', detail, {headers: {'WWW-Authenticate': challenge}});
}
