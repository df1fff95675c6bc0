// Which route answers a request. outreach's own are found first, in a table that nothing of a consumer's gets into; then
// those that a consumer added: controllers, routes, redirects. LoopBack's router asks here too (RestBindings.ROUTER).
import type {IncomingMessage} from 'node:http';
import {
  compareRoute,
  type Request,
  type ResolvedRoute,
  type RestRouter,
  type RouteEntry,
  TrieRouter,
} from '@loopback/rest';
import {ROUTE_ACCESS} from '../../access/policy';
import {ProblemError} from '../problems/problem-error';
import type {AccessGuard} from '../loopback/access-guard';
import {findOperation} from './operation';
import type {OperationRoute} from '../loopback/operation-route';
import {SERVER_WIDE_TARGET} from './http-server';
import {ScopedRoute} from '../loopback/scoped-route';

const FIXED_PATHS = new Set(Object.keys(ROUTE_ACCESS).map(key => key.split(' ')[1] ?? ''));
// A path of more parts is none of ours: looking for it would cost the router a step for each. One more is a last slash.
const MOST_PARTS = 1 + Math.max(...[...FIXED_PATHS].map(path => path.split('/').length));
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));
const OWN_VERBS = [...new Set(Object.keys(ROUTE_ACCESS).map(key => key.split(' ')[0] ?? ''))];

export interface RoutesOptions {
  own: readonly OperationRoute[];
  /** Empty; LoopBack adds the routes of a consumer. */
  others?: RestRouter | undefined;
  guard: () => AccessGuard;
}

/** The routes of one HttpHandler; LoopBack makes another one when a controller or route comes or goes. */
export class Routes implements RestRouter {
  private readonly own = new TrieRouter();
  private readonly ownList: readonly OperationRoute[];
  private readonly others: RestRouter;
  private readonly guard: () => AccessGuard;
  /** Of fixed paths only, so that there are few. */
  private readonly fixed = new Map<string, OperationRoute | undefined>();
  /** A consumer's fixed paths, which come before a variable one of outreach's: `GET /inquiries/summary`. */
  private readonly othersFixed = new Set<string>();
  private readonly verbs = new Set(OWN_VERBS);
  private hasOthers = false;

  constructor({own, others = new TrieRouter(), guard}: RoutesOptions) {
    for (const route of own) this.own.add(route);
    this.ownList = own;
    this.others = others;
    this.guard = guard;
  }

  /** LoopBack adds every route. Those of outreach are here already, and what another class declares there is left out. */
  add(route: RouteEntry): void {
    if (findOperation(route)) return;
    this.hasOthers = true;
    const scope = route.spec['x-scope'] as string | undefined; // what is no text is a scope that nobody has
    this.others.add(scope === undefined ? route : new ScopedRoute(route, scope, this.guard));
    const verb = route.verb.toUpperCase();
    this.verbs.add(verb);
    if (!route.path.includes('{')) this.othersFixed.add(`${verb} ${withoutLastSlash(route.path)}`);
  }

  /** For LoopBack's sequences; undefined where only an Express router or a static file can answer. */
  find({method, path}: Pick<Request, 'method' | 'path'>): ResolvedRoute | undefined {
    if (isMisleading(path)) return undefined;
    return this.ownRoute(withoutHead(method), path) ?? this.other(method, path);
  }

  /** All of them, as the OpenAPI document has them. */
  list(): RouteEntry[] {
    return [...this.ownList.map(({documented}) => documented).sort(compareRoute), ...this.others.list()];
  }

  /** The operation of a request; undefined when it is for none of outreach's own routes. */
  findOwn(request: IncomingMessage): OperationRoute | undefined {
    const verb = withoutHead(request.method ?? '');
    return this.fixed.get(`${verb} ${request.url}`) ?? this.findOwnOf(verb, pathOf(request)); // most have no query
  }

  /** As `findOwn`, for a verb in capitals and a path without a query. */
  findOwnOf(verb: string, path: string): OperationRoute | undefined {
    return isMisleading(path) ? undefined : this.ownRoute(verb, path);
  }

  /** Is there a route that a consumer added? */
  hasOther(request: IncomingMessage): boolean {
    const path = pathOf(request);
    return !isMisleading(path) && this.other(request.method ?? '', path) !== undefined;
  }

  /** The header Allow for OPTIONS; undefined when the path has no route. */
  allowed(request: IncomingMessage): string | undefined {
    if (request.method === 'OPTIONS' && request.url === SERVER_WIDE_TARGET) return toMethods([...this.verbs]);
    const path = pathOf(request);
    const verbs = isMisleading(path) ? [] : [...this.verbs].filter(method => this.find({method, path}));
    return verbs.length === 0 ? undefined : toMethods(verbs);
  }

  /** Why no route answers: `not-found`, or `method-not-allowed` with the header Allow. */
  refusal(request: IncomingMessage): ProblemError {
    const methods = this.allowed(request);
    if (methods === undefined) return new ProblemError('not-found', 'There is no such path.');
    return new ProblemError('method-not-allowed', `Allowed here: ${methods}.`, {headers: {Allow: methods}});
  }

  private ownRoute(verb: string, path: string): OperationRoute | undefined {
    if (!FIXED_PATHS.has(path)) {
      return this.othersFixed.has(`${verb} ${withoutLastSlash(path)}`) ? undefined : this.lookUp(verb, path);
    }
    const key = `${verb} ${path}`;
    if (!this.fixed.has(key) && OWN_VERBS.includes(verb)) this.fixed.set(key, this.lookUp(verb, path));
    return this.fixed.get(key);
  }

  private lookUp(method: string, path: string): OperationRoute | undefined {
    if (path.split('/', MOST_PARTS + 1).length > MOST_PARTS) return undefined;
    const asked: Pick<Request, 'method' | 'path'> = {method, path}; // the router reads these two only
    const route = this.own.find(asked as Request) as OperationRoute | undefined; // no others were added
    // `PATCH /inquiries/count` is no change of an inquiry whose id is `count`.
    return route && FIXED_PATHS.has(path) && route.path !== path ? undefined : route;
  }

  private other(method: string, path: string): ResolvedRoute | undefined {
    if (!this.hasOthers) return undefined;
    const asked: Pick<Request, 'method' | 'path'> = {method, path}; // as above
    const found = this.others.find(asked as Request);
    if (found || method !== 'HEAD') return found;
    asked.method = 'GET';
    return this.others.find(asked as Request);
  }
}

// RFC 9112, 3.2: a path with its query, or a whole URL as it is sent to proxies.
function pathOf({url = ''}: IncomingMessage): string {
  const end = url.search(/[?#]/);
  const whole = end < 0 ? url : url.slice(0, end);
  return whole.startsWith('/') ? whole : whole.replace(/^https?:\/\/[^/]*/i, '') || '/';
}

// Node leaves the body of an answer to HEAD out.
function withoutHead(method: string): string {
  return method === 'HEAD' ? 'GET' : method;
}

function withoutLastSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

function toMethods(verbs: readonly string[]): string {
  const all = verbs.flatMap(verb => (verb === 'GET' ? ['GET', 'HEAD'] : [verb]));
  return [...new Set([...all, 'OPTIONS'])].join(', ');
}

// The router takes slashes away, and finds in its tables what every object has, such as `constructor`.
function isMisleading(path: string): boolean {
  return path.includes('//') || path.split('/').some(part => INHERITED.has(part));
}
