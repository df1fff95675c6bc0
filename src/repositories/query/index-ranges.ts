// Several values of a field, in one order: each value is one sorted range of an index, read by itself and no
// further than a page; the ranges are then merged. It says by its form which index to read, since the planner
// takes the values of a column to be spread evenly over time: for the oldest of the few new inquiries it would read
// all the old ones first.
import {type Columns, type Condition, Parameters, toSql, whereAll} from './conditions';

/** The values of a field, each of which is one range. */
export interface IndexRanges<Field extends string> {
  field: Field;
  values: readonly unknown[];
}

/** The ranges of the values that the conditions ask of a field; none when they do not list any. */
export function askedValues<Field extends string>(
  conditions: readonly Condition<Field>[],
  field: Field,
): IndexRanges<Field>[] {
  return conditions.flatMap(({field: of, operator, value}) => {
    if (of !== field || value === null) return [];
    if (operator === 'inq') return [{field, values: value as unknown[]}]; // by the contract of Condition
    return operator === 'eq' ? [{field, values: [value]}] : [];
  });
}

/** What a page of ranges is made of; the index has their columns and id. */
export interface MergedIndexRanges<Field extends string> {
  table: string;
  columns: Columns<Field>;
  /** Of null alone is the range of what is not set. */
  ranges: readonly IndexRanges<Field>[];
  conditions: readonly Condition<Field>[];
  order: 'newest' | 'oldest';
  after?: {id: string};
  /** SQL of as many rows as are read of each range. */
  size: (sorted: string) => string;
}

const [FIRST_ID, LAST_ID] = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
const BOUNDING: readonly string[] = ['gt', 'gte', 'lt', 'lte'];

/** What to select from: the first rows of each range, under the table's name. */
export function mergedIndexRanges<Field extends string>(
  page: MergedIndexRanges<Field>,
  parameters: Parameters,
): string {
  const {table, columns, ranges, order} = page;
  const isBound = ({field, operator}: Condition<Field>) => field === 'id' && BOUNDING.includes(operator);
  const isRange = ({field, operator}: Condition<Field>) =>
    ranges.some(range => range.field === field) && (operator === 'eq' || operator === 'inq');
  const rest = page.conditions.filter(condition => !isBound(condition) && !isRange(condition));

  const unset = ranges.filter(isUnset).map(({field}) => columns[field].name);
  const set = ranges.filter(range => !isUnset(range));
  const sources = set.map(({field, values}) => {
    const {name, type} = columns[field];
    return `unnest(${parameters.add(values, `${type}[]`)}) AS stream_${name}`;
  });
  const names = set.map(({field}) => columns[field].name);
  const key = [...names, 'id'];
  const {lower, upper} = boundsOf(page.conditions.filter(isBound), page);
  const compare = ({operator, id}: Bound) => {
    const position = [...names.map(name => `stream_${name}`), parameters.add(id, 'uuid')];
    return `(${key.join(', ')}) ${operator} (${position.join(', ')})`;
  };
  // Asked for by partial indexes, and by the order of those that begin with what is not set.
  const presence = [...unset.map(name => `${name} IS NULL`), ...names.map(name => `${name} IS NOT NULL`)];
  const direction = order === 'newest' ? 'DESC' : 'ASC';
  const sorted = `SELECT * FROM ${table}
  ${whereAll([...presence, compare(lower), compare(upper), ...rest.map(condition => toSql(condition, columns, parameters))])}
  ORDER BY ${[...unset, ...key].map(name => `${name} ${direction}`).join(', ')}`;
  return `${sources.join(' CROSS JOIN ')} CROSS JOIN LATERAL (${page.size(sorted)}) AS ${table}`;
}

function isUnset({values}: IndexRanges<string>): boolean {
  return values.length === 1 && values[0] === null;
}

interface Bound {
  operator: '>' | '>=' | '<' | '<=';
  id: string;
}

// The tightest of what the conditions and the page's start say.
function boundsOf<Field extends string>(
  conditions: readonly Condition<Field>[],
  {order, after}: MergedIndexRanges<Field>,
): {lower: Bound; upper: Bound} {
  const lower: Bound[] = [{operator: '>=', id: FIRST_ID}];
  const upper: Bound[] = [{operator: '<=', id: LAST_ID}];
  for (const {operator, value} of conditions) {
    const id = (value as string).toLowerCase(); // of a uuid column
    if (operator === 'gt') lower.push({operator: '>', id});
    if (operator === 'gte') lower.push({operator: '>=', id});
    if (operator === 'lt') upper.push({operator: '<', id});
    if (operator === 'lte') upper.push({operator: '<=', id});
  }
  if (after && order === 'newest') upper.push({operator: '<', id: after.id.toLowerCase()});
  if (after && order === 'oldest') lower.push({operator: '>', id: after.id.toLowerCase()});
  return {
    lower: lower.reduce((a, b) => (b.id > a.id || (b.id === a.id && b.operator === '>') ? b : a)),
    upper: upper.reduce((a, b) => (b.id < a.id || (b.id === a.id && b.operator === '<') ? b : a)),
  };
}
