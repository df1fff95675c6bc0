// react-admin's list parameters as outreach's query.
import type {GetListParams, GetListResult, UpdateParams} from 'react-admin';
import type {Count} from '../i18n/counts';

/** Rows that can be paged through, as far as the service's offset leads; further on, a filter is the better way. */
export const MAX_PAGED_ROWS = 10_000;

/** How many rows a page may have. */
export const PAGE_SIZES = [25, 50, 100, 250];
/** Most that the service gives in one answer, or changes by one request. */
export const MOST_AT_ONCE = 100;

/** What narrows a list, by the names of the service's parameters. */
export type FilterValues = Readonly<Record<string, string | undefined>>;

/** A resource as react-admin reads and changes it. */
export interface ResourceRequests<T extends {id: string}> {
  getList(params: GetListParams): Promise<GetListResult<T>>;
  /** Those of these rows that meet the filter. */
  getThese(ids: readonly string[], filter: FilterValues): Promise<T[]>;
  getOne(id: string): Promise<T>;
  update(params: UpdateParams<T>): Promise<T>;
}

/** Flat query for the order and the page; LoopBack's filter for the offset alone. */
export interface PageQuery {
  order: 'newest' | 'oldest';
  limit: number;
  total?: 'true';
  filter?: string;
}

/**
 * One page of react-admin's, in as many requests as it takes. Rows that come in between push others down, so a
 * row that comes twice counts once; a row that is pushed off the page is on the next one.
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
    const offset = start + done;
    if (offset >= MAX_PAGED_ROWS) break;
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
  return {
    data: [...rows.values()],
    total: total.count,
    meta: {isTotalExact: total.isExact},
  };
}

/** Those of these rows that there are, and that the filter of `read` lets through; in no order. */
export async function readThese<T>(
  ids: readonly string[],
  read: (query: PageQuery) => Promise<{body: T[]}>,
): Promise<T[]> {
  const parts = inParts(ids).map(part => {
    const filter = JSON.stringify({where: {id: {inq: part}}});
    return read({order: 'newest', limit: MOST_AT_ONCE, filter});
  });
  return (await Promise.all(parts)).flatMap(({body}) => body);
}

/** The same in parts that one request can name. */
export function inParts<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / MOST_AT_ONCE);
  return Array.from({length: count}, (_, part) => all.slice(part * MOST_AT_ONCE, (part + 1) * MOST_AT_ONCE));
}

/** The filter without what is empty: react-admin keeps cleared fields. */
export function toFilterQuery(filter: Record<string, unknown> = {}): Record<string, string> {
  const filled = Object.entries(filter).filter(([, value]) => typeof value === 'string' && value.trim() !== '');
  return Object.fromEntries(filled.map(([name, value]) => [name, toQueryValue(name, String(value))]));
}

function toQueryValue(name: string, value: string): string {
  if (name === 'createdFrom') return startOfDay(value).toISOString();
  if (name === 'createdTo') return startOfDay(value, 1).toISOString(); // the service's end is the first moment after it
  return value.trim();
}

/**
 * The first moment of a date field's day where the person is, or of a day so many later. It is not always midnight, and
 * not a moment 24 hours later: in Cairo the clock goes from midnight to 01:00 once a year.
 */
function startOfDay(date: string, daysLater = 0): Date {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day + daysLater);
}

/** What `X-Total-Count` and `X-Total-Count-Exact` say; a service without the second one counts all. */
export function totalOf(headers: Headers): Count {
  return {count: Number(headers.get('X-Total-Count') ?? 0), isExact: headers.get('X-Total-Count-Exact') !== 'false'};
}
