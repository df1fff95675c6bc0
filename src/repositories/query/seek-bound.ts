// Where a page starts in its index. A bound of ids and the last row of the page before are both a start; with both as
// conditions PostgreSQL would begin at the bound and read everything up to the row, so that deep pages cost more.
import type {Condition} from './conditions';

const BOUNDS: Readonly<Record<'newest' | 'oldest', readonly Condition['operator'][]>> = {
  newest: ['lt', 'lte'],
  oldest: ['gt', 'gte'],
};

/** The conditions and the position, less what the tighter of the two makes superfluous. Same rows as before. */
export function withOneStart<Field extends string>(
  {conditions, order}: {conditions: readonly Condition<Field>[]; order: keyof typeof BOUNDS},
  after?: {id: string},
): {conditions: readonly Condition<Field>[]; after?: {id: string}} {
  const isBound = ({field, operator}: Condition) => field === 'id' && BOUNDS[order].includes(operator);
  const bounds = conditions.filter(isBound).map(({value}) => value as string); // ids in lower case
  if (!after || bounds.length === 0) return {conditions, after};
  const isInside = bounds.every(bound => (order === 'newest' ? after.id < bound : after.id > bound));
  return isInside ? {conditions: conditions.filter(condition => !isBound(condition)), after} : {conditions, after};
}
