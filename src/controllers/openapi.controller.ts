// The OpenAPI document, made from the zod schemas of the routes; off in production unless OPENAPI_ENABLED.
import {BindingScope, inject, injectable} from '@loopback/core';
import {z} from 'zod';
import {JsonText} from '../platform/json-text';
import {ProblemError} from '../rest/problems/problem-error';
import {operation, type OperationOptions} from '../rest/server/operation';
import {RestGlueBindings} from '../rest/server/keys';
import type {OutreachRestServer} from '../rest/server/rest-server';
import type {Routes} from '../rest/server/routes';

const openapi = {
  operationId: 'openapi',
  summary: 'This document.',
  responses: {
    200: {
      description: 'An OpenAPI 3.0 document.',
      body: z.looseObject({openapi: z.string().meta({examples: ['3.0.3']})}),
    },
  },
  problems: ['not-found'],
} satisfies OperationOptions;

@injectable({scope: BindingScope.SINGLETON})
export class OpenApiController {
  private text: Promise<JsonText> | undefined;
  private routes: Routes | undefined;

  constructor(
    @inject(RestGlueBindings.SERVER) private readonly server: OutreachRestServer,
    @inject(RestGlueBindings.OPENAPI_ENABLED) private readonly enabled: boolean,
  ) {}

  @operation('GET /openapi.json', openapi)
  async document(): Promise<JsonText> {
    if (!this.enabled) throw new ProblemError('not-found', 'The OpenAPI document is switched off here.');
    const {routes} = this.server;
    if (this.routes !== routes) this.text = undefined; // a consumer's came or went
    this.routes = routes;
    this.text ??= this.write();
    return this.text;
  }

  // Once: it takes 4 ms, which anybody could ask for a hundred times a second.
  private async write(): Promise<JsonText> {
    return new JsonText(JSON.stringify(await this.server.getApiSpec()));
  }
}
