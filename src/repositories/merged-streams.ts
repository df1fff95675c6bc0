// Several values of a field, in one order: each value is one sorted range of an index, read as a stream of its own and
// no further than a page; the streams are then merged. It says by its form which index to read, since the planner
// takes the values of a column to be spread evenly over time: for the oldest of the few new inquiries it would read
// all the old ones first.
import {type Columns, type Condition, Parameters, toSql, whereAll} from './conditions';

/** The values of a field that are read as one stream each. */
export interface Stream<Field extends string> {
  field: Field;
  values: readonly unknown[];
}

/** The stream of the values that the conditions ask of a field; none when they do not list any. */
export function askedValues<Field extends string>(
  conditions: readonly Condition<Field>[],
  field: Field,
): Stream<Field>[] {
  return conditions.flatMap(({field: of, operator, value}) => {
    if (of !== field || value === null) return [];
    if (operator === 'inq') return [{field, values: value as unknown[]}]; // by the contract of Condition
    return operator === 'eq' ? [{field, values: [value]}] : [];
  });
}

/** What a page of streams is made of; the index has the streams' columns, created_at and id. */
export interface MergedPage<Field extends string> {
  table: string;
  columns: Columns<Field>;
  streams: readonly Stream<Field>[];
  conditions: readonly Condition<Field>[];
  order: 'newest' | 'oldest';
  after?: {createdAt: Date; id: string};
  /** SQL of as many rows as are read of each stream. */
  size: (sorted: string) => string;
}

interface Bound {
  at: Date | string;
  id: string;
}
const [MIN_ID, MAX_ID] = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
const BOUNDING: readonly string[] = ['eq', 'gt', 'gte', 'lt', 'lte'];

/** What to select from: the first rows of each stream, under the table's name. */
export function mergedStreams<Field extends string>(page: MergedPage<Field>, parameters: Parameters): string {
  const {table, columns, streams, order} = page;
  const isTime = ({field, operator}: Condition<Field>) =>
    columns[field].column === 'created_at' && BOUNDING.includes(operator);
  const isStreamed = ({field, operator}: Condition<Field>) =>
    streams.some(stream => stream.field === field) && (operator === 'eq' || operator === 'inq');
  const rest = page.conditions.filter(condition => !isTime(condition) && !isStreamed(condition));

  const sources = streams.map(({field, values}) => {
    const {column, type} = columns[field];
    return `unnest(${parameters.add(values, `${type}[]`)}) AS stream_${column}`;
  });
  const names = streams.map(({field}) => columns[field].column);
  const key = [...names, 'created_at', 'id'];
  const {lower, upper} = boundsOf(page.conditions.filter(isTime), page);
  const position = ({at, id}: Bound) =>
    `(${[...names.map(name => `stream_${name}`), parameters.add(at, 'timestamptz'), parameters.add(id, 'uuid')].join(', ')})`;
  const isSet = names.map(name => `${name} IS NOT NULL`); // which partial indexes ask for
  const range = [...isSet, `(${key.join(', ')}) > ${position(lower)}`, `(${key.join(', ')}) < ${position(upper)}`];
  const direction = order === 'newest' ? 'DESC' : 'ASC';
  const sorted = `SELECT * FROM ${table}
  ${whereAll([...range, ...rest.map(condition => toSql(condition, columns, parameters))])}
  ORDER BY ${key.map(name => `${name} ${direction}`).join(', ')}`;
  return `${sources.join(' CROSS JOIN ')} CROSS JOIN LATERAL (${page.size(sorted)}) AS ${table}`;
}

// The tightest of what the conditions and the page's start say, both ends excluded.
function boundsOf<Field extends string>(
  times: readonly Condition<Field>[],
  {order, after}: MergedPage<Field>,
): {lower: Bound; upper: Bound} {
  const lower: Bound[] = [];
  const upper: Bound[] = [];
  for (const {operator, value} of times) {
    const at = value as Date; // of a timestamptz column
    if (operator === 'gt') lower.push({at, id: MAX_ID});
    if (operator === 'gte' || operator === 'eq') lower.push({at, id: MIN_ID});
    if (operator === 'lt') upper.push({at, id: MIN_ID});
    if (operator === 'lte' || operator === 'eq') upper.push({at, id: MAX_ID});
  }
  if (after) (order === 'newest' ? upper : lower).push({at: after.createdAt, id: after.id.toLowerCase()});
  return {
    lower: lower.sort(compare).at(-1) ?? {at: '-infinity', id: MIN_ID},
    upper: upper.sort(compare).at(0) ?? {at: 'infinity', id: MAX_ID},
  };
}

function compare(a: Bound, b: Bound): number {
  return Number(a.at) - Number(b.at) || (a.id < b.id ? -1 : 1);
}
