// Subscriptions over HTTP as the back office reads and changes them.
import {BindingScope, injectable, service} from '@loopback/core';
import {z} from 'zod';
import {etagHeader, listReplyHeaders, listRequestHeaders, nextLinkHeader} from '../contract/headers';
import {
  type Consent,
  consentSchema,
  MAX_CONSENTS,
  MAX_FOUND,
  recipientQuerySchema,
  recipientSchema,
  subscriptionCountSchema,
  subscriptionPatchSchema,
  subscriptionPathSchema,
  subscriptionSchema,
  subscriptionSearchSchema,
  type SubscriptionView,
} from '../contract/subscription';
import type {Row} from '../models/column';
import type {Subscription} from '../models/subscription.model';
import {JsonText} from '../platform/json-text';
import {operation, type OperationInput, type OperationOptions} from '../rest/server/operation';
import {etagOf, ifMatchSchema, requireIfMatch} from '../rest/http/etag';
import {listReply} from '../rest/list/list-reply';
import {pageHeaders, pageOf} from '../rest/list/page-request';
import {Reply} from '../rest/http/reply';
import {SubscriptionManagementService} from '../services/subscription-management.service';
import {countQuery, getQuery, listQuery, toConditions} from './subscription-queries';

const ETAG = z.object({ETag: etagHeader});

const listSubscriptions = {
  operationId: 'listSubscriptions',
  summary: 'Read subscriptions, newest first unless told, a page at a time.',
  query: listQuery,
  headers: listRequestHeaders,
  responses: {
    200: {description: 'One page.', body: z.array(subscriptionSchema), headers: listReplyHeaders},
    304: {description: 'The page is still the one of `If-None-Match`; the headers are new.', headers: listReplyHeaders},
  },
} satisfies OperationOptions;

const countSubscriptions = {
  operationId: 'countSubscriptions',
  summary: 'Count subscriptions, in all and by status, up to a bound.',
  query: countQuery,
  responses: {200: {description: 'The counts.', body: subscriptionCountSchema}},
} satisfies OperationOptions;

const listRecipients = {
  operationId: 'listRecipients',
  summary: 'Read to whom mail is sent, newest first unless told, a page at a time, with the tokens of its links.',
  query: recipientQuerySchema,
  responses: {
    200: {
      description: 'One page.',
      body: z.array(recipientSchema),
      headers: z.object({Link: nextLinkHeader.optional()}),
    },
  },
} satisfies OperationOptions;

const searchSubscriptions = {
  operationId: 'searchSubscriptions',
  summary: `Find the subscriptions of an e-mail address, newest first, at most ${MAX_FOUND}.`,
  body: subscriptionSearchSchema,
  responses: {200: {description: 'Those that there are.', body: z.array(subscriptionSchema)}},
} satisfies OperationOptions;

const getSubscription = {
  operationId: 'getSubscription',
  summary: 'Read one subscription, with the evidence of consent.',
  path: subscriptionPathSchema,
  query: getQuery,
  responses: {200: {description: 'The subscription.', body: subscriptionSchema, headers: ETAG}},
  problems: ['not-found'],
} satisfies OperationOptions;

const listConsents = {
  operationId: 'listConsents',
  summary: `Read the history of a subscription's consent, newest first, at most ${MAX_CONSENTS} entries.`,
  path: subscriptionPathSchema,
  responses: {200: {description: 'The entries.', body: z.array(consentSchema)}},
  problems: ['not-found'],
} satisfies OperationOptions;

const patchSubscription = {
  operationId: 'patchSubscription',
  summary: 'End a subscription, or confirm a pending one with a reason; joining again takes new consent.',
  path: subscriptionPathSchema,
  headers: z.object({'if-match': ifMatchSchema.optional()}),
  body: subscriptionPatchSchema,
  mergePatch: true,
  responses: {200: {description: 'The changed subscription.', body: subscriptionSchema, headers: ETAG}},
  problems: ['not-found', 'conflict', 'precondition-failed', 'precondition-required'],
} satisfies OperationOptions;

@injectable({scope: BindingScope.SINGLETON})
export class SubscriptionManagementController {
  constructor(@service(SubscriptionManagementService) private readonly subscriptions: SubscriptionManagementService) {}

  @operation('GET /subscriptions', listSubscriptions)
  async list({query, headers, target}: OperationInput<'GET /subscriptions', typeof listSubscriptions>): Promise<Reply> {
    const asked = pageOf(query, headers);
    const conditions = [...toConditions(query), ...(query.filter?.conditions ?? [])];
    const page = await this.subscriptions.list({conditions, order: asked.order}, asked);
    return listReply(new JsonText(JSON.stringify(page.subscriptions.map(toView))), {
      headers: pageHeaders(target, asked, page),
      ifNoneMatch: headers['if-none-match'],
    });
  }

  @operation('GET /subscriptions/count', countSubscriptions)
  async count({query}: OperationInput<'GET /subscriptions/count', typeof countSubscriptions>) {
    return this.subscriptions.count({conditions: [...toConditions(query), ...(query.where ?? [])]});
  }

  @operation('GET /subscriptions/recipients', listRecipients)
  async recipients({
    query,
    target,
  }: OperationInput<'GET /subscriptions/recipients', typeof listRecipients>): Promise<Reply> {
    const asked = pageOf({...query, total: false}, {});
    const {recipients, next} = await this.subscriptions.recipients(
      {conditions: toConditions(query), order: asked.order},
      asked,
    );
    return new Reply(200, recipients, pageHeaders(target, asked, {next}), {rows: recipients.length});
  }

  @operation('POST /subscriptions/search', searchSubscriptions)
  async search({body}: OperationInput<'POST /subscriptions/search', typeof searchSubscriptions>) {
    return (await this.subscriptions.search(body.email)).map(toView);
  }

  @operation('GET /subscriptions/{id}', getSubscription)
  async get({path}: OperationInput<'GET /subscriptions/{id}', typeof getSubscription>): Promise<Reply> {
    const subscription = await this.subscriptions.get(path.id);
    return new Reply(200, toView(subscription), {ETag: etagOf(subscription)});
  }

  @operation('GET /subscriptions/{id}/consents', listConsents)
  async consents({path}: OperationInput<'GET /subscriptions/{id}/consents', typeof listConsents>): Promise<Consent[]> {
    const entries = await this.subscriptions.history(path.id);
    return entries.map(entry => ({...entry, createdAt: entry.createdAt.toISOString()}));
  }

  @operation('PATCH /subscriptions/{id}', patchSubscription)
  async patch({
    path,
    headers,
    body,
    claims,
  }: OperationInput<'PATCH /subscriptions/{id}', typeof patchSubscription>): Promise<Reply> {
    const versions = requireIfMatch(headers['if-match']);
    const actor = claims.subject;
    const {subscription, outcome} = await this.subscriptions.patch(path.id, body, {versions, actor});
    return new Reply(200, toView(subscription), {ETag: etagOf(subscription)}, {[outcome]: 1});
  }
}

function toView({consentedAt, unsubscribedAt, createdAt, updatedAt, ...fields}: Row<Subscription>): SubscriptionView {
  return {
    id: fields.id,
    email: fields.email,
    list: fields.list,
    locale: fields.locale,
    status: fields.status,
    consentVersion: fields.consentVersion,
    consentTextSha256: fields.consentTextSha256,
    consentedAt: consentedAt.toISOString(),
    sourceUrl: fields.sourceUrl,
    unsubscribedAt: unsubscribedAt?.toISOString() ?? null,
    version: fields.version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
