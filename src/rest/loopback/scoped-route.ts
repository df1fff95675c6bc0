// A consumer's route whose operation has `x-scope`: called with a token that has this scope, whatever sequence runs.
import type {MiddlewareContext, OperationObject, RequestContext, ResolvedRoute, RouteEntry} from '@loopback/rest';
import type {AccessGuard, GuardedRoute} from './access-guard';

export class ScopedRoute implements RouteEntry, GuardedRoute {
  readonly verb: string;
  readonly path: string;
  readonly spec: OperationObject;
  readonly key: string;

  constructor(
    private readonly route: RouteEntry,
    readonly scope: string,
    private readonly guard: () => AccessGuard,
  ) {
    const {verb, path, spec} = route;
    this.verb = verb;
    this.path = path;
    this.spec = spec;
    this.key = `${verb.toUpperCase()} ${path}`;
  }

  describe(): string {
    return this.route.describe();
  }

  updateBindings(context: RequestContext): void {
    this.route.updateBindings(context);
  }

  /** Lets the call in, or throws; the sequence asks before it reads the body. */
  async admit(context: MiddlewareContext): Promise<void> {
    await this.guard().admitOnce(this, context);
  }

  async invokeHandler(context: RequestContext, args: unknown[]): Promise<unknown> {
    await this.admit(context); // a sequence without the middleware that asks
    return this.route.invokeHandler(context, args);
  }
}

/** A route that checks its caller. */
export type CheckedRoute = Pick<ScopedRoute, 'admit'>;

export function isChecked(route: ResolvedRoute): route is ResolvedRoute & CheckedRoute {
  return 'admit' in route;
}
