// Counts of a listed table by status, bounded: what a count costs must not grow with the table.
import type {QueryConfig} from 'pg';
import type {Total} from '../../contract/page';
import {Parameters, whereAll} from './conditions';
import {type ListedTable, type ListFilter, narrow, prepared} from './keyset-list';

/** A row of `countStatement`: of this status there are so many or, unless that is exact, at least so many. */
export interface CountedStatus<Status extends string = string> {
  status: Status;
  count: number;
  isExact: boolean;
}

/** `count` is the sum of `byStatus`; unless it is exact, each number means at least so many. */
export interface Count<Status extends string = string> extends Total {
  byStatus: Record<Status, number>;
}

/**
 * The matching rows by status, whatever the page: at most `bound` of each status, so that the few new ones among
 * millions are still counted exactly. A search would look its words up for each status anew: it counts at most `bound`
 * in all.
 */
export function countStatement<Field extends string>(
  listed: ListedTable<Field | 'status'>,
  filter: Omit<ListFilter<Field | 'status'>, 'order'>,
  bound: number,
): QueryConfig {
  const parameters = new Parameters();
  const sql = narrow(listed, filter, parameters);
  const text =
    filter.search === undefined
      ? // Written out, not as parameters: the planner must know which status is rare. It would otherwise read a table
        // from its start, hoping to find enough of them soon.
        (listed.columns.status.values ?? [])
          .map(status => countOfEach({table: listed.table, sql: [`status = '${status}'`, ...sql], status, bound}))
          .join('\nUNION ALL\n')
      : countInAll({table: listed.table, sql, bound});
  return prepared(text, parameters, filter);
}

interface Counted {
  table: string;
  /** Conditions. */
  sql: readonly string[];
  bound: number;
}

function countOfEach({table, sql, status, bound}: Counted & {status: string}): string {
  return `SELECT '${status}' AS status, count(*)::int AS count, count(*) < ${bound} AS "isExact"
FROM (SELECT FROM ${table} ${whereAll(sql)} LIMIT ${bound}) AS matching`;
}

function countInAll({table, sql, bound}: Counted): string {
  return `SELECT status, count(*)::int AS count, sum(count(*)) OVER () < ${bound} AS "isExact"
FROM (SELECT status FROM ${table} ${whereAll(sql)} LIMIT ${bound}) AS matching GROUP BY status`;
}

/** What the rows of `countStatement` say, of every status. */
export function toCount<Status extends string>(
  statuses: readonly Status[],
  rows: readonly CountedStatus<Status>[],
): Count<Status> {
  const counted = new Map(rows.map(({status, count}) => [status, count]));
  const byStatus = statuses.map(status => [status, counted.get(status) ?? 0] as const);
  return {
    count: byStatus.reduce((sum, [, count]) => sum + count, 0),
    byStatus: Object.fromEntries(byStatus) as Record<Status, number>, // every status is there
    isExact: rows.every(({isExact}) => isExact),
  };
}
