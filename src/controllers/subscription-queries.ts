// The queries of subscription lists.
import {z} from 'zod';
import {topicSchema} from '../contract/fields';
import {
  subscriptionFilterFields,
  subscriptionFilterQuerySchema,
  type SubscriptionFilterQuery,
  subscriptionListQuerySchema,
} from '../contract/subscription';
import {SUBSCRIPTION_STATUSES} from '../contract/status';
import type {Condition} from '../repositories/query/conditions';
import type {SubscriptionField} from '../repositories/subscription/subscription-list';
import type {FilterFields} from '../rest/list/loopback-filter';
import {COMMON_FIELDS, conditionsOf, listQueries} from './list-queries';

const FIELDS: FilterFields<SubscriptionField> = {
  ...COMMON_FIELDS,
  status: {value: z.enum(SUBSCRIPTION_STATUSES)},
  list: {value: topicSchema},
};

export const {listQuery, countQuery, exportQuery, getQuery} = listQueries(FIELDS, {
  list: subscriptionListQuerySchema,
  filter: subscriptionFilterQuerySchema,
});

/** What the flat query asks for, as the repository takes it. */
export function toConditions(query: SubscriptionFilterQuery): Condition<SubscriptionField>[] {
  return conditionsOf(query, subscriptionFilterFields);
}
