// Erasures and subject exports (GDPR, articles 17 and 15): what is asked and what is answered.
import {z} from 'zod';
import {emailSchema} from './email-address';
import {inquirySchema} from './inquiry';
import {consentSchema, subscriptionSchema} from './subscription';

/** Body of `POST /erasures` and `POST /subject-exports`. Case and the spelling of an internationalized domain do not matter. */
export const subjectRequestSchema = z.strictObject({email: emailSchema});
z.globalRegistry.add(subjectRequestSchema, {title: 'SubjectRequest'});
export type SubjectRequest = z.infer<typeof subjectRequestSchema>;

const count = (description: string) => z.number().int().min(0).meta({description});

/** Answer of `POST /erasures`: what was erased now, so all zero when it was erased before. */
export const erasureCountsSchema = z.strictObject({
  inquiries: count('Inquiries from the address, removed with their idempotency records.'),
  activities: count('Notes and changes of those inquiries, removed.'),
  notesRedacted: count('Notes and other records of other people in which the address was replaced by a mark.'),
  subscriptions: count('Subscriptions of the address, removed with the evidence of consent.'),
});
z.globalRegistry.add(erasureCountsSchema, {title: 'ErasureCounts'});
export type ErasureCounts = z.infer<typeof erasureCountsSchema>;

/** Most rows of each kind in a subject export, so that its memory is bounded. */
export const SUBJECT_EXPORT_MAX_ROWS = 1000;

const heldActivitySchema = z.strictObject({
  id: z.uuid(),
  inquiryId: z.uuid(),
  kind: z.string(),
  actor: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  note: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
z.globalRegistry.add(heldActivitySchema, {title: 'HeldActivity'});

const quoteSchema = z.strictObject({
  resource: z.enum(['inquiry', 'activity', 'subscription', 'consent', 'audit']),
  id: z.uuid(),
  inquiryId: z.uuid().nullable(),
  field: z.string(),
  text: z.string(),
  createdAt: z.iso.datetime(),
});
z.globalRegistry.add(quoteSchema, {title: 'Quote'});

/** Answer of `POST /subject-exports`: everything held about the address, each list oldest first. */
export const subjectExportSchema = z.strictObject({
  exportedAt: z.iso.datetime(),
  complete: z.boolean().meta({
    description: `False when a list has more than ${SUBJECT_EXPORT_MAX_ROWS} entries; only the oldest are here then.`,
  }),
  inquiries: z.array(inquirySchema),
  activity: z.array(heldActivitySchema),
  subscriptions: z.array(subscriptionSchema),
  consents: z.array(consentSchema).meta({description: 'The history of consent of these subscriptions.'}),
  quotes: z.array(quoteSchema).meta({
    description: "Texts of other people's records that quote the address: read them before you pass them on.",
  }),
});
z.globalRegistry.add(subjectExportSchema, {title: 'SubjectExport'});
export type SubjectExport = z.infer<typeof subjectExportSchema>;
