// Where a page starts in its index. A time range's bound and the last row of the page before are both a start; with
// both as conditions PostgreSQL would begin at the bound and read everything up to the row, so that deep pages cost more.
import type {Condition} from './conditions';
import type {ListFilter, ListPosition} from './keyset-list';

const BOUNDS: Readonly<Record<ListFilter<string>['order'], readonly Condition['operator'][]>> = {
  newest: ['lt', 'lte'],
  oldest: ['gt', 'gte'],
};

/** The conditions and the position, less what the tighter of the two makes superfluous. Same rows as before. */
export function withOneStart<Field extends string>(
  {conditions, order}: ListFilter<Field>,
  after?: ListPosition,
): {conditions: readonly Condition<Field>[]; after?: ListPosition} {
  const isBound = ({field, operator}: Condition) => field === 'createdAt' && BOUNDS[order].includes(operator);
  const times = conditions.filter(isBound).map(({value}) => (value as Date).getTime()); // filters hold dates as Date
  if (!after || times.length === 0) return {conditions, after};
  const position = after.createdAt.getTime();
  const isInside = times.every(time => (order === 'newest' ? position < time : position > time));
  return isInside ? {conditions: conditions.filter(condition => !isBound(condition)), after} : {conditions, after};
}
