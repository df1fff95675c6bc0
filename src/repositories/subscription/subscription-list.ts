// How subscriptions are listed, counted and exported. The address is no field to filter by: it would be personal data
// in a URL.
import {SUBSCRIPTION_STATUSES} from '../../contract/status';
import {subscriptionFilterFields, subscriptionSchema} from '../../contract/subscription';
import {columnsOf} from '../../models/column';
import {Subscription} from '../../models/subscription.model';
import {COMMON_FIELDS, type CommonField, listByStatus, type ListedTable, type ListFilter} from '../query/keyset-list';
import {askedValues} from '../query/index-ranges';

/** Fields that a list of subscriptions can be narrowed by. */
export type SubscriptionField = CommonField | keyof typeof subscriptionFilterFields;
export type SubscriptionFilter = ListFilter<SubscriptionField>;

export const SUBSCRIPTION_LIST: ListedTable<SubscriptionField> = listByStatus({
  table: 'subscription',
  select: `id, email, list, locale, status, consent_version AS "consentVersion",
  consent_text_sha256 AS "consentTextSha256", consented_at AS "consentedAt", source_url AS "sourceUrl",
  unsubscribed_at AS "unsubscribedAt", version, created_at AS "createdAt", updated_at AS "updatedAt"`,
  statuses: SUBSCRIPTION_STATUSES,
  columns: columnsOf(Subscription, {...COMMON_FIELDS, ...subscriptionFilterFields}),
  // One range for each asked value of the list or, failing that, of the status: both have an index of their own.
  ranges: conditions => [...askedValues(conditions, 'list'), ...askedValues(conditions, 'status')].slice(0, 1),
});

/** The columns of an export: the fields of the contract's subscription. */
export const SUBSCRIPTION_COLUMNS = columnsOf(Subscription, subscriptionSchema.shape);
