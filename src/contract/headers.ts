// The header fields of requests and answers that routes declare, each once: description, form and example.
import {z} from 'zod';
import {MAX_COUNTED} from './page';

/** The version of a row (RFC 9110, 8.8.3). */
export const etagHeader = z
  .string()
  .regex(/^"[1-9]\d{0,9}"$/)
  .meta({description: 'The version, a strong tag: for If-Match.', examples: ['"3"']});

/** The tag of a page (RFC 9110, 8.8.3). */
export const pageTagHeader = z
  .string()
  .regex(/^"[A-Za-z0-9_-]{22}"$/)
  .meta({
    description: 'Another one when the page is another: for If-None-Match.',
    examples: ['"mZ8Qv0x3Tn6Hc4Wv7ZsBea"'],
  });

/** Of lists: what the caller has already (RFC 9110, 13.1.2). */
export const ifNoneMatchSchema = z.string().meta({
  description: 'The `ETag` of the page as it was read: when that is still the page, the answer is 304, without a body.',
  examples: ['"mZ8Qv0x3Tn6Hc4Wv7ZsBea"'],
});

/** RFC 8288, with a relative target: the same query, further on. */
export const nextLinkHeader = z
  .string()
  .regex(/^<\/[^<>\s]*>; rel="next"$/)
  .meta({
    description: 'The next page, `rel="next"`; absent on the last one, and for who pages by `offset`.',
    examples: ['</inquiries?limit=25&cursor=WzE3N10>; rel="next"'],
  });

// Beside the X-Total-Count of a list, which itself stays the plain number that LoopBack's clients read.
const totalIsExactHeader = z.enum(['true', 'false']).meta({
  description: `\`false\`: X-Total-Count is a lower bound, since a status has ${MAX_COUNTED} or more, or a search has.`,
});

// How many rows match a list's query.
const listTotalHeader = z
  .int()
  .min(0)
  .meta({description: 'How many match; only with `total=true` or `X-Total: true`.', examples: [128]});

/** How many rows an export has. */
export const exportTotalHeader = z
  .int()
  .min(0)
  .meta({
    description:
      'How many rows follow the header line; fewer means that the export broke off. HEAD answers the number alone.',
    examples: [128],
  });

export const attachmentHeader = z
  .string()
  .regex(/^attachment; filename="[a-z]+-\d{4}-\d\d-\d\d\.csv"$/)
  .meta({description: 'A file name with the date.', examples: ['attachment; filename="inquiries-2026-11-23.csv"']});

export const inquiryLocationHeader = z
  .string()
  .regex(/^\/inquiries\/[0-9a-f-]{36}$/)
  .meta({description: 'Path of the inquiry.', examples: ['/inquiries/0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e']});

export const redirectLocationHeader = z
  .url()
  .meta({description: 'The URL of `_next`.', examples: ['https://www.example.org/thanks']});

/** Of the public routes. */
export const idempotencyKeySchema = z
  .string()
  .regex(/^(?:[\x21-\x7E]{8,255})?$/, 'must be 8 to 255 visible ASCII characters')
  .transform(key => (key === '' ? undefined : key)) // an empty header is none
  .meta({
    description:
      'Any text: within 7 days a repeat with the same key and body stores nothing and gets the same answer. With ' +
      'another body the same key is another submission.',
    examples: ['5f0c9c1e-form-7'],
  });

/** Of what is the same for everybody and changes with the configuration alone (RFC 9111): caches may keep it so long. */
export const CACHEABLE = {'Cache-Control': 'public, max-age=300'} as const;

/** Of lists: another way to say `total`. */
export const totalRequestSchema = z
  .enum(['true', 'false'])
  .meta({description: 'Count the matching rows into X-Total-Count; so does `total=true`.'});

/** What a list may be asked beside its query. */
export const listRequestHeaders = z.object({
  'x-total': totalRequestSchema.optional(),
  'if-none-match': ifNoneMatchSchema.optional(),
});

/** What a list says of its page. */
export const listReplyHeaders = z.object({
  ETag: pageTagHeader,
  Link: nextLinkHeader.optional(),
  'X-Total-Count': listTotalHeader.optional(),
  'X-Total-Count-Exact': totalIsExactHeader.optional(),
});
