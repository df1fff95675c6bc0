// Form tokens over HTTP.
import {BindingScope, inject, injectable} from '@loopback/core';
import {z} from 'zod';
import {formTokenSchema} from '../contract/form-token';
import {Reply} from '../rest/http/reply';
import {ProblemError} from '../rest/problems/problem-error';
import {operation, type OperationInput, type OperationOptions} from '../rest/server/operation';
import {type FormTokens, MAX_AGE_MS, MIN_AGE_MS} from '../services/guards/form-tokens';
import type {ProofOfWork} from '../services/guards/proof-of-work';
import {ServiceBindings} from '../services/keys';

const getFormToken = {
  operationId: 'getFormToken',
  summary: 'Get a token for one form, when it is shown.',
  description:
    'A form sends it in the field `_token`: it says when the form was shown, and a second click with it stores nothing more. A client ' +
    'that solves the challenge and sends the proof in the field `altcha` may submit beyond the rate limit. Without FORM_TOKEN_KEYS there are no tokens, and ' +
    'by PROOF_OF_WORK=off no challenges.',
  responses: {
    200: {
      description: 'A new token.',
      body: formTokenSchema,
      headers: z.object({'Cache-Control': z.literal('no-store').meta({description: 'Each form has its own.'})}),
    },
  },
  problems: ['not-found'],
  ignoresAnalytics: true,
  knowsClient: true,
} satisfies OperationOptions;

@injectable({scope: BindingScope.SINGLETON})
export class FormTokenController {
  constructor(
    @inject(ServiceBindings.FORM_TOKENS) private readonly tokens: FormTokens,
    @inject(ServiceBindings.PROOF_OF_WORK) private readonly proofOfWork: ProofOfWork | undefined,
  ) {}

  @operation('GET /form-token', getFormToken)
  issue({client}: OperationInput<'GET /form-token', typeof getFormToken>): Promise<Reply> {
    const token = this.tokens.issue();
    if (token === undefined) throw new ProblemError('not-found', 'There are no form tokens here.');
    const challenge = this.proofOfWork?.challenge(token, {client});
    const answer = {token, minAgeSeconds: MIN_AGE_MS / 1000, maxAgeSeconds: MAX_AGE_MS / 1000, challenge};
    return Promise.resolve(new Reply(200, answer, {'Cache-Control': 'no-store'}));
  }
}
