// The columns of the models' properties: what the connector needs of them, and what the statements of our own do.
import type {Entity} from '@loopback/repository';

/**
 * What the values of a column are. By it they become JSON (query/json-columns.ts) and cells of CSV (query/csv-columns.ts), and an
 * erasure looks for an address in `text`, `phone` and `json`.
 *
 * - `text`: anything that somebody has written; `phone`: a phone number in it
 * - `code`: text of a few characters that JSON does not escape, such as a topic's; `plain`: what no spreadsheet rewrites either
 * - `json`: jsonb; `number`: an integer; `time`: a timestamptz
 */
export type ValueKind = 'text' | 'phone' | 'code' | 'plain' | 'json' | 'number' | 'time';

/** A column of a table; `type` is that of a parameter of its values. */
export interface Column {
  name: string;
  type: string;
  kind: ValueKind;
}

const KINDS: Readonly<Record<string, ValueKind>> = {
  varchar: 'text',
  text: 'text',
  jsonb: 'json',
  integer: 'number',
  timestamptz: 'time',
};

/**
 * The column of a property, its type, and what its values are where the type does not say it. Named by hand, since the
 * connector would write the property's name in lower case.
 */
export const column = (columnName: string, dataType: string, kind: ValueKind = KINDS[dataType] ?? 'plain') => ({
  postgresql: {columnName, dataType},
  column: {name: columnName, type: dataType === 'varchar' ? 'text' : dataType, kind} satisfies Column,
});

/** The properties of an entity, without its methods: what a statement of our own gives. */
export type Row<T extends Entity> = Omit<T, keyof Entity>;

/**
 * The columns of some properties, in the order of `names`, whatever its values are: of a schema's shape, for one. Throws TypeError
 * for a name that the model does not have.
 */
export function columnsOf<T extends Entity, Names extends Readonly<Record<string, unknown>>>(
  {definition, modelName}: typeof Entity & {prototype: T},
  names: Names & Record<Exclude<keyof Names, keyof Row<T>>, 'the model has no such property: add it'>,
): Readonly<Record<keyof Names & string, Column>> {
  const columns = Object.keys(names).map(name => {
    const property = definition.properties[name];
    if (!property) throw new TypeError(`${modelName} has no property ${name}: add it to the model`);
    return [name, property.column as Column]; // as `column` made it
  });
  return Object.fromEntries(columns) as Record<keyof Names & string, Column>; // both forget the names
}
