// SQL conditions of lists: each field by its column, each value a parameter. The text has one form per set of
// conditions, so each set can be prepared once. An index seeks some conditions only in another form, which gives the same rows.
import type {Column} from '../../models/column';
import {boundOfTime} from '../../platform/time-ordered-id';

/** How a field is compared. `eq` and `neq` with null ask whether it is set. */
export const OPERATORS = ['eq', 'neq', 'inq', 'gt', 'gte', 'lt', 'lte'] as const;
export type Operator = (typeof OPERATORS)[number];

/** One comparison; all of a list's conditions must hold. `inq` takes an array. */
export interface Condition<Field extends string = string> {
  field: Field;
  operator: Operator;
  value: unknown;
}

/** A column as the statements of a list name it; `columnsOf` of models/column.ts has it of a model. */
export interface ListedColumn extends Pick<Column, 'name' | 'type'> {
  /** Where it is one of a few. */
  values?: readonly string[];
}

/** The column of each field. */
export type Columns<Field extends string> = Readonly<Record<Field, ListedColumn>>;

/**
 * SQL of a prepared statement's parameter that the planner cannot look into. Where it can, a plan for these values may
 * look so much better than one for any that PostgreSQL plans the statement anew each time, which can take ten times what
 * running it takes.
 */
export function genericPlanParameter(placeholder: string, type: string): string {
  return `(SELECT ${placeholder}::${type})::${type}`;
}

/** Collects the parameters of one statement; with `isGenericPlan` its plan is one for any values. */
export class Parameters {
  readonly values: unknown[] = [];

  constructor(private readonly isGenericPlan = false) {}

  /** Adds a value; its placeholder, cast to `type`. */
  add(value: unknown, type: string): string {
    const placeholder = `$${this.values.push(value)}`;
    return this.isGenericPlan ? genericPlanParameter(placeholder, type) : `${placeholder}::${type}`;
  }
}

const COMPARISONS = {eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<='} as const;

const HOLDS = {
  neq: (a, b) => a !== b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
} as const satisfies Record<Exclude<Operator, 'eq' | 'inq'>, (a: string, b: string) => boolean>;

/** The SQL of one condition. */
export function toSql<Field extends string>(
  {field, operator, value}: Condition<Field>,
  columns: Columns<Field>,
  parameters: Parameters,
): string {
  const {name, type} = columns[field];
  if (operator === 'inq') return `${name} = ANY (${parameters.add(value, `${type}[]`)})`;
  if (value === null) return `${name} IS ${operator === 'neq' ? 'NOT ' : ''}NULL`;
  if (operator === 'neq') return `${name} IS DISTINCT FROM ${parameters.add(value, type)}`;
  return `${name} ${COMPARISONS[operator]} ${parameters.add(value, type)}`;
}

/**
 * The same conditions with what is asked of one field by value brought together: at most one `eq` or `inq` of a field
 * is left, so that "these topics" of a claim and "this topic" of a query become one value, which an index can seek.
 */
export function simplify<Field extends string>(
  conditions: readonly Condition<Field>[],
  columns: Columns<Field>,
): Condition<Field>[] {
  const wanted = new Map<Field, unknown[]>();
  const others: Condition<Field>[] = [];
  for (const condition of conditions) {
    const values = valuesOf(condition, columns[condition.field].values);
    if (!values) others.push(condition);
    else wanted.set(condition.field, intersect(wanted.get(condition.field), values));
  }
  const byValue = [...wanted].map(([field, values]): Condition<Field> => {
    const [value] = values;
    return values.length === 1 ? {field, operator: 'eq', value} : {field, operator: 'inq', value: values};
  });
  return [...byValue, ...others];
}

// Undefined when the condition does not list values. A comparison with one of a few is a list of those it holds for.
function valuesOf({operator, value}: Condition, domain: readonly string[] | undefined): unknown[] | undefined {
  if (operator === 'inq') return value as unknown[]; // by the contract of Condition
  if (value === null) return undefined;
  if (operator === 'eq') return [value];
  const text = value as string; // the columns that have a domain are text
  return domain?.filter(other => HOLDS[operator](other, text));
}

function intersect(earlier: unknown[] | undefined, values: unknown[]): unknown[] {
  const unique = [...new Map(values.map(value => [identityOf(value), value])).values()];
  const kept = earlier && new Set(earlier.map(identityOf));
  return kept ? unique.filter(value => kept.has(identityOf(value))) : unique;
}

// Two dates of one time are two objects.
function identityOf(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}

/** A WHERE clause of these conditions; empty when there are none. */
export function whereAll(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}

/**
 * The conditions, with each range of `createdAt` as a range of `id`, which holds that time (platform/time-ordered-id.ts), so that
 * no index has it once more: a list that has the one field has the other. Equality becomes a range and stays a condition of
 * `createdAt`; `neq` stays as it is.
 */
export function createdById<Field extends string>(conditions: readonly Condition<Field>[]): Condition<Field>[] {
  return conditions.flatMap(condition => {
    if (condition.field !== 'createdAt') return [condition];
    const id = (operator: Condition['operator'], value: string) => ({field: 'id' as Field, operator, value}); // it is listed
    const {operator, value} = condition;
    if (operator === 'neq') return [condition];
    const times = (Array.isArray(value) ? value : [value]) as Date[]; // filters hold dates as Date
    if (times.length === 0) return [condition]; // no row's, and no range
    const [first, last] = [earliest(times), latest(times)];
    switch (operator) {
      case 'gt':
        return [id('gt', boundOfTime(last, 'last'))];
      case 'gte':
        return [id('gte', boundOfTime(first, 'first'))];
      case 'lt':
        return [id('lt', boundOfTime(first, 'first'))];
      case 'lte':
        return [id('lte', boundOfTime(last, 'last'))];
      default:
        return [condition, id('gte', boundOfTime(first, 'first')), id('lte', boundOfTime(last, 'last'))];
    }
  });
}

function earliest(times: readonly Date[]): Date {
  return new Date(Math.min(...times.map(Number)));
}

function latest(times: readonly Date[]): Date {
  return new Date(Math.max(...times.map(Number)));
}

const SEEK_BOUNDS: Readonly<Record<'newest' | 'oldest', readonly Condition['operator'][]>> = {
  newest: ['lt', 'lte'],
  oldest: ['gt', 'gte'],
};

/**
 * The conditions and the position, less what the tighter of the two makes superfluous. Same rows as before. A bound of ids and
 * the last row of the page before are both a start; with both as conditions PostgreSQL would begin at the bound and read
 * everything up to the row, so that deep pages cost more.
 */
export function withOneSeekBound<Field extends string>(
  {conditions, order}: {conditions: readonly Condition<Field>[]; order: keyof typeof SEEK_BOUNDS},
  after?: {id: string},
): {conditions: readonly Condition<Field>[]; after?: {id: string}} {
  const isBound = ({field, operator}: Condition) => field === 'id' && SEEK_BOUNDS[order].includes(operator);
  const bounds = conditions.filter(isBound).map(({value}) => value as string); // ids in lower case
  if (!after || bounds.length === 0) return {conditions, after};
  const isInside = bounds.every(bound => (order === 'newest' ? after.id < bound : after.id > bound));
  return isInside ? {conditions: conditions.filter(condition => !isBound(condition)), after} : {conditions, after};
}
