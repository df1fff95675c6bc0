// What narrows the present list, with types: react-admin knows filters as anything.
import {useListContext} from 'react-admin';
import type {FilterValues} from '../rest/requests';

export interface Filters {
  values: FilterValues;
  isFiltered: boolean;
  /** Sets one; undefined takes it away. Rows that were selected are not any more: they may be out of sight now. */
  set: (name: string, value: string | undefined) => void;
  /** Takes all away, and the selection too. */
  clear: () => void;
}

/**
 * By the filters that show, what was set on top of them and does not show yet: react-admin takes it in a moment later, as
 * an object that it has just made. So what has been set over is never asked for again.
 */
const pending = new WeakMap<FilterValues, FilterValues>();

export function useFilters(): Filters {
  const context = useListContext();
  const values = context.filterValues as FilterValues; // only `set` writes them
  const apply = (filters: FilterValues) => {
    pending.set(values, filters);
    context.onUnselectItems();
    context.setFilters(filters, {});
  };
  return {
    values,
    isFiltered: Object.values(values).some(Boolean),
    set: (name, value) => apply({...(pending.get(values) ?? values), [name]: value}),
    clear: () => apply({}),
  };
}
