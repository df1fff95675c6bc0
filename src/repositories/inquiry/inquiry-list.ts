// How inquiries are listed, counted and exported: their columns, and which index reads what.
import {inquirySchema} from '../../contract/inquiry';
import {INQUIRY_STATUSES} from '../../contract/status';
import {columnsOf, type Row} from '../../models/column';
import {Inquiry} from '../../models/inquiry.model';
import type {Condition} from '../query/conditions';
import {jsonSelect, jsonWriter, rowSelect} from '../query/json-columns';
import type {ListedTable, ListFilter} from '../query/keyset-list';
import {askedValues, type Stream} from '../query/index-ranges';
import {searchCondition} from '../query/search-condition';
import {type CommonField, listByStatus} from '../query/status-list';

/** Fields that a list of inquiries can be narrowed by. */
export type InquiryField = CommonField | 'topic' | 'assignee';
export type InquiryFilter = ListFilter<InquiryField>;

/**
 * The fields of the contract's inquiry with their columns, in its order; each property of the model is one. Lists, exports, the
 * feed, triage and privacy are made of them.
 */
export const INQUIRY_COLUMNS = columnsOf(
  Inquiry,
  inquirySchema.shape satisfies Readonly<Record<keyof Row<Inquiry>, unknown>>,
);
/** The select list of the values that `toInquiryJson` writes. */
export const INQUIRY_VALUES = jsonSelect(INQUIRY_COLUMNS);
/** The fields of those values, in their order. */
export const INQUIRY_FIELDS: readonly string[] = Object.keys(INQUIRY_COLUMNS);
/** The contract's inquiry as JSON; the row may have more behind the values. */
export const toInquiryJson = jsonWriter(INQUIRY_COLUMNS);

export const INQUIRY_LIST: ListedTable<InquiryField> = listByStatus({
  table: 'inquiry',
  select: rowSelect(INQUIRY_COLUMNS),
  status: {type: 'inquiry_status', values: INQUIRY_STATUSES},
  fields: {topic: {column: 'topic', type: 'text'}, assignee: {column: 'assignee', type: 'text'}},
  search: searchCondition,
  streams: streamsOf,
});

// Of assignees within topics; each is read for every status.
const MOST_RANGES = 100;

// Each stream is one range of an index of these fields and id. Who asks for neither topic, status nor assignee reads along
// ids.
function streamsOf(conditions: readonly Condition<InquiryField>[]): Stream<InquiryField>[] {
  const status = askedValues(conditions, 'status');
  const asked = [...askedValues(conditions, 'assignee'), ...askedValues(conditions, 'topic')];
  const ranges = asked.reduce((product, {values}) => product * values.length, 1);
  const those = ranges <= MOST_RANGES ? asked : asked.slice(0, 1);
  const unassigned = conditions.some(
    ({field, operator, value}) => field === 'assignee' && operator === 'eq' && value === null,
  );
  const inEach = status.length > 0 ? status : [{field: 'status' as const, values: INQUIRY_STATUSES}];
  if (unassigned) return [{field: 'assignee', values: [null]}, ...inEach];
  return those.length > 0 ? [...those, ...inEach] : status;
}
