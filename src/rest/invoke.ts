// Calls a controller: directly where no interceptor of LoopBack's applies, and otherwise through a request's context, as
// LoopBack does. Which of the two is known without asking: LoopBack would look for interceptors at each call.
import {
  type ContextView,
  ContextTags,
  filterByTag,
  INTERCEPT_CLASS_KEY,
  INTERCEPT_METHOD_KEY,
  MetadataInspector,
} from '@loopback/core';
import type {Endpoint} from './endpoint';
import type {Exchange, OutreachRestServer} from './rest-server';
import type {FoundRoute} from './routes';

export class Invoker {
  private readonly globalInterceptors: ContextView;
  private readonly decorated = new Map<Endpoint, boolean>();

  constructor(private readonly server: OutreachRestServer) {
    this.globalInterceptors = server.createView(filterByTag(ContextTags.GLOBAL_INTERCEPTOR));
  }

  /**
   * The controller's result. Its method gets `input` alone. A controller in the scope REQUEST needs an interceptor, since
   * only then there is a context that it can be made for.
   */
  async invoke({route, found}: FoundRoute, input: unknown, exchange: Exchange): Promise<unknown> {
    if (this.globalInterceptors.bindings.length > 0 || this.isDecorated(found)) {
      const context = this.server.createContext(exchange);
      route.updateBindings(context);
      return route.invokeHandler(context, [input]);
    }
    const {controller, methodName} = found;
    const instance = await this.server.get<Record<string, (input: unknown) => Promise<unknown>>>(
      `controllers.${controller.name}`,
    );
    return instance[methodName]?.(input);
  }

  // By @intercept on the method or on its class.
  private isDecorated(found: Endpoint): boolean {
    const known = this.decorated.get(found);
    if (known !== undefined) return known;
    const {controller, methodName} = found;
    const ofMethod = MetadataInspector.getMethodMetadata(
      INTERCEPT_METHOD_KEY,
      controller.prototype as object,
      methodName,
    );
    const ofClass = MetadataInspector.getClassMetadata(INTERCEPT_CLASS_KEY, controller);
    const isDecorated = (ofMethod ?? []).length > 0 || (ofClass ?? []).length > 0;
    this.decorated.set(found, isDecorated);
    return isDecorated;
  }
}
