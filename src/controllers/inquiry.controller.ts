// Inquiries over HTTP: what visitors send and what the back office reads.
import {BindingScope, inject, injectable, service} from '@loopback/core';
import {z} from 'zod';
import {
  etagHeader,
  idempotencyKeySchema,
  ifNoneMatchSchema,
  inquiryLocationHeader,
  listTotalHeader,
  nextLinkHeader,
  pageTagHeader,
  redirectLocationHeader,
  totalIsExactHeader,
  totalRequestSchema,
} from '../contract/headers';
import {
  type InquiryCount,
  inquiryCountSchema,
  inquiryPathSchema,
  inquiryReceiptSchema,
  inquirySchema,
  inquirySubmissionSchema,
} from '../contract/inquiry';
import {FEED_CURSOR_HEADER, feedSchema} from '../contract/feed';
import {endpoint, type EndpointInput, type EndpointOptions} from '../rest/endpoint';
import {etagOf} from '../rest/etag';
import {allowedRedirect, MAX_REDIRECT} from '../rest/form-redirect';
import {RestGlueBindings} from '../rest/keys';
import {listReply} from '../rest/list-reply';
import {pageHeaders, pageOf} from '../rest/page';
import {Reply} from '../rest/reply';
import {FeedService} from '../services/feed.service';
import {InquiryService} from '../services/inquiry.service';
import {countQuery, getQuery, listQuery, toFilter} from './inquiry-queries';
import {toView} from './inquiry-view';

const submitInquiry = {
  operationId: 'submitInquiry',
  summary: 'Submit an inquiry; 201 means that it is stored.',
  headers: z.object({'idempotency-key': idempotencyKeySchema.optional()}),
  body: inquirySubmissionSchema,
  form: z.strictObject({
    _next: z
      .string()
      .trim()
      .max(MAX_REDIRECT)
      .optional()
      .meta({description: 'Where to go after a form post: a URL of an allowed origin, without credentials.'}),
  }),
  responses: {
    201: {description: 'Stored.', body: inquiryReceiptSchema, headers: z.object({Location: inquiryLocationHeader})},
    303: {
      description: 'Stored; a form post with `_next` goes there.',
      headers: z.object({Location: redirectLocationHeader}),
    },
  },
  ignoresAnalytics: true,
} satisfies EndpointOptions;

const ABOUT_PAGE = z.object({
  ETag: pageTagHeader,
  Link: nextLinkHeader.optional(),
  'X-Total-Count': listTotalHeader.optional(),
  'X-Total-Count-Exact': totalIsExactHeader.optional(),
  [FEED_CURSOR_HEADER]: feedSchema.meta({
    description: 'From where `GET /inquiries/changes` tells what this page does not show yet.',
  }),
});

const listInquiries = {
  operationId: 'listInquiries',
  summary: 'Read inquiries, newest first unless told, a page at a time.',
  query: listQuery,
  headers: z.object({'x-total': totalRequestSchema.optional(), 'if-none-match': ifNoneMatchSchema.optional()}),
  responses: {
    200: {description: 'One page.', body: z.array(inquirySchema), headers: ABOUT_PAGE},
    304: {description: 'The page is still the one of `If-None-Match`; the headers are new.', headers: ABOUT_PAGE},
  },
} satisfies EndpointOptions;

const countInquiries = {
  operationId: 'countInquiries',
  summary: 'Count inquiries, in all and by status, up to a bound.',
  query: countQuery,
  responses: {200: {description: 'The counts.', body: inquiryCountSchema}},
} satisfies EndpointOptions;

const getInquiry = {
  operationId: 'getInquiry',
  summary: 'Read one inquiry.',
  path: inquiryPathSchema,
  query: getQuery,
  responses: {200: {description: 'The inquiry.', body: inquirySchema, headers: z.object({ETag: etagHeader})}},
  problems: ['not-found'],
} satisfies EndpointOptions;

@injectable({scope: BindingScope.SINGLETON})
export class InquiryController {
  constructor(
    @service(InquiryService) private readonly inquiries: InquiryService,
    @service(FeedService) private readonly feed: FeedService,
    @inject(RestGlueBindings.ALLOWED_ORIGINS) private readonly allowedOrigins: readonly string[],
  ) {}

  @endpoint('POST /inquiries', submitInquiry)
  async submit({body, form, headers}: EndpointInput<'POST /inquiries', typeof submitInquiry>): Promise<Reply> {
    const next = form?._next === undefined ? undefined : allowedRedirect(form._next, this.allowedOrigins);
    const {id, createdAt} = await this.inquiries.submit(body, headers['idempotency-key']);
    if (next !== undefined) return new Reply(303, undefined, {Location: next});
    return new Reply(201, {id, receivedAt: createdAt.toISOString()}, {Location: `/inquiries/${id}`});
  }

  @endpoint('GET /inquiries', listInquiries)
  async list({query, headers, target, claims}: EndpointInput<'GET /inquiries', typeof listInquiries>): Promise<Reply> {
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

  @endpoint('GET /inquiries/count', countInquiries)
  async count({query, claims}: EndpointInput<'GET /inquiries/count', typeof countInquiries>): Promise<InquiryCount> {
    const {conditions, search} = toFilter(query);
    return this.inquiries.count(claims, {conditions: [...conditions, ...(query.where ?? [])], search});
  }

  @endpoint('GET /inquiries/{id}', getInquiry)
  async get({path, claims}: EndpointInput<'GET /inquiries/{id}', typeof getInquiry>): Promise<Reply> {
    const inquiry = await this.inquiries.get(claims, path.id);
    return new Reply(200, toView(inquiry), {ETag: etagOf(inquiry)});
  }
}
