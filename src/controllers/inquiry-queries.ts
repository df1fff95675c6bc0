// The queries of inquiry lists.
import {
  inquiryFilterFields,
  inquiryFilterQuerySchema,
  type InquiryFilterQuery,
  inquiryListQuerySchema,
  inquirySchema,
} from '../contract/inquiry';
import type {InquiryFilter} from '../repositories/inquiry/inquiry-list';
import {conditionsOf, listQueries} from './list-queries';

export const {listQuery, countQuery, exportQuery, getQuery} = listQueries({
  fields: inquiryFilterFields,
  row: inquirySchema,
  list: inquiryListQuerySchema,
  filter: inquiryFilterQuerySchema,
});

/** What the flat query asks for, as the repository takes it. */
export function toFilter(query: InquiryFilterQuery): Omit<InquiryFilter, 'order'> {
  return {conditions: conditionsOf(query, inquiryFilterFields), search: query.q};
}
