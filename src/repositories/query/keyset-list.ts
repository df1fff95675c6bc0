// Pages of a table in the order of ids, which is the order of time: keyset pages cost the same at any depth. Offsets are
// there for clients of LoopBack's filter only, and bounded by the caller.
import type {QueryConfig} from 'pg';
import {hash} from 'node:crypto';
import {MAX_PAGE_ROWS} from '../../contract/limits';
import {
  type Columns,
  type Condition,
  createdById,
  type Operator,
  Parameters,
  simplify,
  toSql,
  whereAll,
  withOneSeekBound,
} from './conditions';
import {type IndexRanges, mergedIndexRanges} from './index-ranges';
import {adaptiveSearch} from './adaptive-search';
import type {Search} from './search-condition';

// Each page is read with one row more, which shows whether there is a next one.
const MOST_ROWS = MAX_PAGE_ROWS + 1;
const BY_VALUE: readonly Operator[] = ['eq', 'inq'];
const RANGE: readonly Operator[] = ['gte', 'lt'];

/** What a list is narrowed to and how it is sorted. */
export interface ListFilter<Field extends string> {
  conditions: readonly Condition<Field>[];
  /** Only for tables that can be searched. */
  search?: Search;
  order: 'newest' | 'oldest';
}

/** The last row of a page: the next one starts after it. */
export interface ListPosition {
  id: string;
}

/** Which part of the list. */
export interface PageRequest {
  limit: number;
  after?: ListPosition;
  offset?: number;
}

/** Rows of a page; `next` is where the following one starts, absent on the last one. */
export interface Page<Row> {
  rows: Row[];
  next?: ListPosition;
}

/** The page of what was read with one row more. */
export function toPage<Row extends ListPosition>(read: readonly Row[], limit: number): Page<Row> {
  const rows = read.slice(0, limit);
  const last = rows.at(-1);
  return read.length > limit && last ? {rows, next: {id: last.id}} : {rows};
}

/** A table that can be listed. */
export interface ListedTable<Field extends string> {
  table: string;
  /** The select list. */
  select: string;
  columns: Columns<Field>;
  /** The SQL condition of a search. */
  search?: (search: Search, parameters: Parameters) => string;
  /** Conditions that hold for all rows that meet these, and that an index begins with. */
  implied?: (conditions: readonly Condition<Field>[]) => readonly Condition<Field>[];
  /**
   * Fields whose values are read as one range each, sorted by an index of these columns and id, and then merged; empty
   * when one index scan serves. Without it, several values would be read to the end to be sorted.
   */
  ranges?: (conditions: readonly Condition<Field>[]) => readonly IndexRanges<Field>[];
}

/** Fields that each list of rows with a status can be narrowed by, beside those of its flat query: of inquiries and of subscriptions. */
export const COMMON_FIELDS = {id: true, createdAt: true, updatedAt: true} as const;
export type CommonField = keyof typeof COMMON_FIELDS | 'status';

/** Such a table; `ranges` is asked where neither ids nor updates lead to few rows. */
export interface StatusTable<Field extends string> extends Omit<ListedTable<Field>, 'implied'> {
  statuses: readonly string[];
}

/** The table as a list. */
export function listByStatus<Own extends string>({
  statuses,
  columns,
  ranges,
  ...listed
}: StatusTable<Own | CommonField>): ListedTable<Own | CommonField> {
  type Field = Own | CommonField;
  const isByUpdate = (conditions: readonly Condition<Field>[]) => conditions.some(({field}) => field === 'updatedAt');
  return {
    ...listed,
    columns: {...columns, status: {...columns.status, values: statuses}},
    // The index of updates begins with the status.
    implied: conditions => (isByUpdate(conditions) ? [{field: 'status', operator: 'inq', value: statuses}] : []),
    ranges: conditions => (isByUpdate(conditions) || conditions.some(isOfIds) ? [] : (ranges?.(conditions) ?? [])),
  };
}

function isOfIds({field, operator}: Condition): boolean {
  return field === 'id' && (operator === 'eq' || operator === 'inq');
}

/** One page. */
export function pageStatement<Field extends string>(
  listed: ListedTable<Field>,
  filter: ListFilter<Field>,
  {limit, after: asked, offset = 0}: PageRequest,
): QueryConfig {
  const simple = {...filter, conditions: seekable(filter.conditions, listed)};
  const {conditions, after} = withOneSeekBound(simple, asked);
  const direction = directionOf(filter);
  const order = `ORDER BY id ${direction}`;
  const isKeyset = offset === 0 && limit <= MOST_ROWS;
  const parameters = new Parameters(isKeyset && hasCacheableShape(filter));
  const search = searchOf(listed, filter, parameters);
  const ranges = (search === undefined && listed.ranges?.(conditions)) || [];
  const sql = narrow(listed, {conditions: ranges.length > 0 ? [] : conditions}, parameters);
  const size = isKeyset ? upTo(limit, parameters) : (sorted: string) => `${sorted} LIMIT ${limit + offset}`;
  let from: string;
  if (ranges.length > 0) {
    from = mergedIndexRanges({...listed, ranges, conditions, order: filter.order, after, size}, parameters);
  } else {
    if (after) {
      const id = parameters.add(after.id, 'uuid');
      sql.push(`id ${direction === 'DESC' ? '<' : '>'} ${id}`);
    }
    from =
      search === undefined
        ? `${listed.table} ${whereAll(sql)}`
        : adaptiveSearch({table: listed.table, search, conditions: sql, order, rows: limit + offset});
  }
  const sorted = `SELECT ${listed.select} FROM ${from} ${order}`;
  if (isKeyset) return prepared(size(sorted), parameters, filter);
  return {text: `${sorted} LIMIT ${limit} OFFSET ${offset}`, values: parameters.values};
}

// SQL of the first rows of a sorted SELECT. With a parameter alone the planner of a prepared statement takes a page to be
// a tenth of the table, and then any index with the right first column looks as good as the one in the right order. So
// the largest page is written out, and no more of it is read than the parameter says: all sizes are one statement.
function upTo(limit: number, parameters: Parameters): (sorted: string) => string {
  const size = parameters.add(limit, 'int');
  return sorted => `SELECT * FROM (${sorted} LIMIT ${MOST_ROWS}) AS page LIMIT ${size}`;
}

/** All matching rows, in order, for COPY. */
export function exportStatement<Field extends string>(
  listed: ListedTable<Field>,
  filter: ListFilter<Field>,
): QueryConfig {
  const parameters = new Parameters();
  const sql = narrow(listed, filter, parameters);
  const text = `SELECT ${listed.select} FROM ${listed.table} ${whereAll(sql)} ORDER BY id ${directionOf(filter)}`;
  return {text, values: parameters.values};
}

/** How many rows an export has. All of them are read, as the export does after it: a lower bound would hide a short one. */
export function totalStatement<Field extends string>(
  listed: ListedTable<Field>,
  filter: Omit<ListFilter<Field>, 'order'>,
): QueryConfig {
  const parameters = new Parameters();
  const sql = narrow(listed, filter, parameters);
  return {text: `SELECT count(*)::int AS count FROM ${listed.table} ${whereAll(sql)}`, values: parameters.values};
}

/** The SQL of a filter's conditions; adds what they compare with to the parameters. */
export function narrow<Field extends string>(
  listed: ListedTable<Field>,
  {conditions, search}: Omit<ListFilter<Field>, 'order'>,
  parameters: Parameters,
): string[] {
  const sql = seekable(conditions, listed).map(condition => toSql(condition, listed.columns, parameters));
  const searched = searchOf(listed, {search}, parameters);
  return searched === undefined ? sql : [...sql, searched];
}

function directionOf({order}: Pick<ListFilter<string>, 'order'>): 'ASC' | 'DESC' {
  return order === 'newest' ? 'DESC' : 'ASC';
}

// The same rows, by conditions that an index can seek.
function seekable<Field extends string>(
  conditions: readonly Condition<Field>[],
  {columns, implied}: ListedTable<Field>,
): Condition<Field>[] {
  const byId = createdById(conditions);
  return simplify(implied ? [...byId, ...implied(byId)] : byId, columns);
}

function searchOf<Field extends string>(
  {search}: ListedTable<Field>,
  filter: {search?: Search},
  parameters: Parameters,
): string | undefined {
  return filter.search === undefined ? undefined : search?.(filter.search, parameters);
}

/** The statement, prepared once per connection and form when the filter has a cacheable shape. */
export function prepared<Field extends string>(
  text: string,
  {values}: Parameters,
  filter: Pick<ListFilter<Field>, 'conditions' | 'search'>,
): QueryConfig {
  // A hash, since PostgreSQL cuts longer names.
  return hasCacheableShape(filter) ? {name: hash('sha1', text), text, values} : {text, values};
}

// With LoopBack's filter the forms have no end, and PostgreSQL keeps some 40 KB for each that is prepared, so only
// these are: a field once, by values, or ids by a range. How a search or another range is best read depends on how many
// rows it has, so those are planned with their values each time anyway.
function hasCacheableShape<Field extends string>({
  conditions,
  search,
}: Pick<ListFilter<Field>, 'conditions' | 'search'>): boolean {
  const isCommon = ({field, operator}: Condition<Field>) =>
    BY_VALUE.includes(operator) || (RANGE.includes(operator) && field === 'id');
  const byId = createdById(conditions);
  const forms = new Set(byId.map(({field, operator}) => `${field} ${operator}`));
  return search === undefined && forms.size === byId.length && byId.every(isCommon);
}
