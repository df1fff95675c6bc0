// The subscription as the public site sends it, whose answer never says whether the address was known, and as the
// back office reads and changes it.
import {z} from 'zod';
import {emailSchema} from './email-address';
import {localeSchema, pageUrlSchema, topicSchema} from './fields';
import {createdQueryFields, filteredPageQueryFields, totalFields} from './page';
import {safeText} from './safe-text';
import {SUBSCRIPTION_STATUSES} from './status';

/** Body of `POST /subscriptions`. Consent is evidence: which text, in which version; outreach adds the time. */
export const subscriptionRequestSchema = z.strictObject({
  email: emailSchema,
  list: topicSchema.default('newsletter').meta({description: 'The list to join; a slug.', examples: ['newsletter']}),
  locale: localeSchema.optional(),
  consentVersion: safeText({max: 64}).meta({
    examples: ['2026-11'],
    description: 'Version of the consent text the visitor saw.',
  }),
  consentTextSha256: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal')
    .meta({
      description: 'SHA-256, in hexadecimal, of the consent text as shown.',
      examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    }),
  sourceUrl: pageUrlSchema.optional(),
});
z.globalRegistry.add(subscriptionRequestSchema, {title: 'SubscriptionRequest'});
export type SubscriptionRequest = z.infer<typeof subscriptionRequestSchema>;

/** Answer of `POST /subscriptions`: always the same for a valid body, new or known. */
export const subscriptionReceiptSchema = z.strictObject({status: z.literal('accepted')});
z.globalRegistry.add(subscriptionReceiptSchema, {title: 'SubscriptionReceipt'});
export type SubscriptionReceipt = z.infer<typeof subscriptionReceiptSchema>;

/** A subscription as the back office reads it, with the evidence of consent. Absent optional fields are null. */
export const subscriptionSchema = z.strictObject({
  id: z.uuid(),
  email: z.string().meta({examples: ['ada@example.org']}),
  list: z.string().meta({examples: ['newsletter']}),
  locale: z.string().nullable(),
  status: z.enum(SUBSCRIPTION_STATUSES),
  consentVersion: z.string().meta({examples: ['2026-11']}),
  consentTextSha256: z.string().meta({examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08']}),
  consentedAt: z.iso.datetime(),
  sourceUrl: z.string().nullable(),
  unsubscribedAt: z.iso.datetime().nullable(),
  version: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
z.globalRegistry.add(subscriptionSchema, {title: 'Subscription'});
export type SubscriptionView = z.infer<typeof subscriptionSchema>;

/** The path of one subscription. */
export const subscriptionPathSchema = z.strictObject({id: z.uuid().meta({description: 'The id of the subscription.'})});

/** Fields of which a list, a count or an export of subscriptions asks one value. */
export const subscriptionFilterFields = {
  status: z.enum(SUBSCRIPTION_STATUSES).optional().meta({description: 'Those with this status.'}),
  list: topicSchema.optional().meta({description: 'Those of this list.', examples: ['newsletter']}),
};

/**
 * What narrows a list, a count or an export of subscriptions: never the address, which would be personal data in a
 * URL. `createdFrom` is inclusive, `createdTo` exclusive.
 */
export const subscriptionFilterQuerySchema = z.strictObject({
  ...subscriptionFilterFields,
  ...createdQueryFields,
});
export type SubscriptionFilterQuery = z.infer<typeof subscriptionFilterQuerySchema>;

/** The query of `GET /subscriptions`. */
export const subscriptionListQuerySchema = subscriptionFilterQuerySchema.extend(filteredPageQueryFields);

/** Answer of `GET /subscriptions/count`. */
export const subscriptionCountSchema = z.strictObject({
  count: totalFields.count,
  byStatus: z.strictObject({active: z.int().min(0), pending: z.int().min(0), unsubscribed: z.int().min(0)}),
  isExact: totalFields.isExact,
});
z.globalRegistry.add(subscriptionCountSchema, {
  title: 'SubscriptionCount',
  examples: [{count: 128, byStatus: {active: 120, pending: 3, unsubscribed: 5}, isExact: true}],
});
export type SubscriptionCount = z.infer<typeof subscriptionCountSchema>;

/** Body of `PATCH /subscriptions/{id}`, a JSON merge patch (RFC 7396). */
export const subscriptionPatchSchema = z.strictObject({status: z.enum(['active', 'unsubscribed'])});
z.globalRegistry.add(subscriptionPatchSchema, {title: 'SubscriptionPatch', examples: [{status: 'unsubscribed'}]});
export type SubscriptionPatch = z.infer<typeof subscriptionPatchSchema>;
