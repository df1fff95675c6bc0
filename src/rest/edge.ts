// What every answer gets before a route is looked at: a request id, security headers, CORS from the exact list.
import {randomUUID} from 'node:crypto';
import type {Request, Response} from '@loopback/rest';
import cors from 'cors';
import helmet from 'helmet';

/** Prepares the response; false when it is complete already (a CORS preflight). */
export type Edge = (request: Request, response: Response) => boolean;

const EXPOSED_HEADERS = ['Link', 'Location', 'X-Total-Count', 'X-Request-Id', 'Retry-After'];

/** `allowedOrigins` are exact; credentials are never allowed, since tokens travel in a header. */
export function createEdge({allowedOrigins}: {allowedOrigins: readonly string[]}): Edge {
  const secure = helmet({
    contentSecurityPolicy: {useDefaults: false, directives: {defaultSrc: ["'none'"], frameAncestors: ["'none'"]}},
    crossOriginResourcePolicy: {policy: 'cross-origin'}, // CORS says who may read; this must not forbid it again
  });
  const share = cors({
    origin: [...allowedOrigins],
    methods: ['GET', 'HEAD', 'POST'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'X-Request-Id'],
    exposedHeaders: EXPOSED_HEADERS,
    credentials: false,
    maxAge: 600,
  });
  return (request, response) => {
    response.setHeader('X-Request-Id', requestIdOf(request));
    let proceed = false;
    // Both call back before they return; cors does not when it answers a preflight itself.
    secure(request, response, () => share(request, response, () => (proceed = true)));
    return proceed;
  };
}

// A caller's own id is kept when it is a plain token, so that one request can be followed through every hop.
function requestIdOf(request: Request): string {
  const sent = request.headers['x-request-id'];
  return typeof sent === 'string' && /^[\w.-]{8,64}$/.test(sent) ? sent : randomUUID();
}
