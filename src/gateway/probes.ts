// What the gateway answers to plain HTTP: liveness and readiness, and nothing else.
import type {IncomingMessage, ServerResponse} from 'node:http';

/** Answers `GET /live` and `GET /ready`; everything else is 404. Redis is reported and never decides. */
export function answerProbe(
  request: IncomingMessage,
  response: ServerResponse,
  {draining, subscribed}: {draining: boolean; subscribed: boolean},
): void {
  const path = request.url?.split('?')[0];
  response.setHeader('Content-Type', 'application/json; charset=utf-8').setHeader('Cache-Control', 'no-store');
  if (path === '/live') {
    response.end(JSON.stringify({status: 'live'}));
  } else if (path === '/ready') {
    response.statusCode = draining ? 503 : 200;
    const redis = subscribed ? 'up' : 'degraded';
    response.end(JSON.stringify({status: draining ? 'not-ready' : 'ready', draining, redis}));
  } else {
    response.statusCode = 404;
    response.setHeader('Content-Type', 'application/problem+json');
    response.end(JSON.stringify({type: '/problems/not-found', title: 'There is nothing here', status: 404}));
  }
}
