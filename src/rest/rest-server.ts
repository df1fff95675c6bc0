// LoopBack's REST server without Express and without a context for each request: requests go from Node straight to our
// sequence. Express changes the prototype of every request and answer, and a context costs more than all of our own work
// on a request (docs/adr/0003-lean-sequence.md). What needs a context, an interceptor, gets one (invoke.ts).
//
// What is mounted on Express (`mountExpressRouter`, `static`, middleware) is not served: rest/edge.ts has what every
// request needs.
import type {IncomingMessage, ServerResponse} from 'node:http';
import {type Application, CoreBindings, inject} from '@loopback/core';
import {
  type HttpRequestListener,
  RequestContext,
  RestBindings,
  type HttpHandler,
  type RestServerConfig,
  RestServer,
} from '@loopback/rest';
import type {OutreachSequence} from './sequence';

/** One request and the answer to it, as Node gives them. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

export class OutreachRestServer extends RestServer {
  private pendingSequence: Promise<OutreachSequence> | undefined;

  constructor(
    @inject(CoreBindings.APPLICATION_INSTANCE) application: Application,
    @inject(RestBindings.CONFIG) config: RestServerConfig,
  ) {
    super(application, config);
  }

  /** Never rejects: the sequence answers its own errors. One that cannot be made ends the process, as it must. */
  override get requestHandler(): HttpRequestListener {
    return (request, response) => {
      this.pendingSequence ??= this.get<OutreachSequence>(RestBindings.SEQUENCE.key);
      void this.pendingSequence.then(sequence => sequence.handle({request, response}));
    };
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
