// What narrows the present list, with types: react-admin knows filters as anything.
import {useListContext} from 'react-admin';

export type FilterValues = Readonly<Record<string, string | undefined>>;

export interface Filters {
  values: FilterValues;
  isFiltered: boolean;
  /** Sets one; undefined takes it away. */
  set: (name: string, value: string | undefined) => void;
  clear: () => void;
}

export function useFilters(): Filters {
  const context = useListContext();
  const values = context.filterValues as FilterValues; // only `set` writes them
  return {
    values,
    isFiltered: Object.values(values).some(Boolean),
    set: (name, value) => context.setFilters({...values, [name]: value}, {}),
    clear: () => context.setFilters({}, {}),
  };
}
