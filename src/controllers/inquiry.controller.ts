// Inquiries over HTTP: what visitors send and what the back office reads.
import {BindingScope, inject, injectable, service} from '@loopback/core';
import {z} from 'zod';
import {
  type InquiryListQuery,
  inquiryListQuerySchema,
  inquiryReceiptSchema,
  inquirySchema,
  inquirySubmissionSchema,
  type InquiryView,
} from '../contract/inquiry';
import type {Inquiry} from '../models/inquiry.model';
import {decodeCursor, encodeCursor} from '../rest/cursor';
import {endpoint, type EndpointInput, type EndpointOptions} from '../rest/endpoint';
import {allowedRedirect} from '../rest/form-redirect';
import {RestGlueBindings} from '../rest/keys';
import {Reply} from '../rest/reply';
import {InquiryService} from '../services/inquiry.service';

const submitInquiry = {
  operationId: 'submitInquiry',
  summary: 'Submit an inquiry; 201 means that it is stored.',
  headers: z.object({
    'idempotency-key': z
      .string()
      .regex(/^[\x21-\x7E]{1,200}$/, 'must be 1 to 200 visible ASCII characters')
      .optional(),
  }),
  body: inquirySubmissionSchema,
  form: z.strictObject({
    _next: z.string().max(2048).optional().meta({description: 'Where to go after a form post; an allowed origin.'}),
  }),
  responses: {
    201: {description: 'Stored.', body: inquiryReceiptSchema, headers: {Location: 'Path of the inquiry.'}},
    303: {description: 'Stored; a form post with `_next` goes there.', headers: {Location: 'The URL of `_next`.'}},
  },
  problems: [
    'malformed-body',
    'invalid-parameter',
    'body-too-large',
    'unsupported-media-type',
    'invalid-body',
    'idempotency-key-reused',
    'unavailable',
  ],
} satisfies EndpointOptions;

const listInquiries = {
  operationId: 'listInquiries',
  summary: 'Read inquiries, newest first unless told, a page at a time.',
  query: inquiryListQuerySchema,
  responses: {
    200: {
      description: 'One page.',
      body: z.array(inquirySchema),
      headers: {
        Link: 'The next page, `rel="next"`; absent on the last one.',
        'X-Total-Count': 'How many match; only with `total=true`.',
      },
    },
  },
  problems: ['invalid-parameter', 'unavailable'],
} satisfies EndpointOptions;

const getInquiry = {
  operationId: 'getInquiry',
  summary: 'Read one inquiry.',
  path: z.strictObject({id: z.uuid()}),
  responses: {200: {description: 'The inquiry.', body: inquirySchema}},
  problems: ['invalid-parameter', 'not-found', 'unavailable'],
} satisfies EndpointOptions;

@injectable({scope: BindingScope.SINGLETON})
export class InquiryController {
  constructor(
    @service(InquiryService) private readonly inquiries: InquiryService,
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
  async list({query, claims}: EndpointInput<'GET /inquiries', typeof listInquiries>): Promise<Reply> {
    const {limit, cursor, total: withTotal, createdFrom, createdTo, ...filter} = query;
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const range = {createdFrom: toDate(createdFrom), createdTo: toDate(createdTo)};
    const page = await this.inquiries.list(claims, {...filter, ...range}, {limit, after, withTotal});
    const headers: Record<string, string> = {'Cache-Control': 'no-store'};
    if (page.next) headers.Link = `<${nextPagePath(query, encodeCursor(page.next))}>; rel="next"`;
    if (page.total !== undefined) headers['X-Total-Count'] = String(page.total);
    return new Reply(200, page.inquiries.map(toView), headers);
  }

  @endpoint('GET /inquiries/{id}', getInquiry)
  async get({path, claims}: EndpointInput<'GET /inquiries/{id}', typeof getInquiry>): Promise<Reply> {
    return new Reply(200, toView(await this.inquiries.get(claims, path.id)), {'Cache-Control': 'no-store'});
  }
}

function toDate(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}

// The same query with the cursor; the total is not counted again for each page.
function nextPagePath(query: InquiryListQuery, cursor: string): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({...query, cursor})) {
    if (name !== 'total') parameters.set(name, value.toString());
  }
  return `/inquiries?${parameters.toString()}`;
}

function toView(inquiry: Inquiry): InquiryView {
  return {
    id: inquiry.id,
    topic: inquiry.topic,
    name: inquiry.name,
    email: inquiry.email,
    phone: inquiry.phone,
    company: inquiry.company,
    subject: inquiry.subject,
    message: inquiry.message,
    locale: inquiry.locale,
    sourceUrl: inquiry.sourceUrl,
    metadata: inquiry.metadata,
    privacyNoticeVersion: inquiry.privacyNoticeVersion,
    status: inquiry.status,
    assignee: inquiry.assignee,
    spamReasons: inquiry.spamReasons,
    version: inquiry.version,
    createdAt: inquiry.createdAt.toISOString(),
    updatedAt: inquiry.updatedAt.toISOString(),
  };
}
