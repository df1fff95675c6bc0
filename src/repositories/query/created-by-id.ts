// Ranges of createdAt as ranges of ids: an id holds the time of its creation (platform/time-ordered-id.ts), so no index has
// that time once more.
import {boundOfTime} from '../../platform/time-ordered-id';
import type {Condition} from './conditions';

/**
 * The conditions, with each range of `createdAt` as a range of `id`: a list that has the one field has the other. Equality
 * becomes a range and stays a condition of `createdAt`; `neq` stays as it is.
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
