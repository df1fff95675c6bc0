// LoopBack's `filter` and `where`, as any LoopBack 4 client sends them, translated through a white list: what it does
// not name is refused, never ignored. Regular expressions, includes and `or` are not offered.
import {z} from 'zod';
import {MAX_FILTER_VALUES, MAX_OFFSET, MAX_PAGE_ROWS} from '../../contract/limits';
import {MAX_ERRORS} from '../../contract/problem';
import type {Condition, Operator} from '../../repositories/query/conditions';

/** What a client of LoopBack's filter asked for. */
export interface LoopBackFilter<Field extends string> {
  conditions: Condition<Field>[];
  order?: 'newest' | 'oldest';
  limit?: number;
  offset?: number;
}

/** The fields that may be asked for, each with the schema of its values; `nullable` ones may be compared with null. */
export type FilterFields<Field extends string> = Readonly<Record<Field, {value: z.ZodType; nullable?: boolean}>>;

const MAX_CONDITIONS = 20;
const MAX_DEPTH = 5;

const OPERATORS: readonly string[] = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte'];
const TAKES_NULL: readonly string[] = ['eq', 'neq'];
// All lists are sorted by time; ids are of version 7 and so sort by time as well.
const SORTED_BY = new Set(['createdAt', 'id']);

// JSON has numbers, brackets have text; what Number() makes of anything else is no number that was meant.
const wholeNumber = z.union(
  [
    z.number(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ],
  'must be a whole number',
);
const bounds = z.object({
  limit: wholeNumber.pipe(z.number().int().min(1).max(MAX_PAGE_ROWS)).optional(),
  offset: wholeNumber
    .pipe(z.number().int().min(0).max(MAX_OFFSET, `must be at most ${MAX_OFFSET}: use a cursor further down`))
    .optional(),
});

/** Schema of the query parameter `filter`: JSON text, or the object that its bracketed form makes. */
export function loopBackFilter<Field extends string>(fields: FilterFields<Field>) {
  return parameter(
    'LoopBack filter as JSON: `where`, `order`, `limit`, `offset`; `filter[where][…]=…` works too.',
    (value, context) => {
      const {where, order, skip, limit, offset = skip, ...unknown} = value;
      for (const key of Object.keys(unknown)) refuse(context, [key], 'is not offered here');
      if (skip !== undefined && skip !== offset)
        refuse(context, ['skip'], 'is another name of offset: send one of them');
      const parsed = bounds.safeParse({limit, offset});
      parsed.error?.issues.forEach(issue => refuse(context, issue.path, issue.message));
      const conditions = where === undefined ? [] : readWhere(where, {fields, context, path: ['where']});
      const filter: LoopBackFilter<Field> = {...parsed.data, conditions, order: readOrder(order, context)};
      return filter;
    },
  );
}

/** Schema of the query parameter `where`, as `count` takes it. */
export function loopBackWhere<Field extends string>(fields: FilterFields<Field>) {
  return parameter('LoopBack where as JSON; `where[status]=new` works too.', (value, context) =>
    readWhere(value, {fields, context, path: []}),
  );
}

/** Schema of `filter` where there is nothing to filter: LoopBack's clients send an empty one with a single row. */
export function emptyLoopBackFilter() {
  return parameter('Tolerated when it is `{}`, as clients of LoopBack send it.', (value, context) => {
    for (const key of Object.keys(value)) refuse(context, [key], 'is not offered here');
  });
}

type Refinement = z.core.$RefinementCtx;
interface Place<Field extends string> {
  fields: FilterFields<Field>;
  context: Refinement;
  path: PropertyKey[];
}

function parameter<T>(description: string, read: (value: Record<string, unknown>, context: Refinement) => T) {
  return z
    .unknown()
    .meta({type: 'string', description})
    .transform((value, context) => {
      const object = asObject(typeof value === 'string' ? parseJson(value) : value);
      if (object) return read(object, context);
      context.addIssue({code: 'custom', message: 'must be a JSON object', params: {code: 'format'}});
      return z.NEVER;
    });
}

function readWhere<Field extends string>(where: unknown, place: Place<Field>): Condition<Field>[] {
  const {fields, context, path} = place;
  const object = asObject(where);
  if (!object || path.length > 2 * MAX_DEPTH) {
    refuse(context, path, object ? 'is nested too deep' : 'must be an object');
    return [];
  }
  const conditions = Object.entries(object).flatMap(([key, value]) => {
    const at = {...place, path: [...path, key]};
    if (key === 'and') return readAnd(value, at);
    if (Object.hasOwn(fields, key)) return readField(key as Field, value, at); // one of them: asked just before
    refuse(
      context,
      at.path,
      key === 'or' ? 'is not offered: send one request for each' : 'is not a field to filter by',
    );
    return [];
  });
  if (conditions.length > MAX_CONDITIONS) refuse(context, path, `has more than ${MAX_CONDITIONS} conditions`);
  return conditions;
}

function readAnd<Field extends string>(value: unknown, place: Place<Field>): Condition<Field>[] {
  const parts = Array.isArray(value) ? (value as unknown[]) : undefined;
  if (parts && parts.length <= MAX_CONDITIONS) {
    return parts.flatMap((part, index) => readWhere(part, {...place, path: [...place.path, index]}));
  }
  refuse(place.context, place.path, `must be a list of at most ${MAX_CONDITIONS} conditions`);
  return [];
}

function readField<Field extends string>(field: Field, value: unknown, place: Place<Field>): Condition<Field>[] {
  const comparisons = asObject(value) ?? {eq: value};
  if (Object.keys(comparisons).length === 0) refuse(place.context, place.path, 'must have an operator');
  return Object.entries(comparisons).flatMap(([operator, operand]): Condition<Field>[] => {
    const at = {...place, path: asObject(value) ? [...place.path, operator] : place.path};
    if (TAKES_NULL.includes(operator) && operand === null && place.fields[field].nullable) {
      return [{field, operator: operator as Operator, value: null}]; // listed
    }
    if (operator === 'inq') return [{field, operator, value: readValues(field, operand, at)}];
    if (operator === 'between') {
      const [from, to] = readValues(field, operand, at);
      if (Array.isArray(operand) && operand.length === 2) {
        return [
          {field, operator: 'gte', value: from},
          {field, operator: 'lte', value: to},
        ];
      }
      refuse(at.context, at.path, 'must be a list of two values');
      return [];
    }
    if (OPERATORS.includes(operator))
      return [{field, operator: operator as Operator, value: readValue(field, operand, at)}]; // listed
    refuse(at.context, at.path, 'is not an operator here: use eq, neq, inq, between, gt, gte, lt or lte');
    return [];
  });
}

function readValues<Field extends string>(field: Field, operand: unknown, place: Place<Field>): unknown[] {
  const values = Array.isArray(operand) ? (operand as unknown[]) : [operand]; // one value in brackets is no list yet
  if (values.length <= MAX_FILTER_VALUES) {
    return values.map((value, index) => readValue(field, value, {...place, path: [...place.path, index]}));
  }
  refuse(place.context, place.path, `must have at most ${MAX_FILTER_VALUES} values`);
  return [];
}

function readValue<Field extends string>(field: Field, value: unknown, {fields, context, path}: Place<Field>): unknown {
  if (context.issues.length >= MAX_ERRORS) return undefined; // a failed parse is dear, and there may be thousands
  const parsed = fields[field].value.safeParse(value);
  if (parsed.success) return parsed.data;
  refuse(context, path, 'is not a value of this field');
  return undefined;
}

function readOrder(order: unknown, context: Refinement): 'newest' | 'oldest' | undefined {
  const terms = order === undefined ? [] : Array.isArray(order) ? (order as unknown[]) : [order];
  if (terms.length === 0) return undefined;
  const [direction, ...others] = new Set(terms.map(directionOf));
  if (direction && others.length === 0) return direction === 'DESC' ? 'newest' : 'oldest';
  refuse(context, ['order'], 'must be createdAt ASC or createdAt DESC');
  return undefined;
}

function directionOf(term: unknown): string | undefined {
  if (typeof term !== 'string') return undefined;
  const [field = '', direction = 'ASC', ...more] = term.trim().split(/\s+/);
  if (!SORTED_BY.has(field) || more.length > 0) return undefined;
  return ['ASC', 'DESC'].find(known => known === direction.toUpperCase());
}

// The first errors are enough: an answer must not grow with the number of mistakes.
function refuse(context: Refinement, path: PropertyKey[], message: string): void {
  if (context.issues.length >= MAX_ERRORS) return;
  context.addIssue({code: 'custom', path, message, params: {code: 'not_allowed'}});
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined; // narrowed just before
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // answered as "must be a JSON object"
  }
}
