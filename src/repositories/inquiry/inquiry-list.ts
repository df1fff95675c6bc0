// How inquiries are listed, counted and exported: their columns, which index reads what, and a page as the text of a JSON array,
// made of the values' text: rows that the server would parse and write again cost it more, and JSON that PostgreSQL makes
// costs PostgreSQL half as much again. With the page comes where the feed ends, in the same statement and so of the same snapshot.
import type {QueryConfig} from 'pg';
import {inquiryFilterFields, inquirySchema} from '../../contract/inquiry';
import {INQUIRY_STATUSES} from '../../contract/status';
import {columnsOf, type Row} from '../../models/column';
import {Inquiry} from '../../models/inquiry.model';
import type {Condition} from '../query/conditions';
import {jsonSelect, jsonWriter, rowSelect} from '../query/json-columns';
import {
  COMMON_FIELDS,
  type CommonField,
  listByStatus,
  type ListedTable,
  type ListFilter,
  type ListPosition,
  pageStatement,
  type PageRequest,
} from '../query/keyset-list';
import {END_OF_FEED, type FeedPosition, LAST_ID} from '../change-feed/feed-position';
import type {PostgresText} from '../../datasources/postgres/pipelined-connections';
import {askedValues, type IndexRanges} from '../query/index-ranges';
import {searchCondition} from '../query/search-condition';

/** Fields that a list of inquiries can be narrowed by. */
export type InquiryField = CommonField | keyof typeof inquiryFilterFields;
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
  statuses: INQUIRY_STATUSES,
  columns: columnsOf(Inquiry, {...COMMON_FIELDS, ...inquiryFilterFields}),
  search: searchCondition,
  ranges: rangesOf,
});

// Has the field an index with status and id, and one with each field before it? A list reads the ranges of what it asks for;
// without an index it reads rows of other values, too.
const HAS_INDEX: Readonly<Record<Exclude<keyof typeof inquiryFilterFields, 'status'>, boolean>> = {
  assignee: true,
  topic: true,
};
const INDEXED = (Object.keys(HAS_INDEX) as (keyof typeof HAS_INDEX)[]).filter(field => HAS_INDEX[field]); // its own keys

// Of assignees within topics; each is read for every status.
const MOST_RANGES = 100;

// Each is a range of an index of these fields and id. Who asks for neither topic, status nor assignee reads along
// ids.
function rangesOf(conditions: readonly Condition<InquiryField>[]): IndexRanges<InquiryField>[] {
  const status = askedValues(conditions, 'status');
  const asked = INDEXED.flatMap(field => askedValues(conditions, field));
  const count = asked.reduce((product, {values}) => product * values.length, 1);
  const those = count <= MOST_RANGES ? asked : asked.slice(0, 1);
  const unassigned = conditions.some(
    ({field, operator, value}) => field === 'assignee' && operator === 'eq' && value === null,
  );
  const inEach = status.length > 0 ? status : [{field: 'status' as const, values: INQUIRY_STATUSES}];
  if (unassigned) return [{field: 'assignee', values: [null]}, ...inEach];
  return those.length > 0 ? [...those, ...inEach] : status;
}

/** A page; `next` is where the following one starts, absent on the last one. */
export interface InquiryPage {
  /** An array of the contract's inquiries. */
  json: string;
  /**
   * Differs when `json` does, and is shorter: in one epoch of the database a row's version grows with each change that a
   * reader sees.
   */
  identity: string;
  next?: ListPosition;
  /** Where the feed goes on from these rows. */
  end: FeedPosition;
}

const [ID = 0, VERSION = 0] = ['id', 'version'].map(field => INQUIRY_FIELDS.indexOf(field));
const END = INQUIRY_FIELDS.length;
const LISTED = {...INQUIRY_LIST, select: INQUIRY_VALUES};

/** The page with one row more; each row says where the feed ends, and one without an inquiry does when there is none. */
export function inquiryPageStatement(filter: InquiryFilter, page: PageRequest): QueryConfig {
  const {name, text, values} = pageStatement(LISTED, filter, {...page, limit: page.limit + 1});
  const direction = filter.order === 'newest' ? 'DESC' : 'ASC';
  return {
    ...(name !== undefined && {name: `inquiries_${name}`}),
    text: `
SELECT listed.*, feed.epoch || ' ' || feed.xid FROM (${END_OF_FEED}) AS feed LEFT JOIN (${text}) AS listed ON true
ORDER BY listed.id ${direction}`,
    values,
  };
}

/** What the statement's rows say of a page of `limit` rows. Throws TypeError unless they are the statement's. */
export function toInquiryPage(rows: readonly (readonly PostgresText[])[], limit: number): InquiryPage {
  const [epoch, xid] = rows[0]?.[END]?.split(' ') ?? [];
  if (epoch === undefined || xid === undefined) throw new TypeError('there is no end of the feed');
  const end = {epoch, xid, id: LAST_ID};
  const listed = rows[0]?.[ID] === null ? [] : rows;
  const shown = listed.slice(0, limit);
  // Added up rather than joined: V8 then puts the text together once, when it is written.
  const items = shown.reduce((text, row) => (text === '' ? toInquiryJson(row) : `${text},${toInquiryJson(row)}`), '');
  const last = shown.at(-1);
  const page = {json: `[${items}]`, identity: [epoch, INQUIRY_FIELDS, ...shown.map(versionOf)].join(), end};
  return listed.length > limit && last ? {...page, next: positionOf(last)} : page;
}

function versionOf(row: readonly PostgresText[]): string {
  return `${row[ID]} ${row[VERSION]}`;
}

function positionOf(row: readonly PostgresText[]): ListPosition {
  return {id: String(row[ID])};
}
