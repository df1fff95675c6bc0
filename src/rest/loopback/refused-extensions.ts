// Refuses what LoopBack lets a consumer add and what would have no effect: a route where outreach has one, and what
// replaces parts of outreach. docs/loopback.md has the table of what is served.
import {
  type Application,
  type Binding,
  type BindingFilter,
  type Context,
  CoreBindings,
  filterByKey,
  filterByTag,
  type Subscription,
} from '@loopback/core';
import {RestBindings, RestTags} from '@loopback/rest';
import type {Logger} from '../../platform/logger';
import {RestGlueBindings} from '../server/keys';
import {ignoredProbes, refusedController, refusedRoute, refusedSpec, type Surroundings} from './refused-operations';
import type {OutreachRestServer} from '../server/rest-server';

/** What was added, by its binding key, path or class, and what to do instead. */
export interface RefusedExtension {
  name: string;
  advice: string;
}

/** Names all that was added and would not be served; for the programmer, who sees it when the application starts. */
export class RefusedExtensionError extends Error {
  override readonly name = 'RefusedExtensionError';

  constructor(
    readonly extensions: readonly RefusedExtension[],
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

const isRoute: BindingFilter = binding =>
  filterByTag(RestTags.REST_ROUTE)(binding) && !filterByTag(RestTags.CONTROLLER_ROUTE)(binding);

const RULES: readonly Rule[] = [
  {
    matches: filterByKey(RestGlueBindings.SERVER.key),
    advice: 'OutreachRestServer takes the requests, and no other server: remove it',
  },
  {
    matches: filterByKey(RestBindings.SEQUENCE.key),
    // The server has a binding of that key, which LoopBack asks first.
    advice: (binding, {server}) =>
      server.getBinding(binding.key) === binding ? undefined : 'the server does not see it: use app.sequence',
  },
  {
    matches: filterByKey(RestBindings.ERROR_WRITER_OPTIONS.key),
    advice: 'errors are written as problem details (RFC 9457): remove it, or bind RestBindings.SequenceActions.REJECT',
  },
  {matches: filterByKey(/^controllers\./), advice: refusedController},
  {matches: isRoute, advice: refusedRoute},
  {matches: filterByKey(RestBindings.API_SPEC.key), advice: refusedSpec},
];

/** Watches one application. Make it when all that is outreach's own is bound. */
export class RefusedExtensions {
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
    this.ownByKey = new Map(this.bindings().map(({key}) => [key, server.getBinding(key)]));
  }

  /** Throws a RefusedExtensionError when anything was added that is not served; `cause` is what came of that, if anything. */
  refuse(cause?: unknown): void {
    const refused = this.bindings().flatMap(binding => this.refused(binding) ?? []);
    if (refused.length > 0) throw new RefusedExtensionError(refused, {cause});
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

  /** Logs the probes that were added and are outreach's all the same: health components bring them along. */
  warnOfProbes(): void {
    for (const {key, valueConstructor} of this.server.find(`${CoreBindings.CONTROLLERS}.*`)) {
      for (const route of valueConstructor ? ignoredProbes(key, valueConstructor) : []) {
        this.logger.warn({controller: valueConstructor?.name, route}, 'rest.probe.ignored');
      }
    }
  }

  private takeOut(binding: Readonly<Binding>, context: Context): void {
    const {key} = binding;
    const refused = context.getBinding(key, {optional: true}) === binding && this.refused(binding);
    if (!refused) return;
    this.logger.error({extension: refused.name, advice: refused.advice}, 'rest.extension.refused');
    context.unbind(key);
    const own = this.ownByKey.get(key);
    if (own) context.add(own);
  }

  private bindings(): Readonly<Binding>[] {
    return [...new Set([...this.application.find(isWatched), ...this.server.find(isWatched)])];
  }

  private refused(binding: Readonly<Binding>): RefusedExtension | undefined {
    if (this.server.isOwn(binding)) return undefined;
    const rule = RULES.find(({matches}) => matches(binding));
    const surroundings = {server: this.server, replaced: this.ownByKey.get(binding.key)};
    const text = typeof rule?.advice === 'function' ? rule.advice(binding, surroundings) : rule?.advice;
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
