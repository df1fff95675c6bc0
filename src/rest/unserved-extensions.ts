// Refuses what LoopBack lets a consumer add and outreach does not serve. Requests skip Express and LoopBack's chain of
// actions (docs/adr/0003-lean-sequence.md): without a refusal, a middleware would silently not run. docs/loopback.md
// has the table of what is served.
import {
  type Application,
  type Binding,
  type BindingFilter,
  type Context,
  extensionFilter,
  filterByKey,
  filterByTag,
  type Subscription,
} from '@loopback/core';
import {RestBindings, RestTags} from '@loopback/rest';
import type {Logger} from '../platform/logger';
import {RestGlueBindings} from './keys';
import type {OutreachRestServer} from './rest-server';
import {type Surroundings, unservedController, unservedSpec} from './unserved-operations';

/** What was added, by its binding key, path or class, and what to do instead. */
export interface UnservedExtension {
  name: string;
  advice: string;
}

/** Names all that was added and would not be served; for the programmer, who sees it when the application starts. */
export class UnservedExtensionError extends Error {
  override readonly name = 'UnservedExtensionError';

  constructor(
    readonly extensions: readonly UnservedExtension[],
    options?: ErrorOptions,
  ) {
    const list = extensions.map(({name, advice}) => `- ${name}: ${advice}`);
    super(
      ['outreach does not serve what was added to it; docs/loopback.md has what it serves:', ...list].join('\n'),
      options,
    );
  }
}

interface Rule {
  matches: BindingFilter;
  /** What to do; undefined when the binding is served after all. */
  advice: string | ((binding: Readonly<Binding>, surroundings: Surroundings) => string | undefined);
}

const INTERCEPTOR =
  'remove it, and use an interceptor (app.interceptor, or registerExpressMiddlewareInterceptor for Express middleware)';

const PARSER_TAGS = new RegExp(`^(rest.requestBodyParser|${RestTags.AJV_KEYWORD}|${RestTags.AJV_FORMAT})$`);
const either = (one: BindingFilter, other: BindingFilter) => (binding: Readonly<Binding>) =>
  one(binding) || other(binding);

const RULES: readonly Rule[] = [
  {
    matches: extensionFilter(RestTags.REST_MIDDLEWARE_CHAIN, RestTags.ACTION_MIDDLEWARE_CHAIN),
    advice: `middleware is not run: ${INTERCEPTOR}`,
  },
  {
    matches: binding => filterByTag(RestTags.REST_ROUTE)(binding) && !filterByTag(RestTags.CONTROLLER_ROUTE)(binding),
    advice: 'a route or redirect is not served: remove it, and declare routes with @endpoint',
  },
  {
    matches: filterByKey(RestBindings.SEQUENCE.key),
    advice: `OutreachSequence handles the requests, and no other sequence or handler: ${INTERCEPTOR}`,
  },
  {
    matches: filterByKey(RestGlueBindings.SERVER.key),
    advice: 'OutreachRestServer takes the requests, and no other server: remove it',
  },
  {
    matches: either(filterByKey(/^rest\.requestBodyParser(Options$|\.|$)/), filterByTag(PARSER_TAGS)),
    advice: "bodies are parsed by their route's zod schema, and by no body parser or AJV: remove it",
  },
  {
    matches: filterByKey(/^rest\.sequence\.actions\.|^rest\.invokeMiddleware$/),
    advice: 'OutreachSequence has no actions, so that nothing calls it: remove it',
  },
  {
    matches: filterByKey(RestBindings.ERROR_WRITER_OPTIONS.key),
    advice: 'errors are written as problem details (RFC 9457): remove it',
  },
  {matches: filterByKey(/^controllers\./), advice: unservedController},
  {matches: filterByKey(RestBindings.API_SPEC.key), advice: unservedSpec},
];

/** Watches one application. Make it when all that is outreach's own is bound. */
export class UnservedExtensions {
  private readonly ownSources: ReadonlySet<unknown>;
  private readonly ownByKey: ReadonlyMap<string, Binding>;
  private subscription: Subscription | undefined;
  private isStarted = false;
  private readonly server: OutreachRestServer;
  private readonly logger: Logger;

  constructor(
    private readonly application: Application,
    {server, logger}: {server: OutreachRestServer; logger: Logger},
  ) {
    this.server = server;
    this.logger = logger;
    const own = this.bindings();
    this.ownSources = new Set(own.map(({source}) => source)); // each binding has its own, and another once it is rebound
    this.ownByKey = new Map(own.map(({key}) => [key, server.getBinding(key)]));
  }

  /** Throws an UnservedExtensionError when anything was added that is not served; `cause` is what came of that, if anything. */
  refuse(cause?: unknown): void {
    const unserved = this.bindings().flatMap(binding => this.unserved(binding) ?? []);
    if (unserved.length > 0) throw new UnservedExtensionError(unserved, {cause});
  }

  /** Call it before the start, since LoopBack's own observers of bindings, which throw, must come after this one. */
  watch(): void {
    this.isStarted = false;
    if (this.subscription) return;
    // Without it, LoopBack ends the process with what an observer of bindings throws.
    this.server.on('error', err => this.logger.error({err}, 'rest.binding.failed'));
    this.subscription = this.server.subscribe({
      filter: isWatched,
      observe: (event, binding, context) => {
        if (this.isStarted && event === 'bind') this.takeOut(binding, context);
      },
    });
  }

  /**
   * From now on, what is bound and not served is logged as an error and taken out again; what it replaced is put back.
   * This does not throw, since LoopBack reports a new binding after the call that made it. Call `watch` first.
   */
  takeOutLater(): void {
    this.isStarted = true;
  }

  private takeOut(binding: Readonly<Binding>, context: Context): void {
    const {key} = binding;
    const unserved = context.getBinding(key, {optional: true}) === binding && this.unserved(binding);
    if (!unserved) return;
    this.logger.error({extension: unserved.name, advice: unserved.advice}, 'rest.extension.refused');
    context.unbind(key);
    const own = this.ownByKey.get(key);
    if (own) context.add(own);
  }

  private bindings(): Readonly<Binding>[] {
    return [...new Set([...this.application.find(isWatched), ...this.server.find(isWatched)])];
  }

  private unserved(binding: Readonly<Binding>): UnservedExtension | undefined {
    if (this.ownSources.has(binding.source)) return undefined;
    const advice = RULES.find(({matches}) => matches(binding))?.advice;
    const surroundings = {server: this.server, replaced: this.ownByKey.get(binding.key)};
    const text = typeof advice === 'function' ? advice(binding, surroundings) : advice;
    return text === undefined ? undefined : {name: nameOf(binding), advice: text};
  }
}

const isWatched: BindingFilter = binding => RULES.some(({matches}) => matches(binding));

// The verb and path of a route, and otherwise the key, with the name of a class or function that is not part of it.
function nameOf({key, tagMap, source}: Readonly<Binding>): string {
  const [verb, path] = [tagMap[RestTags.ROUTE_VERB] as unknown, tagMap[RestTags.ROUTE_PATH] as unknown];
  if (typeof verb === 'string' && typeof path === 'string') return `${verb.toUpperCase()} ${path}`;
  const value: unknown = source?.value;
  const name = typeof value === 'function' ? value.name : '';
  return name === '' || key.endsWith(`.${name}`) ? key : `${key} (${name})`;
}
