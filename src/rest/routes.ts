// Finds the endpoint of a request with LoopBack's router, or says which methods its path has.
import type {IncomingMessage} from 'node:http';
import type {HttpHandler, Request, ResolvedRoute} from '@loopback/rest';
import {ROUTE_ACCESS} from '../access/policy';
import {ProblemError} from '../contract/problem';
import {type Endpoint, findEndpoint} from './endpoint';
import {SERVER_WIDE_TARGET} from './http-server';

/** A route with what @endpoint declared of it. */
export interface FoundRoute {
  route: ResolvedRoute;
  found: Endpoint;
}

const FIXED_PATHS = new Set(Object.keys(ROUTE_ACCESS).map(key => key.split(' ')[1] ?? ''));
const KNOWN_VERBS = [...new Set(Object.keys(ROUTE_ACCESS).map(key => key.split(' ')[0] ?? ''))];

/** The routes of one HttpHandler; LoopBack makes another one when a controller comes or goes. */
export class Routes {
  // Of fixed paths only, so that there are few; the router copies all schemas of the API for each route that it finds.
  private readonly fixed = new Map<string, FoundRoute | undefined>();

  constructor(readonly handler: HttpHandler) {}

  /** Throws ProblemError `not-found`, and `method-not-allowed` with the header Allow. */
  find(request: IncomingMessage): FoundRoute {
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? ''); // node leaves a HEAD answer's body out
    const path = pathOf(request);
    const match = isMisleading(request, path) ? undefined : this.lookUp(method, path);
    if (match) return match;
    const methods = this.allowedMethods(request);
    throw new ProblemError('method-not-allowed', `Allowed here: ${methods}.`, {headers: {Allow: methods}});
  }

  /** The header Allow for OPTIONS. Throws ProblemError `not-found` when no method is allowed. */
  options(request: IncomingMessage): string {
    return request.url === SERVER_WIDE_TARGET ? toMethods(KNOWN_VERBS) : this.allowedMethods(request);
  }

  private allowedMethods(request: IncomingMessage): string {
    const path = pathOf(request);
    const allowed = isMisleading(request, path) ? [] : KNOWN_VERBS.filter(verb => this.lookUp(verb, path));
    if (allowed.length === 0) throw new ProblemError('not-found', 'There is no such path.');
    return toMethods(allowed);
  }

  private lookUp(method: string, path: string): FoundRoute | undefined {
    if (!FIXED_PATHS.has(path)) return this.ask(method, path);
    const key = `${method} ${path}`;
    if (!this.fixed.has(key) && KNOWN_VERBS.includes(method)) this.fixed.set(key, this.ask(method, path));
    return this.fixed.get(key);
  }

  private ask(method: string, path: string): FoundRoute | undefined {
    // The router reads these two only. For an unknown path it gives its catch-all route, which is no endpoint.
    const asked: Pick<Request, 'method' | 'path'> = {method, path};
    const route = this.handler.findRoute(asked as Request);
    const found = findEndpoint(route);
    // `PATCH /inquiries/count` is no change of an inquiry whose id is `count`.
    if (!found || (FIXED_PATHS.has(path) && route.path !== path)) return undefined;
    return {route, found};
  }
}

// RFC 9112, 3.2: a path with its query, or a whole URL as it is sent to proxies.
function pathOf({url = ''}: IncomingMessage): string {
  const end = url.search(/[?#]/);
  const whole = end < 0 ? url : url.slice(0, end);
  return whole.startsWith('/') ? whole : whole.replace(/^https?:\/\/[^/]*/i, '') || '/';
}

function toMethods(verbs: readonly string[]): string {
  return [...verbs.flatMap(verb => (verb === 'GET' ? ['GET', 'HEAD'] : [verb])), 'OPTIONS'].join(', ');
}

// The router takes slashes away, and finds in its tables what every object has, such as `constructor`.
function isMisleading({url = ''}: IncomingMessage, path: string): boolean {
  return url.startsWith('//') || path.includes('//') || path.split('/').some(part => part in Object.prototype);
}
