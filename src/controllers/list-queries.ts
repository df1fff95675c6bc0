// The queries of a list, its count and its export: the flat, typed one and LoopBack's filter, both become conditions of the
// repository.
import {z} from 'zod';
import {exportQueryFields} from '../contract/page';
import type {Condition} from '../repositories/query/conditions';
import {emptyLoopBackFilter, type FilterFields, loopBackFilter, loopBackWhere} from '../rest/list/loopback-filter';

type Strict<Shape extends z.ZodRawShape> = z.ZodObject<Shape, z.core.$strict>;

// An ISO 8601 date and time with offset or Z; becomes a Date.
const dateTime = z.iso.datetime({offset: true}).transform(text => new Date(text));

// Fields that LoopBack's filter may name of each list.
const COMMON_FIELDS = {
  id: {value: z.uuid().toLowerCase()},
  createdAt: {value: dateTime},
  updatedAt: {value: dateTime},
} satisfies FilterFields<'id' | 'createdAt' | 'updatedAt'>;

export interface ListQueriesOptions<Field extends string, List extends z.ZodRawShape, Filter extends z.ZodRawShape> {
  /** Of which the flat query asks one value; LoopBack's filter may name them, too. */
  fields: Readonly<Record<Field, z.ZodOptional>>;
  /** What a list has rows of, with those fields: one that a row may lack is compared with null, too. */
  row: {shape: Readonly<Record<NoInfer<Field>, z.ZodType>>};
  /** The flat query of the list, and of what narrows it. */
  list: Strict<List>;
  filter: Strict<Filter>;
}

/** The queries of a resource by its flat ones. */
export function listQueries<Field extends string, List extends z.ZodRawShape, Filter extends z.ZodRawShape>({
  fields: own,
  row,
  ...flat
}: ListQueriesOptions<Field, List, Filter>) {
  const fields = {...COMMON_FIELDS, ...filterFields(own, row)};
  const countQuery = flat.filter.extend({where: loopBackWhere(fields).optional()});
  return {
    /** Query of the list. */
    listQuery: flat.list.extend({filter: loopBackFilter(fields).optional()}),
    /** Query of the count. */
    countQuery,
    /** Query of the export. */
    exportQuery: countQuery.extend(exportQueryFields),
    /** Query of one row: LoopBack's clients send an empty filter with it. */
    getQuery: z.strictObject({filter: emptyLoopBackFilter().optional()}),
  };
}

function filterFields<Field extends string>(
  fields: Readonly<Record<Field, z.ZodOptional>>,
  {shape}: {shape: Readonly<Record<Field, z.ZodType>>},
): FilterFields<Field> {
  const entries = Object.entries<z.ZodOptional>(fields).map(([field, schema]) => {
    const nullable = shape[field as Field] instanceof z.ZodNullable; // Object.entries forgets the fields
    return [field, {value: schema.unwrap() as z.ZodType, nullable}];
  });
  return Object.fromEntries(entries) as FilterFields<Field>;
}

/** What a flat query asks for: the fields of a shape by equality, and the time of creation by a range. */
export function conditionsOf<Field extends string>(
  query: Readonly<Partial<Record<NoInfer<Field> | 'createdFrom' | 'createdTo', string>>>,
  shape: Readonly<Record<Field, unknown>>,
): Condition<Field | 'createdAt'>[] {
  const {createdFrom, createdTo}: {createdFrom?: string; createdTo?: string} = query;
  const fields = Object.keys(shape) as Field[]; // Object.keys forgets them
  const asked = [
    ...fields.map(field => ({field, operator: 'eq' as const, value: query[field]})),
    {field: 'createdAt' as const, operator: 'gte' as const, value: createdFrom && new Date(createdFrom)},
    {field: 'createdAt' as const, operator: 'lt' as const, value: createdTo && new Date(createdTo)},
  ];
  return asked.filter(({value}) => value !== undefined);
}
