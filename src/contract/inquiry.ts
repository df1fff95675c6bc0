// The inquiry as the public site sends it and as the back office reads it: one zod schema each, which is
// at once the OpenAPI schema, the validation and the TypeScript type.
import {z} from 'zod';
import {emailSchema, localeSchema, pageUrlSchema, topicSchema} from './fields';
import {safeText} from './safe-text';

/** What a triaged inquiry can be. */
export const INQUIRY_STATUSES = ['new', 'in_progress', 'resolved', 'spam'] as const;

const METADATA_MAX_BYTES = 4096;

const metadataSchema = z
  .record(z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/), safeText({min: 0, max: 1000}))
  .refine(
    value => new TextEncoder().encode(JSON.stringify(value)).length <= METADATA_MAX_BYTES,
    'must be at most 4 KB as JSON',
  )
  .meta({description: 'Flat strings about the visit, such as utm_source; at most 4 KB as JSON.'});

/** Body of `POST /inquiries`. That `topic` is one of INQUIRY_TOPICS is checked by the service, which knows them. */
export const inquirySubmissionSchema = z.strictObject({
  topic: topicSchema.meta({examples: ['sales'], description: 'One of INQUIRY_TOPICS.'}),
  name: safeText({max: 120}),
  email: emailSchema,
  phone: safeText({max: 32}).optional(),
  company: safeText({max: 160}).optional(),
  subject: safeText({max: 200}).optional(),
  message: safeText({max: 5000, multiline: true}),
  locale: localeSchema.optional(),
  sourceUrl: pageUrlSchema.optional(),
  metadata: metadataSchema.optional(),
  privacyNoticeVersion: safeText({max: 64}).optional(),
});
/** A valid submission, cleaned: NFC, trimmed, URL without query. */
export type InquirySubmission = z.infer<typeof inquirySubmissionSchema>;

/** Answer of `POST /inquiries`: the row is committed. */
export const inquiryReceiptSchema = z.strictObject({id: z.uuid(), receivedAt: z.iso.datetime()});
export type InquiryReceipt = z.infer<typeof inquiryReceiptSchema>;

/** An inquiry as the back office reads it. Absent optional fields are null. */
export const inquirySchema = z.strictObject({
  id: z.uuid(),
  topic: z.string(),
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  company: z.string().nullable(),
  subject: z.string().nullable(),
  message: z.string(),
  locale: z.string().nullable(),
  sourceUrl: z.string().nullable(),
  metadata: z.record(z.string(), z.string()).nullable(),
  privacyNoticeVersion: z.string().nullable(),
  status: z.enum(INQUIRY_STATUSES),
  assignee: z.string().nullable(),
  spamReasons: z.array(z.string()),
  version: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type InquiryView = z.infer<typeof inquirySchema>;

/** The query of `GET /inquiries`. `createdFrom` is inclusive, `createdTo` exclusive. */
export const inquiryListQuerySchema = z.strictObject({
  status: z.enum(INQUIRY_STATUSES).optional(),
  topic: topicSchema.optional(),
  assignee: safeText({max: 255}).optional(),
  createdFrom: z.iso.datetime({offset: true}).optional(),
  createdTo: z.iso.datetime({offset: true}).optional(),
  order: z.enum(['newest', 'oldest']).default('newest'),
  limit: z
    .string()
    .refine(text => /^\d{1,9}$/.test(text), {error: 'must be a whole number', abort: true})
    .transform(Number)
    .pipe(z.number().min(1).max(100))
    .meta({type: 'integer', minimum: 1, maximum: 100})
    .default(25),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/, 'must be a cursor from a Link header')
    .optional(),
  total: z.stringbool({truthy: ['true'], falsy: ['false'], case: 'sensitive'}).default(false),
});
export type InquiryListQuery = z.infer<typeof inquiryListQuerySchema>;
