// Subscriptions over HTTP. Every valid request gets the same answer, whether the address was known or not.
import {BindingScope, injectable, service} from '@loopback/core';
import {z} from 'zod';
import {idempotencyKeySchema} from '../contract/headers';
import {
  confirmationSchema,
  confirmedSchema,
  oneClickFormSchema,
  subscriptionReceiptSchema,
  subscriptionRequestSchema,
  unsubscribedSchema,
  unsubscriptionSchema,
} from '../contract/subscription';
import {operation, type OperationInput, type OperationOptions} from '../rest/server/operation';
import {FormReply, PageReply, type Reply, TimedReply} from '../rest/http/reply';
import {linkDonePage, linkPage} from '../rest/http/subscription-page';
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

const HTML = {description: 'A page with a button.', body: z.string(), mediaType: 'text/html'};
const NOTHING_CHANGES = 'Changes nothing, since mail programs and scanners open each link.';

const showConfirmation = {
  operationId: 'showConfirmation',
  summary: 'The page behind the link to confirm a subscription, which posts the token of the URL behind `#`.',
  description: NOTHING_CHANGES,
  query: z.looseObject({}),
  responses: {200: HTML},
} satisfies OperationOptions;

const confirm = {
  operationId: 'confirmSubscription',
  summary: 'Confirm a subscription by the token that its owner has got by mail; again, it changes nothing.',
  body: confirmationSchema,
  form: z.strictObject({}),
  isMailLink: true,
  responses: {
    200: {description: 'It is active.', body: confirmedSchema, isPageForForms: true},
  },
} satisfies OperationOptions;

const showUnsubscription = {
  operationId: 'showUnsubscription',
  summary: 'The page behind the link to unsubscribe, which posts the token of the query or of the URL behind `#`.',
  description: NOTHING_CHANGES,
  query: z.looseObject({
    token: z
      .string()
      .optional()
      .meta({description: 'As the header of the mail has it, for a program that opens its URL.'}),
  }),
  responses: {200: HTML},
} satisfies OperationOptions;

const unsubscribe = {
  operationId: 'unsubscribe',
  summary: 'End a subscription by the token of its mails, in one click of a mail program (RFC 8058) too.',
  description:
    'The token is in the body or, as RFC 8058 needs it, in the query. Again, or when it is gone, it changes nothing.',
  query: unsubscriptionSchema,
  body: unsubscriptionSchema,
  form: oneClickFormSchema,
  isMailLink: true,
  responses: {
    200: {description: 'It has ended.', body: unsubscribedSchema, isPageForForms: true},
  },
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

  @operation('GET /subscriptions/confirm', showConfirmation)
  async showConfirmation(): Promise<Reply> {
    return new PageReply(request => linkPage('confirm', undefined, request));
  }

  @operation('POST /subscriptions/confirm', confirm)
  async confirm({body, requestId}: OperationInput<'POST /subscriptions/confirm', typeof confirm>): Promise<Reply> {
    await this.subscriptions.confirm(body.token);
    return new FormReply(200, {status: 'active'}, {}, request => linkDonePage('confirm', requestId, request));
  }

  @operation('GET /subscriptions/unsubscribe', showUnsubscription)
  async showUnsubscription({
    query,
  }: OperationInput<'GET /subscriptions/unsubscribe', typeof showUnsubscription>): Promise<Reply> {
    return new PageReply(request => linkPage('unsubscribe', query.token, request));
  }

  @operation('POST /subscriptions/unsubscribe', unsubscribe)
  async unsubscribe({
    query,
    body,
    form,
    requestId,
  }: OperationInput<'POST /subscriptions/unsubscribe', typeof unsubscribe>): Promise<Reply> {
    const method = form?.['List-Unsubscribe'] === undefined ? 'link' : 'one_click';
    await this.subscriptions.unsubscribe(body.token ?? query.token, method);
    return new FormReply(200, {status: 'unsubscribed'}, {}, request => linkDonePage('unsubscribe', requestId, request));
  }
}
