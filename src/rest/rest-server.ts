// LoopBack's REST server without Express and without a context for each request: requests go from Node straight to our
// sequence. Express changes the prototype of every request and answer, and a context costs more than all of our own work
// on a request (docs/adr/0003-lean-sequence.md). What needs a context, an interceptor, gets one (invoke.ts).
//
// What is mounted on Express is not served, and refused here; what is bound, in unserved-extensions.ts.
import type {IncomingMessage, ServerResponse} from 'node:http';
import {type Application, BindingScope, CoreBindings, inject} from '@loopback/core';
import {
  type HttpRequestListener,
  RequestContext,
  RestBindings,
  type HttpHandler,
  type RestServerConfig,
  RestServer,
} from '@loopback/rest';
import {clientOf} from './client-address';
import {ConnectionDrain} from './graceful-stop';
import type {HttpMetrics} from './http-metrics';
import {RestGlueBindings} from './keys';
import {RequestScheduler} from './request-scheduler';
import type {OutreachSequence} from './sequence';
import {UnservedExtensionError} from './unserved-extensions';

/** After a drain: how long idle connections stay open for one more request, which is told to open the next elsewhere. */
const IDLE_MS = 1000;

/** One request and the answer to it, as Node gives them. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

export class OutreachRestServer extends RestServer {
  /** When each request begins. */
  readonly scheduler: RequestScheduler;
  private readySequence: OutreachSequence | undefined;
  private drain: ConnectionDrain | undefined;
  private idleMs = 0;

  constructor(
    @inject(CoreBindings.APPLICATION_INSTANCE) application: Application,
    @inject(RestBindings.CONFIG) config: RestServerConfig,
    @inject(RestGlueBindings.PROXY_HOPS) proxyHops: number,
    @inject(RestGlueBindings.HTTP_METRICS) metrics: HttpMetrics,
    @inject(RestGlueBindings.FORCED_CLOSE_MS) private readonly forcedCloseMs: number,
  ) {
    super(application, config);
    this.scheduler = new RequestScheduler({
      handle: exchange => this.handle(exchange),
      clientOf: request => clientOf(request, proxyHops),
      hasOwnConnections: proxyHops === 0,
      onCut: () => metrics.countConnection('written_ahead'),
    });
    // LoopBack binds middleware of its own when it makes its handler: now, so that what is bound later is a consumer's.
    // eslint-disable-next-line @typescript-eslint/no-unused-expressions -- asking makes it
    super.requestHandler;
  }

  /**
   * Makes the sequence and the controllers that requests share. Throws an error with the key of the one that cannot be
   * made, so that it stops the start and does not wait for a request.
   */
  async prepare(): Promise<void> {
    this.readySequence = await this.make<OutreachSequence>(RestBindings.SEQUENCE.key);
    const controllers = this.find(`${CoreBindings.CONTROLLERS}.*`);
    for (const {key, scope} of controllers) if (scope === BindingScope.SINGLETON) await this.make(key);
  }

  private async make<T>(key: string): Promise<T> {
    try {
      return await this.get<T>(key);
    } catch (cause) {
      throw new Error(`${key} cannot be made: ${cause instanceof Error ? cause.message : String(cause)}`, {cause});
    }
  }

  /** Call `prepare` first. A request never ends the process: the sequence answers its own errors. */
  override get requestHandler(): HttpRequestListener {
    if (!this.readySequence) throw new Error('Start the application before its request handler is used.');
    return (request, response) => {
      if (this.drain?.admit(response) !== false) this.scheduler.accept(request, response);
    };
  }

  private async handle(exchange: Exchange): Promise<void> {
    try {
      await this.readySequence?.handle(exchange);
    } catch {
      exchange.response.destroy(); // not even the error could be logged
    }
  }

  override static(path: unknown): never {
    throw unserved(`static files at ${String(path)}`);
  }

  override mountExpressRouter(basePath: string): never {
    throw unserved(`an Express router at ${basePath}`);
  }

  override basePath(path = ''): void {
    if (path !== '' && path !== '/') throw unserved(`the base path ${path}`);
    if (this.config.basePath === undefined) super.basePath(); // LoopBack takes one before its handler is made
  }

  override async start(): Promise<void> {
    this.scheduler.readAll(false);
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
    this.drain?.closeConnections({idleMs: this.idleMs, forcedMs: forcedAt - performance.now()});
    await super.stop();
  }

  /** LoopBack's router with all controllers; another one after a controller came or went. */
  override get httpHandler(): HttpHandler {
    return super.httpHandler;
  }

  /** A context as LoopBack makes one for each request, with what Express adds to request and answer. */
  createContext({request, response}: Exchange): RequestContext {
    const {request: expressRequest, response: expressResponse} = this._expressApp as unknown as ExpressPrototypes;
    Object.setPrototypeOf(request, expressRequest);
    Object.setPrototypeOf(response, expressResponse);
    Object.assign(request, {res: response, originalUrl: request.url});
    const express = {request, response} as unknown as Pick<RequestContext, 'request' | 'response'>; // they are now
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- LoopBack's server is a context by a mixin, which its types hide
    return new RequestContext(express.request, express.response, this, this.config);
  }
}

/** Express has these, and its types do not. */
interface ExpressPrototypes {
  request: object;
  response: object;
}

function unserved(name: string): UnservedExtensionError {
  const advice = 'requests do not go through Express: let a server or proxy of its own serve it';
  return new UnservedExtensionError([{name, advice}]);
}
