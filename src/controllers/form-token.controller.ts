// Form tokens over HTTP.
import {BindingScope, inject, injectable} from '@loopback/core';
import {z} from 'zod';
import {formTokenSchema} from '../contract/form-token';
import {Reply} from '../rest/http/reply';
import {ProblemError} from '../rest/problems/problem-error';
import {operation, type OperationOptions} from '../rest/server/operation';
import {type FormTokens, MAX_AGE_MS, MIN_AGE_MS} from '../services/guards/form-tokens';
import {ServiceBindings} from '../services/keys';

const getFormToken = {
  operationId: 'getFormToken',
  summary: 'Get a token for one form, when it is shown.',
  description:
    'Its field `_token` says when the form was shown, and makes a second click store nothing twice. Without FORM_TOKEN_KEYS ' +
    'there are no tokens.',
  responses: {
    200: {
      description: 'A new token.',
      body: formTokenSchema,
      headers: z.object({'Cache-Control': z.literal('no-store').meta({description: 'Each form has its own.'})}),
    },
  },
  problems: ['not-found'],
  ignoresAnalytics: true,
} satisfies OperationOptions;

@injectable({scope: BindingScope.SINGLETON})
export class FormTokenController {
  constructor(@inject(ServiceBindings.FORM_TOKENS) private readonly tokens: FormTokens) {}

  @operation('GET /form-token', getFormToken)
  issue(): Promise<Reply> {
    const token = this.tokens.issue();
    if (token === undefined) throw new ProblemError('not-found', 'There are no form tokens here.');
    const answer = {token, minAgeSeconds: MIN_AGE_MS / 1000, maxAgeSeconds: MAX_AGE_MS / 1000};
    return Promise.resolve(new Reply(200, answer, {'Cache-Control': 'no-store'}));
  }
}
