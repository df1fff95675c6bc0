// The queries of inquiry lists.
import {z} from 'zod';
import {topicSchema} from '../contract/fields';
import {
  assigneeSchema,
  inquiryFilterFields,
  inquiryFilterQuerySchema,
  type InquiryFilterQuery,
  inquiryListQuerySchema,
} from '../contract/inquiry';
import {INQUIRY_STATUSES} from '../contract/status';
import type {InquiryField, InquiryFilter} from '../repositories/inquiry/inquiry-list';
import type {FilterFields} from '../rest/list/loopback-filter';
import {COMMON_FIELDS, conditionsOf, listQueries} from './list-queries';

const FIELDS: FilterFields<InquiryField> = {
  ...COMMON_FIELDS,
  status: {value: z.enum(INQUIRY_STATUSES)},
  topic: {value: topicSchema},
  assignee: {value: assigneeSchema, nullable: true},
};

export const {listQuery, countQuery, exportQuery, getQuery} = listQueries(FIELDS, {
  list: inquiryListQuerySchema,
  filter: inquiryFilterQuerySchema,
});

/** What the flat query asks for, as the repository takes it. */
export function toFilter(query: InquiryFilterQuery): Omit<InquiryFilter, 'order'> {
  return {conditions: conditionsOf(query, inquiryFilterFields), search: query.q};
}
