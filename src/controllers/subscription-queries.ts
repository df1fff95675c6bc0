// The queries of subscription lists: the flat, typed one and LoopBack's filter, both become one filter of the
// repository.
import {z} from 'zod';
import {topicSchema} from '../contract/fields';
import {exportQueryFields} from '../contract/page';
import {
  SUBSCRIPTION_STATUSES,
  subscriptionFilterQuerySchema,
  type SubscriptionFilterQuery,
  subscriptionListQuerySchema,
} from '../contract/subscription';
import type {Condition} from '../repositories/conditions';
import type {SubscriptionField} from '../repositories/subscription-list';
import {dateTime} from '../rest/date-time';
import {emptyLoopBackFilter, type FilterFields, loopBackFilter, loopBackWhere} from '../rest/loopback-filter';

const FILTER_FIELDS: FilterFields<SubscriptionField> = {
  id: {value: z.uuid().toLowerCase()},
  status: {value: z.enum(SUBSCRIPTION_STATUSES)},
  list: {value: topicSchema},
  createdAt: {value: dateTime},
  updatedAt: {value: dateTime},
};

/** Query of `GET /subscriptions`. */
export const listQuery = subscriptionListQuerySchema.extend({filter: loopBackFilter(FILTER_FIELDS).optional()});

/** Query of `GET /subscriptions/count`. */
export const countQuery = subscriptionFilterQuerySchema.extend({where: loopBackWhere(FILTER_FIELDS).optional()});

/** Query of `GET /subscriptions/export.csv`. */
export const exportQuery = countQuery.extend(exportQueryFields);

/** Query of `GET /subscriptions/{id}`: LoopBack's clients send an empty filter with it. */
export const getQuery = z.strictObject({filter: emptyLoopBackFilter().optional()});

/** What the flat query asks for, as conditions of the repository. */
export function toConditions(query: SubscriptionFilterQuery): Condition<SubscriptionField>[] {
  const conditions: Condition<SubscriptionField>[] = [];
  const add = (field: SubscriptionField, operator: Condition['operator'], value: unknown) => {
    if (value !== undefined) conditions.push({field, operator, value});
  };
  add('status', 'eq', query.status);
  add('list', 'eq', query.list);
  add('createdAt', 'gte', query.createdFrom && new Date(query.createdFrom));
  add('createdAt', 'lt', query.createdTo && new Date(query.createdTo));
  return conditions;
}
