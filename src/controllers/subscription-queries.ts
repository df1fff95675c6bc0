// The queries of subscription lists.
import {
  subscriptionFilterFields,
  subscriptionFilterQuerySchema,
  type SubscriptionFilterQuery,
  subscriptionListQuerySchema,
  subscriptionSchema,
} from '../contract/subscription';
import type {Condition} from '../repositories/query/conditions';
import type {SubscriptionField} from '../repositories/subscription/subscription-list';
import {conditionsOf, listQueries} from './list-queries';

export const {listQuery, countQuery, exportQuery, getQuery} = listQueries({
  fields: subscriptionFilterFields,
  row: subscriptionSchema,
  list: subscriptionListQuerySchema,
  filter: subscriptionFilterQuerySchema,
});

/** What the flat query asks for, as the repository takes it. */
export function toConditions(query: SubscriptionFilterQuery): Condition<SubscriptionField>[] {
  return conditionsOf(query, subscriptionFilterFields);
}
