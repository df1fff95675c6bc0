// Distinguishes outreach's bindings from those that a consumer adds. When one of the latter concerns every request,
// LoopBack's sequence serves all of them; this is known without a look-up at each request.
import {type Binding, type BindingFilter, type Context, type ContextView, extensionFilter} from '@loopback/core';
import {RestBindings, RestTags} from '@loopback/rest';

const isMiddleware = extensionFilter(RestTags.REST_MIDDLEWARE_CHAIN, RestTags.ACTION_MIDDLEWARE_CHAIN);
const OF_SEQUENCES = new RegExp(
  `^(${RestBindings.SEQUENCE.key}$|rest\\.sequence\\.actions\\.|rest\\.invokeMiddleware$)`,
);
const concernsAll: BindingFilter = binding => isMiddleware(binding) || OF_SEQUENCES.test(binding.key);

export class Extensions {
  /** Each binding has its own source, and another once it is rebound. */
  private own = new Set<unknown>();
  private view: ContextView | undefined;

  constructor(private readonly context: Context) {}

  /** Until `endOwnBindings`, everything is outreach's. */
  isOwn({source}: Readonly<Binding>): boolean {
    return !this.view || this.own.has(source);
  }

  /** What is bound from now on is a consumer's. */
  endOwnBindings(): void {
    this.own = new Set(this.context.find().flatMap(({source}) => source ?? []));
    this.view = this.context.createView(binding => concernsAll(binding) && !this.isOwn(binding));
  }

  /** LoopBack binds a part of its own late. */
  addOwn(key: string): void {
    this.own.add(this.context.getBinding(key).source);
    this.view?.refresh();
  }

  /** Has a consumer added middleware, or replaced the sequence or one of its actions? */
  get concernAll(): boolean {
    return this.view !== undefined && this.view.bindings.length > 0;
  }
}
