// The queries of inquiry lists: the flat, typed one and LoopBack's filter, both become one filter of the repository.
import {z} from 'zod';
import {topicSchema} from '../contract/fields';
import {
  assigneeSchema,
  inquiryFilterQuerySchema,
  type InquiryFilterQuery,
  inquiryListQuerySchema,
} from '../contract/inquiry';
import {INQUIRY_STATUSES} from '../contract/inquiry-status';
import {exportQueryFields} from '../contract/page';
import type {Condition} from '../repositories/conditions';
import type {InquiryField, InquiryFilter} from '../repositories/inquiry-list';
import {emptyLoopBackFilter, type FilterFields, loopBackFilter, loopBackWhere} from '../rest/loopback-filter';
import {dateTime} from '../rest/date-time';

const FILTER_FIELDS: FilterFields<InquiryField> = {
  id: {value: z.uuid().toLowerCase()},
  status: {value: z.enum(INQUIRY_STATUSES)},
  topic: {value: topicSchema},
  assignee: {value: assigneeSchema, nullable: true},
  createdAt: {value: dateTime},
  updatedAt: {value: dateTime},
};

/** Query of `GET /inquiries`. */
export const listQuery = inquiryListQuerySchema.extend({filter: loopBackFilter(FILTER_FIELDS).optional()});

/** Query of `GET /inquiries/count`. */
export const countQuery = inquiryFilterQuerySchema.extend({where: loopBackWhere(FILTER_FIELDS).optional()});

/** Query of `GET /inquiries/export.csv`. */
export const exportQuery = countQuery.extend(exportQueryFields);

/** Query of `GET /inquiries/{id}`: LoopBack's clients send an empty filter with it. */
export const getQuery = z.strictObject({filter: emptyLoopBackFilter().optional()});

/** What the flat query asks for, as conditions of the repository. */
export function toFilter(query: InquiryFilterQuery): Omit<InquiryFilter, 'order'> {
  const conditions: Condition<InquiryField>[] = [];
  const add = (field: InquiryField, operator: Condition['operator'], value: unknown) => {
    if (value !== undefined) conditions.push({field, operator, value});
  };
  add('status', 'eq', query.status);
  add('topic', 'eq', query.topic);
  add('assignee', 'eq', query.assignee);
  add('createdAt', 'gte', query.createdFrom && new Date(query.createdFrom));
  add('createdAt', 'lt', query.createdTo && new Date(query.createdTo));
  return {conditions, search: query.q};
}
