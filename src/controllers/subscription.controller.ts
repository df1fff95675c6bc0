// Subscriptions over HTTP. Every valid request gets the same answer, whether the address was known or not.
import {BindingScope, injectable, service} from '@loopback/core';
import {z} from 'zod';
import {idempotencyKeySchema} from '../contract/headers';
import {subscriptionReceiptSchema, subscriptionRequestSchema} from '../contract/subscription';
import {operation, type OperationInput, type OperationOptions} from '../rest/server/operation';
import {type Reply, TimedReply} from '../rest/http/reply';
import {SubscriptionService} from '../services/subscription.service';

/**
 * Answers leave at multiples of this after the work began: storing a new address and finding a known one differ by some
 * hundredths of a millisecond, which many requests would show. More than PostgreSQL takes, and less than a person notices.
 */
const ANSWER_STEP_MS = 50;

const subscribe = {
  operationId: 'subscribe',
  summary: 'Put an address on a list; the answer never tells whether it was there.',
  headers: z.object({'idempotency-key': idempotencyKeySchema.optional()}),
  body: subscriptionRequestSchema,
  ignoresAnalytics: true,
  responses: {202: {description: 'Accepted.', body: subscriptionReceiptSchema}},
} satisfies OperationOptions;

@injectable({scope: BindingScope.SINGLETON})
export class SubscriptionController {
  constructor(@service(SubscriptionService) private readonly subscriptions: SubscriptionService) {}

  @operation('POST /subscriptions', subscribe)
  async subscribe({body, headers}: OperationInput<'POST /subscriptions', typeof subscribe>): Promise<Reply> {
    const begun = performance.now();
    await this.subscriptions.subscribe(body, headers['idempotency-key']);
    const steps = Math.ceil((performance.now() - begun) / ANSWER_STEP_MS);
    return new TimedReply(202, {status: 'accepted'}, begun + steps * ANSWER_STEP_MS);
  }
}
