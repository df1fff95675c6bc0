// What the gateway answers to plain HTTP: liveness and readiness, and nothing else.
import type {IncomingMessage, ServerResponse} from 'node:http';
import {LIVE, type ReadinessReport} from '../platform/metrics';

/** What `GET /ready` says. Redis is reported and never decides. */
export interface GatewayReadiness extends ReadinessReport {
  draining: boolean;
  redis: 'up' | 'degraded';
}

/** Answers `GET /live` and `GET /ready`; everything else is 404. */
export function answerProbe(request: IncomingMessage, response: ServerResponse, readiness: GatewayReadiness): void {
  const path = request.url?.split('?')[0];
  response.setHeader('Content-Type', 'application/json; charset=utf-8').setHeader('Cache-Control', 'no-store');
  if (path === '/live') {
    response.end(JSON.stringify(LIVE));
  } else if (path === '/ready') {
    response.statusCode = readiness.status === 'ready' ? 200 : 503;
    response.end(JSON.stringify(readiness));
  } else {
    response.statusCode = 404;
    response.setHeader('Content-Type', 'application/problem+json');
    response.end(JSON.stringify({type: '/problems/not-found', title: 'There is nothing here', status: 404}));
  }
}
