// Subscriptions over HTTP. Every valid request gets the same answer, whether the address was known or not.
import {BindingScope, injectable, service} from '@loopback/core';
import {z} from 'zod';
import {idempotencyKeySchema} from '../contract/headers';
import {subscriptionReceiptSchema, subscriptionRequestSchema} from '../contract/subscription';
import {endpoint, type EndpointInput, type EndpointOptions} from '../rest/server/endpoint';
import {Reply} from '../rest/http/reply';
import {SubscriptionService} from '../services/subscription.service';

const subscribe = {
  operationId: 'subscribe',
  summary: 'Put an address on a list; the answer never tells whether it was there.',
  headers: z.object({'idempotency-key': idempotencyKeySchema.optional()}),
  body: subscriptionRequestSchema,
  ignoresAnalytics: true,
  responses: {202: {description: 'Accepted.', body: subscriptionReceiptSchema}},
} satisfies EndpointOptions;

@injectable({scope: BindingScope.SINGLETON})
export class SubscriptionController {
  constructor(@service(SubscriptionService) private readonly subscriptions: SubscriptionService) {}

  @endpoint('POST /subscriptions', subscribe)
  async subscribe({body, headers}: EndpointInput<'POST /subscriptions', typeof subscribe>): Promise<Reply> {
    await this.subscriptions.subscribe(body, headers['idempotency-key']);
    return new Reply(202, {status: 'accepted'});
  }
}
