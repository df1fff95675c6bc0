// Calls a controller: directly where no interceptor of LoopBack's applies and requests share the controller, and otherwise
// through a request's context, as LoopBack does. Which of the two is known without asking: LoopBack would look for
// interceptors at each call.
import {
  BindingScope,
  type Constructor,
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
  private readonly needContext = new Map<Endpoint, boolean>();

  constructor(private readonly server: OutreachRestServer) {
    this.globalInterceptors = server.createView(filterByTag(ContextTags.GLOBAL_INTERCEPTOR));
  }

  /** The controller's result. Its method gets `input` alone. */
  async invoke({route, found}: FoundRoute, input: unknown, exchange: Exchange): Promise<unknown> {
    if (this.globalInterceptors.bindings.length > 0 || this.needsContext(found)) {
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

  private needsContext(found: Endpoint): boolean {
    const known = this.needContext.get(found);
    if (known !== undefined) return known;
    const {scope, valueConstructor} = this.server.getBinding(`controllers.${found.controller.name}`);
    const needed = !SHARED.has(scope) || isDecorated(valueConstructor ?? found.controller, found.methodName);
    this.needContext.set(found, needed);
    return needed;
  }
}

// The others may need what only a request's context has.
const SHARED = new Set<BindingScope>([BindingScope.SINGLETON, BindingScope.APPLICATION, BindingScope.SERVER]);

// By @intercept on the method or on its class.
function isDecorated(controller: Constructor<unknown>, methodName: string): boolean {
  const target = controller.prototype as object;
  const ofMethod = MetadataInspector.getMethodMetadata(INTERCEPT_METHOD_KEY, target, methodName);
  const ofClass = MetadataInspector.getClassMetadata(INTERCEPT_CLASS_KEY, controller);
  return (ofMethod ?? []).length > 0 || (ofClass ?? []).length > 0;
}
