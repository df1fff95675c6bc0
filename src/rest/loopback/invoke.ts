// Calls a controller: directly where no interceptor of LoopBack's applies and requests share the controller, and otherwise
// through a request's context, as LoopBack does. Which of the two is known without asking: LoopBack would look for
// interceptors at each call.
import {type Context, ContextTags, type ContextView, filterByTag} from '@loopback/core';
import type {RequestContext} from '@loopback/rest';
import type {OperationRoute, SharedController} from './operation-route';
import type {NodeHandlerContext} from '../server/http-server';

/** LoopBack's server, which is a context too. */
export interface ContextFactory extends Pick<Context, 'createView' | 'get'> {
  /** A context as LoopBack makes one for each request. */
  createContext(handlerContext: NodeHandlerContext): RequestContext;
}

export class Invoker {
  private readonly globalInterceptors: ContextView;

  constructor(private readonly server: ContextFactory) {
    this.globalInterceptors = server.createView(filterByTag(ContextTags.GLOBAL_INTERCEPTOR));
  }

  /** The controller's result. Its method gets `input` alone. `context` is the request's where there is one already. */
  async invoke(
    route: OperationRoute,
    input: unknown,
    handlerContext: NodeHandlerContext,
    context?: RequestContext,
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
}
