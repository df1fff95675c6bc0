// Authenticates, authorizes and audits the calls of routes that need a scope: outreach's own, by the access table, and a
// consumer's whose operation has `x-scope`.
import {BindingKey, BindingScope, inject, injectable} from '@loopback/core';
import type {MiddlewareContext} from '@loopback/rest';
import type {Claims} from '../../access/claims';
import {PlatformBindings} from '../../platform/keys';
import type {Logger} from '../../platform/logger';
import type {TokenVerifier} from '../../platform/token-verifier';
import {auditAccess, auditDenial} from '../auth/audit-log';
import {authenticate, authorize} from '../auth/authenticate';
import {requestIdOf} from '../http/common-headers';
import {RestGlueBindings} from '../server/keys';
import type {NodeHandlerContext} from '../server/http-server';

/** What is checked: the name of a route in the log, and the scope that it needs. */
export interface GuardedRoute {
  /** Method and path template: `PATCH /inquiries/{id}`. */
  key: string;
  scope: string;
}

/** A call that was let in. */
export interface Grant {
  claims: Claims;
  /** How many rows were changed, deleted or handed out; set it before the answer is over, for the audit. */
  counts?: Readonly<Record<string, number>>;
}

@injectable({scope: BindingScope.SINGLETON})
export class AccessGuard {
  private readonly grants = new WeakMap<MiddlewareContext, Grant>();

  constructor(
    @inject(RestGlueBindings.VERIFY_TOKEN) private readonly verifyToken: TokenVerifier<Claims>,
    @inject(PlatformBindings.LOGGER) private readonly logger: Logger,
  ) {}

  /** Throws ProblemError `unauthorized` and `forbidden`, and UnavailableError when the key set cannot be had. */
  async admit({key, scope}: GuardedRoute, {request, response}: NodeHandlerContext): Promise<Grant> {
    response.setHeader('Cache-Control', 'no-store'); // what a token opens is not kept
    const claims = await authenticate(request, this.verifyToken);
    const attempt = {key, scope, claims, requestId: requestIdOf(response)};
    try {
      authorize(claims, scope);
    } catch (error) {
      auditDenial(attempt, this.logger);
      throw error;
    }
    const grant: Grant = {claims};
    auditAccess(response, attempt, {counts: () => grant.counts, logger: this.logger});
    return grant;
  }

  /** Like `admit`, once for each request's context, to which it binds the claims. */
  async admitOnce(route: GuardedRoute, context: MiddlewareContext): Promise<Grant> {
    const known = this.grants.get(context);
    if (known) return known;
    const grant = await this.admit(route, context);
    this.grants.set(context, grant);
    context.bind(RestGlueBindings.CLAIMS).to(grant.claims);
    return grant;
  }
}

export const ACCESS_GUARD = BindingKey.create<AccessGuard>('outreach.rest.access-guard');
