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
export function toFilter({q, metadata, ...query}: InquiryFilterQuery): Omit<InquiryFilter, 'order'> {
  const search = q === undefined && metadata === undefined ? undefined : {text: q, metadata};
  return {conditions: conditionsOf(query, inquiryFilterFields), search};
}
