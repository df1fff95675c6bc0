// The lean sequence: find the route, authenticate, parse by zod, invoke through LoopBack (so that interceptors
// work), write JSON. A singleton without the per-request chain of actions and AJV.
import {BindingScope, inject, injectable} from '@loopback/core';
import {
  type HttpHandler,
  type Request,
  type RequestContext,
  type ResolvedRoute,
  RestBindings,
  type SequenceHandler,
} from '@loopback/rest';
import {ROUTE_ACCESS} from '../contract/access';
import {ProblemError} from '../contract/problem';
import {PlatformBindings} from '../platform/keys';
import type {Logger} from '../platform/logger';
import type {TokenVerifier} from '../platform/token-verifier';
import {authenticate} from './authenticate';
import type {Edge} from './edge';
import {type Endpoint, findEndpoint} from './endpoint';
import {readInput} from './input';
import {RestGlueBindings} from './keys';
import {writeProblem} from './problem-details';
import {writeReply} from './reply';

@injectable({scope: BindingScope.SINGLETON})
export class OutreachSequence implements SequenceHandler {
  constructor(
    @inject(RestGlueBindings.EDGE) private readonly edge: Edge,
    @inject(RestGlueBindings.VERIFY_TOKEN) private readonly verifyToken: TokenVerifier,
    @inject.getter(RestBindings.HANDLER) private readonly getHandler: () => Promise<HttpHandler>,
    @inject(PlatformBindings.LOGGER) private readonly logger: Logger,
  ) {}

  async handle(context: RequestContext): Promise<void> {
    const {request, response} = context;
    try {
      if (!this.edge(request, response)) return;
      const {route, found} = findRoute(await this.getHandler(), request);
      const claims = await authenticate(request, found.key, this.verifyToken);
      const input = await readInput(request, route.pathParams, found.options);
      route.updateBindings(context);
      writeReply(response, await route.invokeHandler(context, [{...input, claims}]));
    } catch (error) {
      writeProblem(error, {response, requestId: String(response.getHeader('X-Request-Id')), logger: this.logger});
    }
  }
}

interface FoundRoute {
  route: ResolvedRoute;
  found: Endpoint;
}

function findRoute(handler: HttpHandler, request: Request): FoundRoute {
  if (isMisleading(request)) throw new ProblemError('not-found', 'There is no such path.');
  const method = request.method === 'HEAD' ? 'GET' : request.method; // node leaves the body out of a HEAD answer
  const match = lookUp(handler, method, request.path);
  if (match) return match;
  const verbs = [...new Set(Object.keys(ROUTE_ACCESS).map(key => key.split(' ')[0] ?? ''))];
  const allowed = verbs.filter(verb => lookUp(handler, verb, request.path));
  if (allowed.length === 0) throw new ProblemError('not-found', 'There is no such path.');
  const methods = allowed.flatMap(verb => (verb === 'GET' ? ['GET', 'HEAD'] : [verb])).join(', ');
  throw new ProblemError('method-not-allowed', `Allowed here: ${methods}.`, {headers: {Allow: methods}});
}

// Express and the router take slashes away, and the router finds in its tables what every object has, such as
// `constructor`.
function isMisleading({originalUrl, path}: Request): boolean {
  return originalUrl.startsWith('//') || path.includes('//') || path.split('/').some(part => part in Object.prototype);
}

function lookUp(handler: HttpHandler, method: string, path: string): FoundRoute | undefined {
  // The router reads these two only. For an unknown path it gives its catch-all route, which is no endpoint.
  const asked: Pick<Request, 'method' | 'path'> = {method, path};
  const route = handler.findRoute(asked as Request);
  const found = findEndpoint(route);
  return found && {route, found};
}
