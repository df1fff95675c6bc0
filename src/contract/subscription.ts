// The subscription as the public site sends it. The answer never tells whether the address was known.
import {z} from 'zod';
import {emailSchema, localeSchema, pageUrlSchema, topicSchema} from './fields';
import {safeText} from './safe-text';

export const SUBSCRIPTION_STATUSES = ['active', 'pending', 'unsubscribed'] as const;

/** Body of `POST /subscriptions`. Consent is evidence: which text, in which version; outreach adds the time. */
export const subscriptionRequestSchema = z.strictObject({
  email: emailSchema,
  list: topicSchema.default('newsletter').meta({description: 'The list to join; a slug.'}),
  locale: localeSchema.optional(),
  consentVersion: safeText({max: 64}).meta({description: 'Version of the consent text the visitor saw.'}),
  consentTextSha256: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal')
    .meta({description: 'SHA-256, in hexadecimal, of the consent text as shown.'}),
  sourceUrl: pageUrlSchema.optional(),
});
export type SubscriptionRequest = z.infer<typeof subscriptionRequestSchema>;

/** Answer of `POST /subscriptions`: always the same for a valid body, new or known. */
export const subscriptionReceiptSchema = z.strictObject({status: z.literal('accepted')});
export type SubscriptionReceipt = z.infer<typeof subscriptionReceiptSchema>;
