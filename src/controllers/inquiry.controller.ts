// Inquiries over HTTP: what visitors send and what the back office reads.
import {BindingScope, inject, injectable, service} from '@loopback/core';
import {z} from 'zod';
import {
  etagHeader,
  idempotencyKeySchema,
  inquiryLocationHeader,
  listReplyHeaders,
  listRequestHeaders,
  redirectLocationHeader,
} from '../contract/headers';
import {
  type InquiryCount,
  inquiryCountSchema,
  inquiryPathSchema,
  inquiryReceiptSchema,
  inquirySchema,
  inquirySubmissionSchema,
} from '../contract/inquiry';
import {type QuarantineCount, quarantineCountSchema, quarantineQuerySchema} from '../contract/quarantine';
import {FEED_CURSOR_HEADER, feedSchema} from '../contract/feed';
import type {AllowedOrigins} from '../platform/allowed-origins';
import {PlatformBindings} from '../platform/keys';
import type {RateLimitedLog} from '../platform/rate-limited-log';
import {operation, type OperationInput, type OperationOptions} from '../rest/server/operation';
import {etagOf} from '../rest/http/etag';
import {answeredFormSchema, redirectOf} from '../rest/http/form-redirect';
import {RestGlueBindings} from '../rest/server/keys';
import {listReply} from '../rest/list/list-reply';
import {pageHeaders, pageOf} from '../rest/list/page-request';
import {FormReply, Reply} from '../rest/http/reply';
import {thankYouPage} from '../rest/http/thank-you-page';
import {FeedService} from '../services/feed.service';
import {InquiryService} from '../services/inquiry.service';
import {countQuery, getQuery, listQuery, toFilter} from './inquiry-queries';
import {toView} from './inquiry-view';

const submitInquiry = {
  operationId: 'submitInquiry',
  summary: 'Submit an inquiry; 201 means that it is stored.',
  description:
    'A form may have fields of its own: they go into `metadata`, a name that is repeated or ends with `[]` as a list. Those of ' +
    'buttons, captchas and trackers, and names that begin with `_`, are left out. A file is refused by the name of its field.',
  headers: z.object({'idempotency-key': idempotencyKeySchema.optional()}),
  body: inquirySubmissionSchema,
  form: answeredFormSchema,
  ownFields: 'metadata',
  responses: {
    201: {
      description: 'Stored. Who has posted a form and prefers `text/html` reads so on a page.',
      body: inquiryReceiptSchema,
      isPageForForms: true,
      headers: z.object({Location: inquiryLocationHeader}),
    },
    303: {
      description: 'Stored; a form post with `_next` goes there.',
      headers: z.object({Location: redirectLocationHeader}),
    },
  },
  ignoresAnalytics: true,
  isGuarded: true,
} satisfies OperationOptions;

const ABOUT_PAGE = listReplyHeaders.extend({
  [FEED_CURSOR_HEADER]: feedSchema.meta({
    description: 'From where `GET /inquiries/changes` tells what this page does not show yet.',
  }),
});

const listInquiries = {
  operationId: 'listInquiries',
  summary: 'Read inquiries, newest first unless told, a page at a time.',
  query: listQuery,
  headers: listRequestHeaders,
  responses: {
    200: {description: 'One page.', body: z.array(inquirySchema), headers: ABOUT_PAGE},
    304: {description: 'The page is still the one of `If-None-Match`; the headers are new.', headers: ABOUT_PAGE},
  },
} satisfies OperationOptions;

const countInquiries = {
  operationId: 'countInquiries',
  summary: 'Count inquiries, in all and by status, up to a bound.',
  query: countQuery,
  responses: {200: {description: 'The counts.', body: inquiryCountSchema}},
} satisfies OperationOptions;

const countQuarantine = {
  operationId: 'countQuarantine',
  summary: 'Count what the spam guards have quarantined, by reason, and what of it was released since.',
  description: 'Of all that match the newest 100000 are looked at.',
  query: quarantineQuerySchema,
  responses: {200: {description: 'The counts.', body: quarantineCountSchema}},
} satisfies OperationOptions;

const getInquiry = {
  operationId: 'getInquiry',
  summary: 'Read one inquiry.',
  path: inquiryPathSchema,
  query: getQuery,
  responses: {200: {description: 'The inquiry.', body: inquirySchema, headers: z.object({ETag: etagHeader})}},
  problems: ['not-found'],
} satisfies OperationOptions;

@injectable({scope: BindingScope.SINGLETON})
export class InquiryController {
  constructor(
    @service(InquiryService) private readonly inquiries: InquiryService,
    @service(FeedService) private readonly feed: FeedService,
    @inject(RestGlueBindings.ALLOWED_ORIGINS) private readonly allowedOrigins: AllowedOrigins,
    @inject(PlatformBindings.RATE_LIMITED_LOG) private readonly log: RateLimitedLog,
  ) {}

  @operation('POST /inquiries', submitInquiry)
  async submit(input: OperationInput<'POST /inquiries', typeof submitInquiry>): Promise<Reply> {
    const {body, form, headers, requestId, sender} = input;
    const idempotencyKey = headers['idempotency-key'];
    const {id, createdAt} = await this.inquiries.submit(body, {idempotencyKey, sender});
    const next = form && redirectOf(form, {allowedOrigins: this.allowedOrigins, log: this.log, requestId});
    if (next !== undefined) return new Reply(303, undefined, {Location: next});
    const receipt = {id, receivedAt: createdAt};
    return new FormReply(201, receipt, {Location: `/inquiries/${id}`}, request =>
      thankYouPage(request, {outcome: 'stored', reference: id, allowedOrigins: this.allowedOrigins}),
    );
  }

  @operation('GET /inquiries', listInquiries)
  async list({query, headers, target, claims}: OperationInput<'GET /inquiries', typeof listInquiries>): Promise<Reply> {
    const asked = pageOf(query, headers);
    const {conditions, search} = toFilter(query);
    const all = [...conditions, ...(query.filter?.conditions ?? [])];
    const page = await this.inquiries.list(claims, {conditions: all, search, order: asked.order}, asked);
    const feed = await this.feed.startingAt(page.end, claims, query.topic);
    return listReply(page.inquiries, {
      headers: {[FEED_CURSOR_HEADER]: feed, ...pageHeaders(target, asked, page)},
      ifNoneMatch: headers['if-none-match'],
    });
  }

  @operation('GET /inquiries/count', countInquiries)
  async count({query, claims}: OperationInput<'GET /inquiries/count', typeof countInquiries>): Promise<InquiryCount> {
    const {conditions, search} = toFilter(query);
    return this.inquiries.count(claims, {conditions: [...conditions, ...(query.where ?? [])], search});
  }

  @operation('GET /inquiries/quarantine', countQuarantine)
  async quarantine({
    query,
    claims,
  }: OperationInput<'GET /inquiries/quarantine', typeof countQuarantine>): Promise<QuarantineCount> {
    return this.inquiries.countQuarantine(claims, toFilter(query).conditions);
  }

  @operation('GET /inquiries/{id}', getInquiry)
  async get({path, claims}: OperationInput<'GET /inquiries/{id}', typeof getInquiry>): Promise<Reply> {
    const inquiry = await this.inquiries.get(claims, path.id);
    return new Reply(200, toView(inquiry), {ETag: etagOf(inquiry)});
  }
}
