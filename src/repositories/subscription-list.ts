// How subscriptions are listed, counted and exported. The address is no field to filter by: it would be personal data
// in a URL.
import {SUBSCRIPTION_STATUSES, type SubscriptionView} from '../contract/subscription';
import type {Condition} from './conditions';
import type {CsvColumns} from './csv-columns';
import type {ListedTable, ListFilter} from './keyset-list';
import {askedValues, type Stream} from './merged-streams';

/** Fields that a list of subscriptions can be narrowed by. */
export type SubscriptionField = 'id' | 'status' | 'list' | 'createdAt' | 'updatedAt';
export type SubscriptionFilter = ListFilter<SubscriptionField>;

export const SUBSCRIPTION_LIST: ListedTable<SubscriptionField> = {
  table: 'subscription',
  select: `id, email, list, locale, status, consent_version AS "consentVersion",
  consent_text_sha256 AS "consentTextSha256", consented_at AS "consentedAt", source_url AS "sourceUrl",
  unsubscribed_at AS "unsubscribedAt", version, created_at AS "createdAt", updated_at AS "updatedAt"`,
  columns: {
    id: {column: 'id', type: 'uuid'},
    status: {column: 'status', type: 'subscription_status', values: SUBSCRIPTION_STATUSES},
    list: {column: 'list', type: 'text'},
    createdAt: {column: 'created_at', type: 'timestamptz'},
    updatedAt: {column: 'updated_at', type: 'timestamptz'},
  },
  implied: inEachStatus,
  streams: streamsOf,
};

// One stream for each asked value of the list or, failing that, of the status: both have an index of their own. Ids and
// ranges of updates lead to few rows by themselves.
function streamsOf(conditions: readonly Condition<SubscriptionField>[]): Stream<SubscriptionField>[] {
  const isOfIds = ({field, operator}: Condition<SubscriptionField>) =>
    field === 'id' && (operator === 'eq' || operator === 'inq');
  if (conditions.some(condition => isOfIds(condition) || condition.field === 'updatedAt')) return [];
  return [...askedValues(conditions, 'list'), ...askedValues(conditions, 'status')].slice(0, 1);
}

// The index of updates begins with the status.
function inEachStatus(conditions: readonly Condition<SubscriptionField>[]): Condition<SubscriptionField>[] {
  const isByUpdate = conditions.some(({field}) => field === 'updatedAt');
  return isByUpdate ? [{field: 'status', operator: 'inq', value: SUBSCRIPTION_STATUSES}] : [];
}

/** The columns of an export: the fields of the contract's subscription. */
export const SUBSCRIPTION_CSV: CsvColumns<keyof SubscriptionView> = {
  id: 'plain',
  email: 'text',
  list: 'text',
  locale: 'text',
  status: 'plain',
  consentVersion: 'text',
  consentTextSha256: 'text',
  consentedAt: 'time',
  sourceUrl: 'text',
  unsubscribedAt: 'time',
  version: 'plain',
  createdAt: 'time',
  updatedAt: 'time',
};
