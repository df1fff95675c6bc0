// Which page of a list a query asks for, flat or in LoopBack's filter, and what the answer's headers say of it.
import {MAX_PAGE_ROWS} from '../../contract/limits';
import {DEFAULT_LIMIT, DEFAULT_ORDER, type Total} from '../../contract/page';
import {inputProblem, type ProblemError} from '../problems/problem-error';
import {decodeCursor, encodeCursor, type Position} from './cursor';
import type {LoopBackFilter} from './loopback-filter';
import {nextPageLink} from './next-page';

/** The part of a list's query that is about the page. */
export interface PageQuery {
  order?: 'newest' | 'oldest';
  limit?: number;
  cursor?: string;
  total: boolean;
  filter?: LoopBackFilter<string>;
}

/** What a list is read with. */
export interface PageRequest {
  order: 'newest' | 'oldest';
  limit: number;
  after?: Position;
  offset?: number;
  withTotal: boolean;
}

/**
 * Throws ProblemError `invalid-parameter` when order or limit are there twice, and for a cursor with an offset: which
 * of the two was meant is not ours to guess.
 */
export function pageOf(query: PageQuery, headers: {'x-total'?: 'true' | 'false'}): PageRequest {
  const {order, limit, cursor, total, filter = {conditions: []}} = query;
  const twice = [
    ...(['order', 'limit'] as const).filter(name => query[name] !== undefined && filter[name] !== undefined),
    ...(cursor !== undefined && filter.offset !== undefined ? (['cursor'] as const) : []),
  ];
  if (twice.length > 0) throw saidTwice(twice);
  return {
    order: filter.order ?? order ?? DEFAULT_ORDER,
    limit: filter.limit ?? limit ?? Math.max(DEFAULT_LIMIT, askedIds(filter)),
    after: cursor === undefined ? undefined : decodeCursor(cursor),
    offset: filter.offset,
    withTotal: total || headers['x-total'] === 'true',
  };
}

// Who asks for these ids, as LoopBack's clients do for what other rows refer to, wants all of them and sends no limit.
function askedIds({conditions}: LoopBackFilter<string>): number {
  const ids = conditions.find(({field, operator}) => field === 'id' && operator === 'inq')?.value;
  return Array.isArray(ids) ? Math.min(ids.length, MAX_PAGE_ROWS) : 0;
}

/** `Link` and, when it was counted, the total. Who pages by offset counts on and gets no link: its cursor would skip rows. */
export function pageHeaders(
  target: string,
  {offset}: PageRequest,
  {next, total}: {next?: Position; total?: Total},
): Record<string, string> {
  return {
    ...(next && offset === undefined && {Link: nextPageLink(target, encodeCursor(next))}),
    ...(total && totalHeaders(total)),
  };
}

/** `X-Total-Count` and, whether it is one or a lower bound, `X-Total-Count-Exact`. */
export function totalHeaders({count, isExact}: Total): Record<string, string> {
  return {'X-Total-Count': String(count), 'X-Total-Count-Exact': String(isExact)};
}

function saidTwice(names: readonly string[]): ProblemError {
  const errors = names.map(parameter => ({
    parameter,
    code: 'repeated' as const,
    detail: `must not come with the filter's ${parameter === 'cursor' ? 'offset' : parameter}`,
  }));
  return inputProblem('parameter', errors, {detail: 'Say it once: flat, or in the filter.'});
}
