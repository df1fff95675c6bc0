// What LoopBack's sequences do with outreach's routes and answers: who calls is checked before the body is read, a Reply is
// written as on the direct path, and every error is a problem (RFC 9457).
import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import {
  asMiddleware,
  type HandlerContext,
  type Middleware,
  type Reject,
  type Response,
  RestBindings,
  RestMiddlewareGroups,
  RestTags,
  type Send,
  writeResultToResponse,
} from '@loopback/rest';
import {PlatformBindings} from '../../platform/keys';
import type {RateLimitedLog} from '../../platform/rate-limited-log';
import {requestIdOf} from '../http/common-headers';
import {RestGlueBindings} from '../server/keys';
import {writeProblem} from '../problems/problem-details';
import {Reply, writeReply} from '../http/reply';
import type {OutreachRestServer} from '../server/rest-server';
import {isChecked} from './scoped-route';

/** In LoopBack's group `authentication`: after the route is found and before the input is parsed. */
@injectable(
  asMiddleware({
    chain: RestTags.REST_MIDDLEWARE_CHAIN,
    group: RestMiddlewareGroups.AUTHENTICATION,
    upstreamGroups: RestMiddlewareGroups.FIND_ROUTE,
    downstreamGroups: RestMiddlewareGroups.PARSE_PARAMS,
  }),
  {scope: BindingScope.SINGLETON},
)
export class AuthenticationMiddleware implements Provider<Middleware> {
  value(): Middleware {
    return async (context, next) => {
      const route = await context.get(RestBindings.Operation.ROUTE);
      if (isChecked(route)) await route.admit(context);
      return next();
    };
  }
}

@injectable({scope: BindingScope.SINGLETON})
export class ReplySender implements Provider<Send> {
  constructor(@inject(PlatformBindings.RATE_LIMITED_LOG) private readonly log: RateLimitedLog) {}

  value(): Send {
    return (response, result) => {
      if (result instanceof Reply && !response.headersSent) void this.send(response, result);
      else writeResultToResponse(response, result);
    };
  }

  // LoopBack does not wait for it.
  private async send(response: Response, reply: Reply): Promise<void> {
    try {
      await writeReply(response, reply);
    } catch (error) {
      writeProblem(error, {response, requestId: requestIdOf(response), log: this.log});
    }
  }
}

@injectable({scope: BindingScope.SINGLETON})
export class ProblemRejecter implements Provider<Reject> {
  constructor(
    @inject(PlatformBindings.RATE_LIMITED_LOG) private readonly log: RateLimitedLog,
    @inject(RestGlueBindings.SERVER) private readonly server: OutreachRestServer,
  ) {}

  value(): Reject {
    return ({request, response}: HandlerContext, error) => {
      const {routes} = this.server;
      // LoopBack's text for a path without a route quotes it, and knows no other methods.
      const isUnrouted = (error as {statusCode?: number} | undefined)?.statusCode === 404 && !routes.find(request);
      writeProblem(isUnrouted ? routes.refusal(request) : error, {
        response,
        requestId: requestIdOf(response),
        log: this.log,
      });
    };
  }
}
