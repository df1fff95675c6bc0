// Subscriptions over HTTP. Every valid request gets the same answer, whether the address was known or not.
import {BindingScope, inject, injectable, service} from '@loopback/core';
import {z} from 'zod';
import {idempotencyKeySchema, redirectLocationHeader} from '../contract/headers';
import {
  confirmationSchema,
  confirmedSchema,
  oneClickFormSchema,
  subscriptionReceiptSchema,
  subscriptionRequestSchema,
  unsubscribedSchema,
  unsubscriptionSchema,
} from '../contract/subscription';
import type {AllowedOrigins} from '../platform/allowed-origins';
import {PlatformBindings} from '../platform/keys';
import type {RateLimitedLog} from '../platform/rate-limited-log';
import {operation, type OperationInput, type OperationOptions} from '../rest/server/operation';
import {answeredFormSchema, redirectOf} from '../rest/http/form-redirect';
import {FormReply, PageReply, Reply, TimedReply} from '../rest/http/reply';
import {linkDonePage, linkPage} from '../rest/http/subscription-page';
import {thankYouPage} from '../rest/http/thank-you-page';
import {RestGlueBindings} from '../rest/server/keys';
import {ServiceBindings} from '../services/keys';
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
  form: answeredFormSchema,
  responses: {
    202: {
      description: 'Accepted. Who has posted a form and prefers `text/html` reads so on a page.',
      body: subscriptionReceiptSchema,
      isPageForForms: true,
    },
    303: {
      description: 'Accepted; a form post with `_next` goes there.',
      headers: z.object({Location: redirectLocationHeader}),
    },
  },
  ignoresAnalytics: true,
  isGuarded: true,
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
  constructor(
    @service(SubscriptionService) private readonly subscriptions: SubscriptionService,
    @inject(ServiceBindings.DOUBLE_OPT_IN) private readonly doubleOptIn: boolean,
    @inject(RestGlueBindings.ALLOWED_ORIGINS) private readonly allowedOrigins: AllowedOrigins,
    @inject(PlatformBindings.RATE_LIMITED_LOG) private readonly log: RateLimitedLog,
  ) {}

  @operation('POST /subscriptions', subscribe)
  async subscribe(input: OperationInput<'POST /subscriptions', typeof subscribe>): Promise<Reply> {
    const {body, form, headers, requestId, sender} = input;
    const begun = performance.now();
    await this.subscriptions.subscribe(body, {idempotencyKey: headers['idempotency-key'], sender});
    const steps = Math.ceil((performance.now() - begun) / ANSWER_STEP_MS);
    const {allowedOrigins, log} = this;
    const next = form && redirectOf(form, {allowedOrigins, log, requestId});
    const outcome = this.doubleOptIn ? 'toConfirm' : 'received';
    const reply =
      next === undefined
        ? new FormReply(202, {status: 'accepted'}, {}, request =>
            thankYouPage(request, {outcome, reference: requestId, allowedOrigins}),
          )
        : new Reply(303, undefined, {Location: next});
    return new TimedReply(reply, begun + steps * ANSWER_STEP_MS);
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
