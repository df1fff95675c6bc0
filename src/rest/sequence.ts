// The lean sequence: find the route, authenticate, parse by zod, invoke the controller (through LoopBack where an
// interceptor applies), write JSON. A singleton without the per-request chain of actions and AJV.
import {BindingScope, inject, injectable} from '@loopback/core';
import type {SequenceHandler} from '@loopback/rest';
import type {Claims} from '../access/claims';
import {PUBLIC, ROUTE_ACCESS} from '../access/policy';
import {PlatformBindings} from '../platform/keys';
import type {Logger} from '../platform/logger';
import type {RateLimitedLog} from '../platform/rate-limited-log';
import type {TokenVerifier} from '../platform/token-verifier';
import {auditAccess, auditDenial} from './access-log';
import {authenticate, authorize} from './authenticate';
import {type Edge, giveRequestId, isPreflight} from './edge';
import type {Endpoint} from './endpoint';
import {readInput} from './input';
import {Invoker} from './invoke';
import {RestGlueBindings} from './keys';
import {writeProblem} from './problem-details';
import {Reply, writeReply} from './reply';
import type {Exchange, OutreachRestServer} from './rest-server';
import {Routes} from './routes';
import type {Submission, SubmissionLimiter} from './submission-limiter';

/** What is looked at when the answer is over. */
interface Outcome {
  result?: unknown;
}

@injectable({scope: BindingScope.SINGLETON})
export class OutreachSequence implements SequenceHandler {
  private readonly invoker: Invoker;
  private knownRoutes: Routes | undefined;

  constructor(
    @inject(RestGlueBindings.EDGE) private readonly edge: Edge,
    @inject(RestGlueBindings.VERIFY_TOKEN) private readonly verifyToken: TokenVerifier<Claims>,
    @inject(RestGlueBindings.SERVER) private readonly server: OutreachRestServer,
    @inject(PlatformBindings.LOGGER) private readonly logger: Logger,
    @inject(PlatformBindings.RATE_LIMITED_LOG) private readonly rateLimitedLog: RateLimitedLog,
    @inject(RestGlueBindings.SUBMISSION_LIMITER) private readonly submissions: SubmissionLimiter,
  ) {
    this.invoker = new Invoker(server);
  }

  /** Answers the request, whatever happens; never rejects. */
  async handle({request, response}: Exchange): Promise<void> {
    const requestId = giveRequestId(request, response);
    let submission: Submission | undefined;
    try {
      this.edge(request, response);
      if (request.method === 'OPTIONS') {
        if (!isPreflight(request)) response.setHeader('Allow', this.routes.options(request));
        await writeReply(response, new Reply(204));
        return;
      }
      const route = this.routes.find(request);
      const {found} = route;
      const outcome: Outcome = {};
      const claims = await this.admit({request, response, requestId}, found, outcome);
      if (isSubmission(found)) submission = this.submissions.begin(request);
      const enter = submission && ((bytes: number) => submission?.enter(bytes));
      const input = await readInput(request, route.route.pathParams, found.options, enter);
      outcome.result = await this.invoker.invoke(route, {...input, claims, requestId}, {request, response});
      await writeReply(response, outcome.result);
    } catch (error) {
      writeProblem(error, {response, requestId, log: this.rateLimitedLog});
    } finally {
      submission?.leave();
    }
  }

  private get routes(): Routes {
    const handler = this.server.httpHandler;
    if (this.knownRoutes?.handler !== handler) this.knownRoutes = new Routes(handler);
    return this.knownRoutes;
  }

  // Authentication, authorization and their audit.
  private async admit(
    {request, response, requestId}: Exchange & {requestId: string},
    {key}: Endpoint,
    outcome: Outcome,
  ): Promise<Claims | undefined> {
    if (ROUTE_ACCESS[key] === PUBLIC) return undefined;
    response.setHeader('Cache-Control', 'no-store'); // what a token opens is not kept
    const claims = await authenticate(request, this.verifyToken);
    const attempt = {key, claims, requestId};
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

// What visitors send without a token: the routes that anybody can flood with work for PostgreSQL.
function isSubmission({key, options}: Endpoint): boolean {
  return ROUTE_ACCESS[key] === PUBLIC && options.body !== undefined;
}
