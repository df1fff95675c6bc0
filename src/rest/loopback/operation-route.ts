// The route of an operation, as LoopBack's router and sequences know routes. It checks its caller and parses its input
// itself, by the access table and zod, so that every sequence that calls it does.
import {
  BindingScope,
  type Constructor,
  INTERCEPT_CLASS_KEY,
  INTERCEPT_METHOD_KEY,
  MetadataInspector,
} from '@loopback/core';
import type {ControllerRoute, MiddlewareContext, OperationObject, RequestContext, ResolvedRoute} from '@loopback/rest';
import {PUBLIC, ROUTE_ACCESS} from '../../access/policy';
import type {AccessGuard, Grant} from './access-guard';
import type {DeclaredOperation} from '../server/operation';

/** What a route needs, known once the application starts. */
export interface OperationServices {
  guard: AccessGuard;
  sequence: {
    call: (
      route: OperationRoute,
      context: RequestContext,
      more: {grant: Grant | undefined; context: RequestContext},
    ) => Promise<unknown>;
  };
}

export interface OperationRouteOptions {
  operation: DeclaredOperation;
  /** LoopBack's route to the same method. */
  route: ControllerRoute<object>;
  /** How the controller is bound. */
  scope: BindingScope;
  controller: Constructor<unknown>;
  services: () => OperationServices;
}

/** Nothing that LoopBack would parse, coerce or validate. */
const NOTHING_TO_PARSE: OperationObject = {responses: {}};
// Controllers in other scopes may need what only a request's context has.
const SHARED = new Set<BindingScope>([BindingScope.SINGLETON, BindingScope.APPLICATION, BindingScope.SERVER]);

/** A controller that requests share, by the names of its methods. */
export type SharedController = Record<string, (input: unknown) => Promise<unknown>>;

export class OperationRoute implements ResolvedRoute {
  readonly verb: string;
  readonly path: string;
  readonly spec = NOTHING_TO_PARSE;
  readonly pathParams: Record<string, unknown> = {}; // LoopBack's router gives each request its own
  readonly schemas = {};
  readonly operation: DeclaredOperation;
  /** The route with the whole operation, for the OpenAPI document and for LoopBack's `invokeHandler`. */
  readonly documented: ControllerRoute<object>;
  /** Undefined for a public route. */
  readonly scope: string | undefined;
  readonly key: string;
  /** Does its own binding or an interceptor of its own ask for a request's context? */
  readonly needsContext: boolean;
  /** Once it was asked for; a controller that is bound anew comes with new routes. */
  controller: SharedController | undefined;
  private readonly services: () => OperationServices;

  constructor({operation, route, scope, controller, services}: OperationRouteOptions) {
    this.verb = route.verb;
    this.path = route.path;
    this.operation = operation;
    this.documented = route;
    const access = ROUTE_ACCESS[operation.key];
    this.scope = access === PUBLIC ? undefined : access;
    this.key = operation.key;
    this.needsContext = !SHARED.has(scope) || isDecorated(controller, operation.methodName);
    this.services = services;
  }

  describe(): string {
    return this.documented.describe();
  }

  updateBindings(context: RequestContext): void {
    this.documented.updateBindings(context);
  }

  /** Lets the call in, or throws; undefined for a public route. */
  async admit(context: MiddlewareContext): Promise<Grant | undefined> {
    const {key, scope} = this;
    return scope === undefined ? undefined : this.services().guard.admitOnce({key, scope}, context);
  }

  /** The result as a Reply. */
  async invokeHandler(context: RequestContext): Promise<unknown> {
    const grant = await this.admit(context);
    return this.services().sequence.call(this, context, {grant, context});
  }
}

// By @intercept on the method or on its class.
function isDecorated(controller: Constructor<unknown>, methodName: string): boolean {
  const target = controller.prototype as object;
  const ofMethod = MetadataInspector.getMethodMetadata(INTERCEPT_METHOD_KEY, target, methodName);
  const ofClass = MetadataInspector.getClassMetadata(INTERCEPT_CLASS_KEY, controller);
  return (ofMethod ?? []).length > 0 || (ofClass ?? []).length > 0;
}
