// The inquiry as the public site sends it and as the back office reads it: one zod schema each, which is
// at once the OpenAPI schema, the validation and the TypeScript type.
import {z} from 'zod';
import {emailSchema} from './email-address';
import {localeSchema, pageUrlSchema, topicSchema} from './fields';
import {INQUIRY_STATUSES} from './status';
import {createdQueryFields, filteredPageQueryFields, totalFields} from './page';
import {metadataQuerySchema, metadataSchema, storedMetadataSchema} from './metadata';
import {safeText} from './safe-text';

/** Who works on an inquiry: whatever name the back office uses for its people. */
export const assigneeSchema = safeText({max: 255});

/** The key of `metadata` that keeps the topic which a form asked for, where that is none of INQUIRY_TOPICS. */
export const REQUESTED_TOPIC = 'requestedTopic';

/** Longest topic that a form may ask for, in code points: a page builder sends its label. */
const MAX_REQUESTED_TOPIC = 200;

/** Body of `POST /inquiries`. What happens to a `topic` that is none of INQUIRY_TOPICS is up to the service, which knows them. */
export const inquirySubmissionSchema = z.strictObject({
  topic: safeText({max: MAX_REQUESTED_TOPIC}).meta({
    examples: ['sales'],
    description:
      'One that `GET /topics` lists. Of a form any other is kept as `metadata.' +
      `${REQUESTED_TOPIC}\`, and the inquiry has the default topic, unless UNKNOWN_TOPIC says else.`,
  }),
  name: safeText({max: 120}).meta({examples: ['Ada Lovelace']}),
  email: emailSchema,
  phone: safeText({max: 32}).optional(),
  company: safeText({max: 160}).optional(),
  subject: safeText({max: 200}).optional(),
  message: safeText({max: 5000, multiline: true}).meta({examples: ['What would ten of them cost?']}),
  locale: localeSchema.optional(),
  sourceUrl: pageUrlSchema.optional(),
  metadata: metadataSchema.optional(),
  privacyNoticeVersion: safeText({max: 64}).optional(),
});
z.globalRegistry.add(inquirySubmissionSchema, {title: 'InquirySubmission'});
/** A valid submission, cleaned: NFC, trimmed, URL without query. */
export type InquirySubmission = z.infer<typeof inquirySubmissionSchema>;

/** Answer of `POST /inquiries`: the row is committed. */
export const inquiryReceiptSchema = z.strictObject({id: z.uuid(), receivedAt: z.iso.datetime()});
z.globalRegistry.add(inquiryReceiptSchema, {title: 'InquiryReceipt'});
export type InquiryReceipt = z.infer<typeof inquiryReceiptSchema>;

/** An inquiry as the back office reads it. Absent optional fields are null. */
export const inquirySchema = z.strictObject({
  id: z.uuid(),
  topic: z.string().meta({examples: ['sales']}),
  name: z.string().meta({examples: ['Ada Lovelace']}),
  email: z.string().meta({examples: ['ada@example.org']}),
  phone: z.string().nullable(),
  company: z.string().nullable(),
  subject: z.string().nullable(),
  message: z.string().meta({examples: ['What would ten of them cost?']}),
  locale: z.string().nullable(),
  sourceUrl: z.string().nullable(),
  metadata: storedMetadataSchema.nullable(),
  privacyNoticeVersion: z.string().nullable(),
  status: z.enum(INQUIRY_STATUSES),
  assignee: z.string().nullable(),
  spamReasons: z.array(z.string()),
  version: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
z.globalRegistry.add(inquirySchema, {title: 'Inquiry'});
export type InquiryView = z.infer<typeof inquirySchema>;

/** Answer of `GET /topics`: INQUIRY_TOPICS; the first is the default. */
export const topicsSchema = z.strictObject({
  topics: z.array(topicSchema).meta({examples: [['general', 'sales']]}),
  defaultTopic: topicSchema.meta({
    description: 'Of a form whose topic is none of them (UNKNOWN_TOPIC).',
    examples: ['general'],
  }),
});
z.globalRegistry.add(topicsSchema, {title: 'Topics'});

/** The path of one inquiry. */
export const inquiryPathSchema = z.strictObject({id: z.uuid().meta({description: 'The id of the inquiry.'})});

/** Fields of which a list, a count or an export of inquiries asks one value; what else lists them does not compile without each. */
export const inquiryFilterFields = {
  status: z.enum(INQUIRY_STATUSES).optional().meta({description: 'Those with this status.'}),
  topic: topicSchema.optional().meta({description: 'Those of this topic, one of INQUIRY_TOPICS.'}),
  assignee: assigneeSchema.optional().meta({description: 'Those that this person works on, as triage named them.'}),
};

/** What narrows a list, a count or an export of inquiries. `createdFrom` is inclusive, `createdTo` exclusive. */
export const inquiryFilterQuerySchema = z.strictObject({
  ...inquiryFilterFields,
  q: safeText({max: 200}).optional().meta({
    description: 'Words anywhere in the text, or a part of name, e-mail, company or subject; without accents and case.',
  }),
  metadata: metadataQuerySchema.optional(),
  ...createdQueryFields,
});
export type InquiryFilterQuery = z.infer<typeof inquiryFilterQuerySchema>;

/** The query of `GET /inquiries`. */
export const inquiryListQuerySchema = inquiryFilterQuerySchema.extend(filteredPageQueryFields);

/** Answer of `GET /inquiries/count`. */
export const inquiryCountSchema = z.strictObject({
  count: totalFields.count,
  byStatus: z.strictObject({
    new: z.int().min(0),
    in_progress: z.int().min(0),
    resolved: z.int().min(0),
    spam: z.int().min(0),
  }),
  isExact: totalFields.isExact,
});
z.globalRegistry.add(inquiryCountSchema, {
  title: 'InquiryCount',
  examples: [{count: 128, byStatus: {new: 3, in_progress: 1, resolved: 120, spam: 4}, isExact: true}],
});
export type InquiryCount = z.infer<typeof inquiryCountSchema>;
