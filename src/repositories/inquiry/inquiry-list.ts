// How inquiries are listed, counted and exported: their columns, and which index reads what.
import type {InquiryView} from '../../contract/inquiry';
import {INQUIRY_STATUSES} from '../../contract/inquiry-status';
import type {Condition} from '../query/conditions';
import type {CsvColumns} from '../query/csv-columns';
import {type JsonColumns, jsonSelect, jsonWriter} from '../query/json-columns';
import type {ListedTable, ListFilter} from '../query/keyset-list';
import {askedValues, type Stream} from '../query/index-ranges';
import {searchCondition} from '../query/search-condition';
import {type CommonField, listByStatus} from '../query/status-list';

/** Fields that a list of inquiries can be narrowed by. */
export type InquiryField = CommonField | 'topic' | 'assignee';
export type InquiryFilter = ListFilter<InquiryField>;

// In the order of the contract's inquiry.
const COLUMNS: Readonly<Record<keyof InquiryView, string>> = {
  id: 'id',
  topic: 'topic',
  name: 'name',
  email: 'email',
  phone: 'phone',
  company: 'company',
  subject: 'subject',
  message: 'message',
  locale: 'locale',
  sourceUrl: 'source_url',
  metadata: 'metadata',
  privacyNoticeVersion: 'privacy_notice_version',
  status: 'status',
  assignee: 'assignee',
  spamReasons: 'spam_reasons',
  version: 'version',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};

const JSON_KINDS: JsonColumns<keyof InquiryView> = {
  id: 'plain',
  topic: 'plain',
  name: 'text',
  email: 'text',
  phone: 'text',
  company: 'text',
  subject: 'text',
  message: 'text',
  locale: 'text',
  sourceUrl: 'text',
  metadata: 'json',
  privacyNoticeVersion: 'text',
  status: 'plain',
  assignee: 'text',
  spamReasons: 'json',
  version: 'json',
  createdAt: 'time',
  updatedAt: 'time',
};

/** The select list of the values that `toInquiryJson` writes. */
export const INQUIRY_VALUES = jsonSelect(JSON_KINDS, COLUMNS);
/** The fields of those values, in their order. */
export const INQUIRY_FIELDS: readonly string[] = Object.keys(JSON_KINDS);
/** The contract's inquiry as JSON; the row may have more behind the values. */
export const toInquiryJson = jsonWriter(JSON_KINDS);

export const INQUIRY_LIST: ListedTable<InquiryField> = listByStatus({
  table: 'inquiry',
  select: Object.entries(COLUMNS)
    .map(([name, column]) => `${column} AS "${name}"`)
    .join(', '),
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

/** The columns of an export: the fields of the contract's inquiry. */
export const INQUIRY_CSV: CsvColumns<keyof InquiryView> = {
  id: 'plain',
  topic: 'text',
  name: 'text',
  email: 'text',
  phone: 'phone',
  company: 'text',
  subject: 'text',
  message: 'text',
  locale: 'text',
  sourceUrl: 'text',
  metadata: 'text',
  privacyNoticeVersion: 'text',
  status: 'plain',
  assignee: 'text',
  spamReasons: 'text',
  version: 'plain',
  createdAt: 'time',
  updatedAt: 'time',
};
