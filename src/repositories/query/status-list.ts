// What lists of rows with a status have in common: inquiries and subscriptions.
import type {Columns, Condition} from './conditions';
import type {ListedTable} from './keyset-list';

/** Fields that each of these lists can be narrowed by. */
export type CommonField = 'id' | 'status' | 'createdAt' | 'updatedAt';

/** Such a table; `fields` are those of its own, and `streams` is asked where neither ids nor updates lead to few rows. */
export interface StatusTable<Field extends string> extends Omit<ListedTable<Field>, 'columns' | 'implied'> {
  status: {type: string; values: readonly string[]};
  fields: Columns<Exclude<Field, CommonField>>;
}

/** The table as a list. */
export function listByStatus<Own extends string>({
  status,
  fields,
  streams,
  ...listed
}: StatusTable<Own | CommonField>): ListedTable<Own | CommonField> {
  type Field = Own | CommonField;
  const common: Columns<CommonField> = {
    id: {column: 'id', type: 'uuid'},
    status: {column: 'status', ...status},
    createdAt: {column: 'created_at', type: 'timestamptz'},
    updatedAt: {column: 'updated_at', type: 'timestamptz'},
  };
  const isByUpdate = (conditions: readonly Condition<Field>[]) => conditions.some(({field}) => field === 'updatedAt');
  return {
    ...listed,
    columns: {...common, ...fields} as Columns<Field>, // TypeScript does not add up Excludes
    // The index of updates begins with the status.
    implied: conditions => (isByUpdate(conditions) ? [{field: 'status', operator: 'inq', value: status.values}] : []),
    streams: conditions => (isByUpdate(conditions) || conditions.some(isOfIds) ? [] : (streams?.(conditions) ?? [])),
  };
}

function isOfIds({field, operator}: Condition): boolean {
  return field === 'id' && (operator === 'eq' || operator === 'inq');
}
