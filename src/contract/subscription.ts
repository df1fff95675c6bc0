// The subscription as the public site sends it, whose answer never says whether the address was known, and as the
// back office reads and changes it.
import {z} from 'zod';
import {emailSchema} from './email-address';
import {localeSchema, pageUrlSchema, topicSchema} from './fields';
import {createdQueryFields, filteredPageQueryFields, pageQueryFields, totalFields} from './page';
import {safeText} from './safe-text';
import {SUBSCRIPTION_STATUSES} from './status';

/** The list of who names none, where SUBSCRIPTION_LISTS does not say which there are. */
export const DEFAULT_LIST = 'newsletter';

/** Body of `POST /subscriptions`. Consent is evidence: which text, in which version; outreach adds the time. */
export const subscriptionRequestSchema = z.strictObject({
  email: emailSchema,
  list: topicSchema.optional().meta({
    description: `The list to join; a slug. Left out: the first of SUBSCRIPTION_LISTS, or \`${DEFAULT_LIST}\`.`,
    examples: [DEFAULT_LIST],
  }),
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
    .optional()
    .meta({
      description:
        'SHA-256, in hexadecimal, of the consent text as shown. It may be left out where CONSENT_TEXTS has the version, and ' +
        'is needed where it has not.',
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

/** Days after a request within which it can be confirmed. */
export const CONFIRMATION_DAYS = 7;

const tokenSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{74}$/, 'must be the whole token of the mail')
  .meta({
    description: 'As the link of the mail has it.',
    examples: ['Agqh5JOO33C_oMDHSmeJ7W8AAAAAAABlx0ZHZ2uyPYJ3hAV0xOYq1Hh2TXBm1n0mB2oJv0d0Yg'],
  });

/** Body of `POST /subscriptions/confirm`. */
export const confirmationSchema = z.strictObject({token: tokenSchema});
z.globalRegistry.add(confirmationSchema, {title: 'Confirmation'});

/** Body of `POST /subscriptions/unsubscribe`, whose token may be in the query instead (RFC 8058). */
export const unsubscriptionSchema = z.strictObject({token: tokenSchema.optional()});
z.globalRegistry.add(unsubscriptionSchema, {title: 'Unsubscription'});

/** Fields of a form that ends a subscription: what a mail program sends (RFC 8058, 3.1). */
export const oneClickFormSchema = z.strictObject({'List-Unsubscribe': z.literal('One-Click').optional()});

/** Answers of the two: what the subscription is now. */
export const confirmedSchema = z.strictObject({status: z.literal('active')});
z.globalRegistry.add(confirmedSchema, {title: 'Confirmed'});
export const unsubscribedSchema = z.strictObject({status: z.literal('unsubscribed')});
z.globalRegistry.add(unsubscribedSchema, {title: 'Unsubscribed'});

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

/**
 * Body of `POST /subscriptions/search`: an address is looked for in a body, since a URL with it would be in logs and
 * histories. Case and the spelling of an internationalized domain do not matter.
 */
export const subscriptionSearchSchema = z.strictObject({email: emailSchema});
z.globalRegistry.add(subscriptionSearchSchema, {title: 'SubscriptionSearch'});
export type SubscriptionSearch = z.infer<typeof subscriptionSearchSchema>;

/** Most subscriptions that a search answers: an address has one of each list. */
export const MAX_FOUND = 100;

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

/** The query of `GET /subscriptions/recipients`. */
export const recipientQuerySchema = z.strictObject({
  status: z.enum(['active', 'pending']).default('active').meta({
    description: '`active`: to whom the list is sent. `pending`: to whom a mail with the link to confirm is.',
  }),
  list: subscriptionFilterFields.list,
  order: pageQueryFields.order,
  limit: pageQueryFields.limit,
  cursor: pageQueryFields.cursor,
});

/** Somebody to whom a mail is sent, with the tokens of its links. */
export const recipientSchema = z.strictObject({
  id: z.uuid(),
  email: z.string().meta({examples: ['ada@example.org']}),
  list: z.string().meta({examples: ['newsletter']}),
  locale: z.string().nullable(),
  status: z.enum(['active', 'pending']),
  consentedAt: z.iso
    .datetime()
    .meta({description: 'Of the request: each request of a subscription is confirmed by itself.'}),
  confirmToken: z
    .string()
    .nullable()
    .meta({
      description: `For \`POST /subscriptions/confirm\`; null but for ${CONFIRMATION_DAYS} days of what is pending.`,
    }),
  unsubscribeToken: z.string().nullable().meta({
    description: 'For `POST /subscriptions/unsubscribe`, at any time; null without SUBSCRIPTION_TOKEN_KEYS.',
  }),
});
z.globalRegistry.add(recipientSchema, {title: 'Recipient'});
export type Recipient = z.infer<typeof recipientSchema>;

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
export const subscriptionPatchSchema = z.strictObject({
  status: z.enum(['active', 'unsubscribed']),
  reason: safeText({max: 500}).optional().meta({
    description: 'Why, for the history of consent. `active` needs it: how it is known that the person wants this.',
  }),
});
z.globalRegistry.add(subscriptionPatchSchema, {title: 'SubscriptionPatch', examples: [{status: 'unsubscribed'}]});
export type SubscriptionPatch = z.infer<typeof subscriptionPatchSchema>;

/** An entry of a subscription's history of consent. */
export const consentSchema = z.strictObject({
  id: z.uuid(),
  subscriptionId: z.uuid(),
  kind: z.enum(['given', 'confirmed', 'withdrawn']),
  method: z.enum(['request', 'link', 'one_click', 'back_office']).meta({
    description:
      'How: `request` by `POST /subscriptions`, which anybody can send; `link` by who reads the mail of the address; ' +
      "`one_click` by their mail program (RFC 8058); `back_office` by the entry's `actor`.",
  }),
  consentVersion: z.string().meta({examples: ['2026-11'], description: 'Of the text that this is about.'}),
  consentTextSha256: z.string().meta({examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08']}),
  actor: z.string().nullable().meta({description: '`sub` of the token; null for what the person did.'}),
  reason: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
z.globalRegistry.add(consentSchema, {title: 'Consent'});
export type Consent = z.infer<typeof consentSchema>;

/** Most entries that an answer has of one subscription: anybody can add some. */
export const MAX_CONSENTS = 100;
