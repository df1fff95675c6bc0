// react-admin's list parameters as outreach's query.
import type {GetListParams} from 'react-admin';

/** As far as an offset leads; further on, a filter is the better way to find something. */
export const MAX_OFFSET = 10_000;

/** Flat query for the order and the page; LoopBack's filter for the offset alone. */
export function toPageQuery({pagination = {page: 1, perPage: 25}, sort}: GetListParams) {
  const offset = (pagination.page - 1) * pagination.perPage;
  return {
    order: sort?.order === 'ASC' ? ('oldest' as const) : ('newest' as const),
    limit: pagination.perPage,
    total: 'true' as const,
    ...(offset > 0 && {filter: JSON.stringify({offset: Math.min(offset, MAX_OFFSET)})}),
  };
}

/** The filter without what is empty: react-admin keeps cleared fields. */
export function toFilterQuery(filter: Record<string, unknown> = {}): Record<string, string> {
  const filled = Object.entries(filter).filter(([, value]) => typeof value === 'string' && value.trim() !== '');
  return Object.fromEntries(filled.map(([name, value]) => [name, toQueryValue(name, String(value))]));
}

// A date from a date field is a day where the person is; the end of a range is the first moment after its day.
function toQueryValue(name: string, value: string): string {
  if (name !== 'createdFrom' && name !== 'createdTo') return value.trim();
  const day = new Date(`${value}T00:00:00`);
  if (name === 'createdTo') day.setDate(day.getDate() + 1);
  return day.toISOString();
}

/** How many rows match, from the header that `total=true` asks for. */
export function totalOf(headers: Headers): number {
  return Number(headers.get('X-Total-Count') ?? 0);
}
