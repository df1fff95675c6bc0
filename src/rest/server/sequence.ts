// The lean sequence: find the route, authenticate, parse by zod, invoke the controller (through LoopBack where an
// interceptor applies), write JSON. A singleton without the per-request chain of actions and AJV. What it does not
// serve, a consumer's middleware and routes, is handed over to LoopBack.
import {
  BindingKey,
  BindingScope,
  type Context,
  ContextTags,
  type ContextView,
  filterByTag,
  inject,
  injectable,
  service,
} from '@loopback/core';
import type {RequestContext} from '@loopback/rest';
import type {z} from 'zod';
import {PUBLIC, ROUTE_ACCESS} from '../../access/policy';
import {ProblemError} from '../problems/problem-error';
import {PlatformBindings} from '../../platform/keys';
import type {RateLimitedLog} from '../../platform/rate-limited-log';
import {ACCESS_GUARD, type AccessGuard, type Grant} from '../loopback/access-guard';
import {enterBasePath} from '../loopback/base-path';
import {type CommonHeaders, giveRequestId, isPreflight, requestIdOf} from '../http/common-headers';
import type {DeclaredOperation} from './operation';
import type {OperationRoute, SharedController} from '../loopback/operation-route';
import {hiddenFieldsSchema, readInput} from '../http/input';
import {RestGlueBindings} from './keys';
import {writeProblem} from '../problems/problem-details';
import {Reply, writeReply} from '../http/reply';
import type {NodeHandlerContext} from './http-server';
import type {Routes} from './routes';
import type {Submission, SubmissionLimiter} from './submission-limiter';
import {SubmissionGuards} from '../../services/guards/submission-guards';

const NO_PATH = 'There is no such path.';

/** What the sequence asks of its server, which is LoopBack's and a context too. */
export interface DirectServer extends Pick<Context, 'createView' | 'get'> {
  /** A context as LoopBack makes one for each request. */
  createContext(handlerContext: NodeHandlerContext): RequestContext;
  readonly basePathname: string;
  readonly routes: Routes;
  readonly isExtended: boolean;
  readonly hasExpressRoutes: boolean;
  handOver(handlerContext: NodeHandlerContext): Promise<void>;
}

@injectable({scope: BindingScope.SINGLETON})
export class OutreachSequence {
  private readonly globalInterceptors: ContextView;
  private readonly hiddenFields: z.ZodObject;

  constructor(
    @inject(RestGlueBindings.COMMON_HEADERS) private readonly setCommonHeaders: CommonHeaders,
    @inject(ACCESS_GUARD) private readonly guard: AccessGuard,
    @inject(RestGlueBindings.SERVER) private readonly server: DirectServer,
    @inject(PlatformBindings.RATE_LIMITED_LOG) private readonly rateLimitedLog: RateLimitedLog,
    @inject(RestGlueBindings.SUBMISSION_LIMITER) private readonly submissions: SubmissionLimiter,
    @service(SubmissionGuards) guards: SubmissionGuards,
  ) {
    this.hiddenFields = hiddenFieldsSchema(guards.fields);
    this.globalInterceptors = server.createView(filterByTag(ContextTags.GLOBAL_INTERCEPTOR));
  }

  /** Answers the request, whatever happens; never rejects. */
  async handle(handlerContext: NodeHandlerContext): Promise<void> {
    const {request, response} = handlerContext;
    const requestId = giveRequestId(request, response);
    try {
      this.setCommonHeaders(request, response);
      if (this.server.basePathname !== '' && !enterBasePath(request, this.server.basePathname)) {
        throw new ProblemError('not-found', NO_PATH);
      }
      if (request.method === 'OPTIONS' && (await this.answerOptions(handlerContext))) return;
      const route = this.server.routes.findOwn(request);
      if (!route || this.server.isExtended) {
        await this.handOver(handlerContext, route);
        return;
      }
      const {scope} = route;
      const grant = scope === undefined ? undefined : await this.guard.admit({key: route.key, scope}, handlerContext);
      await writeReply(response, await this.call(route, handlerContext, {grant}));
    } catch (error) {
      writeProblem(error, {response, requestId, log: this.rateLimitedLog});
    }
  }

  /**
   * Calls an operation whose caller was let in; what is no Reply becomes one. `context` is the request's where LoopBack's
   * sequence has made one.
   */
  async call(
    route: OperationRoute,
    {request, response}: NodeHandlerContext,
    {grant, context}: {grant: Grant | undefined; context?: RequestContext},
  ): Promise<Reply> {
    const {operation, pathParams} = route;
    const {basePathname} = this.server;
    let submission: Submission | undefined;
    try {
      if (isSubmission(operation)) submission = this.submissions.begin(request, operation.options);
      const enter = submission && ((bytes: number) => submission?.enter(bytes));
      const hidden = operation.options.isGuarded ? this.hiddenFields : undefined;
      const {sent, ...read} = await readInput(request, {...operation.options, pathParams, enter, hidden});
      const input = {
        ...read,
        sender: hidden &&
          submission && {client: submission.client, attempts: submission.attempts, turn: submission, ...sent},
        client: operation.options.knowsClient ? this.submissions.clientOf(request) : undefined,
        claims: grant?.claims,
        requestId: requestIdOf(response),
      };
      if (basePathname !== '') input.target = basePathname + input.target;
      const result = await this.invoke(route, input, {handlerContext: {request, response}, context});
      const reply = result instanceof Reply ? result : new Reply(200, result);
      if (grant) grant.counts = reply.audit;
      return basePathname === '' ? reply : under(basePathname, reply);
    } finally {
      submission?.leave();
    }
  }

  // The controller's result; its method gets `input` alone. Directly where no interceptor applies and requests share the
  // controller, and otherwise through a request's context, as LoopBack does. Which of the two is known without asking:
  // LoopBack would look for interceptors at each call.
  private async invoke(
    route: OperationRoute,
    input: unknown,
    {handlerContext, context}: {handlerContext: NodeHandlerContext; context: RequestContext | undefined},
  ): Promise<unknown> {
    if (context) return route.documented.invokeHandler(context, [input]);
    if (this.globalInterceptors.bindings.length > 0 || route.needsContext) {
      const made = this.server.createContext(handlerContext);
      route.updateBindings(made);
      return route.documented.invokeHandler(made, [input]);
    }
    const {controller, methodName} = route.operation;
    route.controller ??= await this.server.get<SharedController>(`controllers.${controller.name}`);
    return route.controller[methodName]?.(input);
  }

  // Preflights are answered here for every path; false: what a consumer added may know more of this path.
  private async answerOptions(handlerContext: NodeHandlerContext): Promise<boolean> {
    const {request, response} = handlerContext;
    if (!isPreflight(request)) {
      const methods = this.server.routes.allowed(request);
      if (methods === undefined) {
        if (this.server.isExtended || this.server.hasExpressRoutes) return false;
        throw new ProblemError('not-found', NO_PATH);
      }
      response.setHeader('Allow', methods);
    }
    await writeReply(response, new Reply(204));
    return true;
  }

  private async handOver(handlerContext: NodeHandlerContext, own: OperationRoute | undefined): Promise<void> {
    const {server} = this;
    const {request, response} = handlerContext;
    const isServed = server.isExtended || server.hasExpressRoutes || server.routes.hasOther(request);
    // Express takes the first of two slashes away, and so finds other paths than ours.
    if (!isServed || request.url?.startsWith('//')) throw server.routes.refusal(request);
    // Ours is for answers that no browser shows; a page of a consumer's has scripts and styles.
    if (!own) response.removeHeader('Content-Security-Policy');
    await server.handOver(handlerContext);
  }
}

/** Answers the requests that need nothing of LoopBack's sequences. */
export const SEQUENCE = BindingKey.create<OutreachSequence>('outreach.rest.sequence');

// What visitors send without a token: the routes that anybody can flood with work for PostgreSQL.
function isSubmission({key, options}: DeclaredOperation): boolean {
  return ROUTE_ACCESS[key] === PUBLIC && options.body !== undefined;
}

// A path of this API in Location is one below the base path. What else the reply is, it stays.
function under(basePath: string, reply: Reply): Reply {
  const {Location: path} = reply.headers;
  if (!path?.startsWith('/')) return reply;
  return Object.create(reply, {headers: {value: {...reply.headers, Location: basePath + path}}}) as Reply;
}
