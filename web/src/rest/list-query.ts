// react-admin's list parameters as outreach's query.
import type {GetListParams} from 'react-admin';
import type {Count} from '../i18n/counts';

/** As far as an offset leads; further on, a filter is the better way to find something. */
export const MAX_OFFSET = 10_000;

/** How many rows a page may have. */
export const PAGE_SIZES = [25, 50, 100, 250];
/** Most that the service gives in one answer. */
const MOST_AT_ONCE = 100;

/** Flat query for the order and the page; LoopBack's filter for the offset alone. */
export interface PageQuery {
  order: 'newest' | 'oldest';
  limit: number;
  total?: 'true';
  filter?: string;
}

/**
 * One page of react-admin's, in as many requests as it takes. Rows that come in between push others down, so what is
 * told twice counts once; what is pushed off the page is on the next one.
 */
export async function readPage<T extends {id: string}>(
  {pagination = {page: 1, perPage: 25}, sort}: GetListParams,
  read: (query: PageQuery) => Promise<{body: T[]; headers: Headers}>,
): Promise<{data: T[]; total: number; meta: {isTotalExact: boolean}}> {
  const order = sort?.order === 'ASC' ? 'oldest' : 'newest';
  const {page, perPage} = pagination;
  const start = (page - 1) * perPage;
  const rows = new Map<string, T>();
  let total: Count = {count: 0, isExact: true};
  for (let done = 0; done < perPage; done += MOST_AT_ONCE) {
    const offset = Math.min(start + done, MAX_OFFSET);
    const {body, headers} = await read({
      order,
      limit: Math.min(MOST_AT_ONCE, perPage - done),
      ...(done === 0 && {total: 'true'}),
      ...(offset > 0 && {filter: JSON.stringify({offset})}),
    });
    if (done === 0) total = totalOf(headers);
    for (const row of body) rows.set(row.id, row);
    if (body.length < MOST_AT_ONCE) break;
  }
  return {data: [...rows.values()], total: total.count, meta: {isTotalExact: total.isExact}};
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

/** What `X-Total-Count` and `X-Total-Count-Exact` say; a service without the second one counts all. */
export function totalOf(headers: Headers): Count {
  return {count: Number(headers.get('X-Total-Count') ?? 0), isExact: headers.get('X-Total-Count-Exact') !== 'false'};
}
