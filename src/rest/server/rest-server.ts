// LoopBack's REST server with a direct path: requests go from Node straight to our sequence, without Express and without a
// context for each request. Express changes the prototype of every request and answer, and a context costs more than all
// of our own work on a request (docs/adr/0003-lean-sequence.md). What a consumer adds to LoopBack or Express is served by
// LoopBack's own handler (`handOver`); what needs a context, an interceptor, gets one (sequence.ts).
import {once} from 'node:events';
import {type Application, type Binding, BindingScope, CoreBindings, inject} from '@loopback/core';
import {
  type ControllerRoute,
  createControllerFactoryForBinding,
  createRoutesForController,
  getControllerSpec,
  type HttpRequestListener,
  type OpenApiSpec,
  RequestContext,
  RestBindings,
  type RestRouter,
  RestServer,
  type RestServerConfig,
} from '@loopback/rest';
import {ACCESS_GUARD, type AccessGuard} from '../loopback/access-guard';
import {leaveBasePath, originalTarget} from '../loopback/base-path';
import {clientOf, type ClientSource, isDirect} from './client-address';
import {findOperation} from './operation';
import {OperationRoute} from '../loopback/operation-route';
import {Extensions} from '../loopback/extensions';
import {ConnectionDrain} from './graceful-stop';
import type {HttpMetrics} from './http-metrics';
import type {NodeHandlerContext} from './http-server';
import {RestGlueBindings} from './keys';
import {PROBES, RequestScheduler} from './request-scheduler';
import {Routes} from './routes';
import {type OutreachSequence, SEQUENCE} from './sequence';

/** After a drain: how long idle connections stay open for one more request, whose answer has `Connection: close`. */
const IDLE_MS = 1000;

const CORS = 'middleware.cors';
const NOT_STARTED = 'Start the application before its request handler is used.';

export class OutreachRestServer extends RestServer {
  /** When each request begins. */
  readonly scheduler: RequestScheduler;
  /** Has an Express router or a folder of static files been mounted? */
  hasExpressRoutes = false;
  private readonly extensions: Extensions;
  private knownRoutes: Routes | undefined;
  private services: {sequence: OutreachSequence; guard: AccessGuard} | undefined;
  private document: Promise<unknown> = Promise.resolve();
  private drain: ConnectionDrain | undefined;
  /** LoopBack's handler. */
  private express: HttpRequestListener | undefined;
  private idleMs = 0;

  constructor(
    @inject(CoreBindings.APPLICATION_INSTANCE) application: Application,
    @inject(RestBindings.CONFIG) config: RestServerConfig,
    @inject(RestGlueBindings.CLIENT_SOURCE) source: ClientSource,
    @inject(RestGlueBindings.HTTP_METRICS) metrics: HttpMetrics,
    @inject(RestGlueBindings.FORCED_CLOSE_MS) private readonly forcedCloseMs: number,
  ) {
    super(application, config);
    this.scheduler = new RequestScheduler({
      handle: handlerContext => this.handle(handlerContext),
      clientOf: request => clientOf(request, source),
      hasOwnConnections: isDirect(source),
      onCut: () => metrics.countConnection('written_ahead'),
    });
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- a context by a mixin, which its types hide
    this.extensions = new Extensions(this);
    this.bind(RestBindings.ROUTER).toDynamicValue(() => {
      const others = application.getSync(RestBindings.ROUTER, {optional: true});
      return (this.knownRoutes = this.makeRoutes(others));
    });
  }

  /** The routes of outreach and, from the start on, of the consumer; others after a controller or route came or went. */
  get routes(): Routes {
    return this.knownRoutes ?? this.makeRoutes();
  }

  private makeRoutes(others?: RestRouter): Routes {
    return new Routes({own: this.ownRoutes(), others, guard: () => this.ready.guard});
  }

  /** Does a consumer's middleware, sequence or action concern every request? Known since the start, or its last change. */
  get isExtended(): boolean {
    return this.extensions.concernAll;
  }

  /** `/api`, or empty. */
  get basePathname(): string {
    return this.config.basePath ?? '';
  }

  /** Was the binding there before `endOwnBindings`? */
  isOwn(binding: Readonly<Binding>): boolean {
    return this.extensions.isOwn(binding);
  }

  /** What is bound from now on is a consumer's. */
  endOwnBindings(): void {
    this.extensions.endOwnBindings();
  }

  /**
   * Makes the sequence and the controllers that requests share. Throws an error with the key of the one that cannot be
   * made, so that it stops the start and does not wait for a request.
   */
  async prepare(): Promise<void> {
    this.services = {
      sequence: await this.make(SEQUENCE.key),
      guard: await this.make(ACCESS_GUARD.key),
    };
    const controllers = this.find(`${CoreBindings.CONTROLLERS}.*`);
    for (const {key, scope} of controllers) if (scope === BindingScope.SINGLETON) await this.make(key);
    if (!this.express) this.makeExpressApplication();
  }

  // LoopBack makes it when its handler is asked for, and binds middleware for CORS with it, which is switched off, since
  // common-headers.ts has it; a consumer's own stays.
  private makeExpressApplication(): void {
    const consumers = this.getBinding(CORS, {optional: true});
    this.express = super.requestHandler;
    if (consumers) this.add(consumers);
    else this.extensions.addOwn(CORS);
  }

  private async make<T>(key: string): Promise<T> {
    try {
      return await this.get<T>(key);
    } catch (cause) {
      throw new Error(`${key} cannot be made: ${cause instanceof Error ? cause.message : String(cause)}`, {cause});
    }
  }

  private get ready(): {sequence: OutreachSequence; guard: AccessGuard} {
    if (!this.services) throw new Error(NOT_STARTED);
    return this.services;
  }

  // Of the controllers that are bound under the names of outreach's: its own, and classes that extend them.
  private ownRoutes(): OperationRoute[] {
    return this.find(`${CoreBindings.CONTROLLERS}.*`).flatMap(({key, scope, valueConstructor: controller}) => {
      if (!controller) return [];
      const factory = createControllerFactoryForBinding(key);
      return createRoutesForController(getControllerSpec(controller), controller, factory).flatMap(
        (route: ControllerRoute<object>) => {
          const operation = findOperation(route);
          if (!operation || key !== `${CoreBindings.CONTROLLERS}.${operation.controller.name}`) return [];
          return new OperationRoute({operation, route, scope, controller, services: () => this.ready});
        },
      );
    });
  }

  /** Call `prepare` first. A request never ends the process: the sequence answers its own errors. */
  override get requestHandler(): HttpRequestListener {
    if (!this.services) throw new Error(NOT_STARTED);
    return (request, response) => {
      if (this.drain?.admit(response) !== false) this.scheduler.accept(request, response);
    };
  }

  private async handle(handlerContext: NodeHandlerContext): Promise<void> {
    try {
      await this.services?.sequence.handle(handlerContext);
    } catch {
      handlerContext.response.destroy(); // not even the error could be logged
    }
  }

  /** Has LoopBack's handler answer: Express, a request's context and the bound sequence. Resolves when the answer is over. */
  async handOver({request, response}: NodeHandlerContext): Promise<void> {
    if (response.destroyed) return; // nobody is there
    const over = once(response, 'close');
    if (this.basePathname !== '') leaveBasePath(request, this.basePathname);
    this.express?.(request, response);
    await over;
  }

  override static(...args: Parameters<RestServer['static']>): void {
    super.static(...args);
    this.hasExpressRoutes = true;
  }

  override mountExpressRouter(...args: Parameters<RestServer['mountExpressRouter']>): void {
    super.mountExpressRouter(...args);
    this.hasExpressRoutes = true;
  }

  /** One at a time: LoopBack shapes one shared document, which two would mix. */
  override getApiSpec(context?: RequestContext): Promise<OpenApiSpec> {
    const document = this.document.then(async () => {
      const spec = await super.getApiSpec(context);
      if (this.basePathname === '') return spec;
      return {
        ...spec,
        servers: spec.servers?.map(each => (each.url === '/' ? {...each, url: this.basePathname} : each)),
      };
    });
    this.document = document.catch(() => undefined); // its caller gets the error; the next document does not wait for it
    return document;
  }

  override async start(): Promise<void> {
    this.scheduler.readAll(false);
    this.scheduler.probes = new Set([...PROBES].map(path => this.basePathname + path));
    await super.start();
    if (!this.httpServer) return;
    const {server} = this.httpServer;
    this.drain = new ConnectionDrain(server);
    server.on('connection', () => this.scheduler.onConnection());
  }

  /**
   * The port will be closed soon. Everything is served as before: a client that was asked for a new connection for each
   * request would be opening one in the moment in which the port is closed, and the kernel would reset it.
   */
  startDraining(): void {
    this.idleMs = IDLE_MS;
  }

  /** Stops listening; resolves when each request that was read is answered, or is cut off after `FORCED_CLOSE_MS`. */
  override async stop(): Promise<void> {
    if (!this.httpServer) return;
    const forcedAt = performance.now() + this.forcedCloseMs;
    this.scheduler.readAll(true);
    await this.drain?.acceptAll(this.forcedCloseMs / 2);
    await this.drain?.close({idleMs: this.idleMs, forcedMs: forcedAt - performance.now()});
    await super.stop();
  }

  /** A context as LoopBack makes one for each request, with what Express adds to request and answer. */
  createContext({request, response}: NodeHandlerContext): RequestContext {
    const prototypes = this._expressApp as unknown as Record<'request' | 'response', object>; // its types lack them
    Object.setPrototypeOf(request, prototypes.request);
    Object.setPrototypeOf(response, prototypes.response);
    Object.assign(request, {res: response, originalUrl: originalTarget(request)});
    const express = {request, response} as unknown as Pick<RequestContext, 'request' | 'response'>; // they are now
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- LoopBack's server is a context by a mixin, which its types hide
    return new RequestContext(express.request, express.response, this, this.config);
  }
}
