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
import {type Claims, PUBLIC, ROUTE_ACCESS} from '../contract/access';
import {ProblemError} from '../contract/problem';
import {PlatformBindings} from '../platform/keys';
import type {Logger} from '../platform/logger';
import type {TokenVerifier} from '../platform/token-verifier';
import {auditAccess, auditDenial} from './access-log';
import {authenticate, authorize} from './authenticate';
import {type Edge, isPreflight} from './edge';
import {type Endpoint, findEndpoint} from './endpoint';
import {SERVER_WIDE_TARGET} from './http-server';
import {readInput} from './input';
import {RestGlueBindings} from './keys';
import {writeProblem} from './problem-details';
import {Reply, writeReply} from './reply';

const FIXED_PATHS = new Set(Object.keys(ROUTE_ACCESS).map(key => key.split(' ')[1] ?? ''));
const KNOWN_VERBS = [...new Set(Object.keys(ROUTE_ACCESS).map(key => key.split(' ')[0] ?? ''))];

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
      this.edge(request, response);
      const handler = await this.getHandler();
      if (request.method === 'OPTIONS') {
        await writeReply(
          response,
          new Reply(204, undefined, isPreflight(request) ? {} : {Allow: optionsOf(handler, request)}),
        );
        return;
      }
      const {route, found} = findRoute(handler, request);
      const outcome: {result?: unknown} = {};
      const claims = await this.admit(context, found, outcome);
      const input = await readInput(request, route.pathParams, found.options);
      route.updateBindings(context);
      const requestId = String(response.getHeader('X-Request-Id'));
      outcome.result = await route.invokeHandler(context, [{...input, claims, requestId}]);
      await writeReply(response, outcome.result);
    } catch (error) {
      writeProblem(error, {response, requestId: String(response.getHeader('X-Request-Id')), logger: this.logger});
    }
  }

  // Authentication, authorization and their audit. `outcome` is looked at when the answer is over.
  private async admit(
    {request, response}: RequestContext,
    {key}: Endpoint,
    outcome: {result?: unknown},
  ): Promise<Claims | undefined> {
    if (ROUTE_ACCESS[key] !== PUBLIC) response.setHeader('Cache-Control', 'no-store'); // what a token opens is not kept
    const claims = await authenticate(request, key, this.verifyToken);
    if (!claims) return undefined;
    const attempt = {key, claims, requestId: String(response.getHeader('X-Request-Id'))};
    try {
      authorize(claims, key);
    } catch (error) {
      auditDenial(attempt, this.logger);
      throw error;
    }
    const counts = () => (outcome.result instanceof Reply ? outcome.result.audit : undefined);
    auditAccess(response, attempt, {counts, logger: this.logger});
    return claims;
  }
}

interface FoundRoute {
  route: ResolvedRoute;
  found: Endpoint;
}

function findRoute(handler: HttpHandler, request: Request): FoundRoute {
  const method = request.method === 'HEAD' ? 'GET' : request.method; // node leaves the body out of a HEAD answer
  const match = isMisleading(request) ? undefined : lookUp(handler, method, request.path);
  if (match) return match;
  const methods = allowedMethods(handler, request);
  throw new ProblemError('method-not-allowed', `Allowed here: ${methods}.`, {headers: {Allow: methods}});
}

function optionsOf(handler: HttpHandler, request: Request): string {
  return request.originalUrl === SERVER_WIDE_TARGET ? toMethods(KNOWN_VERBS) : allowedMethods(handler, request);
}

/** Throws ProblemError `not-found` when no method is allowed. */
function allowedMethods(handler: HttpHandler, request: Request): string {
  const allowed = isMisleading(request) ? [] : KNOWN_VERBS.filter(verb => lookUp(handler, verb, request.path));
  if (allowed.length === 0) throw new ProblemError('not-found', 'There is no such path.');
  return toMethods(allowed);
}

function toMethods(verbs: readonly string[]): string {
  return [...verbs.flatMap(verb => (verb === 'GET' ? ['GET', 'HEAD'] : [verb])), 'OPTIONS'].join(', ');
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
  // `PATCH /inquiries/count` is no change of an inquiry whose id is `count`.
  if (!found || (FIXED_PATHS.has(path) && route.path !== path)) return undefined;
  return {route, found};
}
