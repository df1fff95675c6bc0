// LoopBack's REST server without Express and without a context for each request: requests go from Node straight to our
// sequence. Express changes the prototype of every request and answer, and a context costs more than all of our own work
// on a request (docs/adr/0003-lean-sequence.md). What needs a context, an interceptor, gets one (invoke.ts).
//
// What is mounted on Express (`mountExpressRouter`, `static`, middleware) is not served: rest/edge.ts has what every
// request needs.
import type {IncomingMessage, ServerResponse} from 'node:http';
import {setImmediate as nextIteration} from 'node:timers/promises';
import {type Application, CoreBindings, inject} from '@loopback/core';
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

/** One request and the answer to it, as Node gives them. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

export class OutreachRestServer extends RestServer {
  /** When each request begins. */
  readonly scheduler: RequestScheduler;
  private pendingSequence: Promise<OutreachSequence> | undefined;
  private drain: ConnectionDrain | undefined;

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
      onCut: () => metrics.countConnection('written_ahead'),
    });
  }

  /** Never rejects: the sequence answers its own errors. One that cannot be made ends the process, as it must. */
  override get requestHandler(): HttpRequestListener {
    return (request, response) => {
      if (this.drain?.admit(response) !== false) this.scheduler.accept(request, response);
    };
  }

  private async handle(exchange: Exchange): Promise<void> {
    this.pendingSequence ??= this.get<OutreachSequence>(RestBindings.SEQUENCE.key);
    const sequence = await this.pendingSequence;
    await sequence.handle(exchange);
  }

  override async start(): Promise<void> {
    await super.start();
    if (this.httpServer) this.drain = new ConnectionDrain(this.httpServer.server);
  }

  /** Each answer from now on ends its connection; everything is still served. */
  startDraining(): void {
    this.drain?.start();
  }

  /** Stops listening; resolves when each request that was read is answered, or is cut off after `FORCED_CLOSE_MS`. */
  override async stop(): Promise<void> {
    if (!this.httpServer) return;
    this.startDraining();
    await nextIteration(); // what waits to be accepted is accepted: closing the listener would reset it
    this.drain?.closeConnections(this.forcedCloseMs);
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
