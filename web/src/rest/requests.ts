// What the requests of each resource are made of: react-admin's list parameters as outreach's query, pages in as many
// requests as they take, and the condition of a change.
import {MAX_OFFSET, MAX_PAGE_ROWS} from 'outreach/client';
import type {GetListParams, GetListResult, UpdateParams} from 'react-admin';
import type {Count} from '../i18n/counts';

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
  for (let done = 0; done < perPage; done += MAX_PAGE_ROWS) {
    const offset = start + done;
    if (offset >= MAX_OFFSET) break; // further on, a filter is the better way
    const {body, headers} = await read({
      order,
      limit: Math.min(MAX_PAGE_ROWS, perPage - done),
      ...(done === 0 && {total: 'true'}),
      ...(offset > 0 && {filter: JSON.stringify({offset})}),
    });
    if (done === 0) total = totalOf(headers);
    for (const row of body) rows.set(row.id, row);
    if (body.length < MAX_PAGE_ROWS) break;
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
  const parts = inParts(ids, MAX_PAGE_ROWS).map(part => {
    const filter = JSON.stringify({where: {id: {inq: part}}});
    return read({order: 'newest', limit: MAX_PAGE_ROWS, filter});
  });
  return (await Promise.all(parts)).flatMap(({body}) => body);
}

/** The same in parts of at most `size`. */
export function inParts<T>(all: readonly T[], size: number): T[][] {
  const count = Math.ceil(all.length / size);
  return Array.from({length: count}, (_, part) => all.slice(part * size, (part + 1) * size));
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

/**
 * The header If-Match with the strong tag that the service gives this version (RFC 9110, 13.1.1). From the body, since a
 * proxy that compresses rewrites the header ETag to `W/"1"` or `"1-gzip"`, or drops it; and a row of a list has none.
 */
export function ifVersion({version}: {version: number}): {'if-match': string} {
  return {'if-match': `"${version}"`};
}

/** The answer's body with its headers. What is no success the data provider has thrown already. */
export async function unwrap<T>(answer: Promise<{data?: T; response: Response}>): Promise<{body: T; headers: Headers}> {
  const {data, response} = await answer;
  if (data === undefined) throw new Error(`The answer has no body: HTTP ${response.status}`);
  return {body: data, headers: response.headers};
}
