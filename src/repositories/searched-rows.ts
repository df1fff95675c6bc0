// The rows that a search finds, for a page: along the list's order when the words are frequent there, by the words'
// indexes when they are rare. The planner cannot tell in a large table: it takes a word that it has no statistics of to
// be as frequent as the rarest that it has, expects a page of them soon along the order, and reads to the table's end.
import {whereAll} from './conditions';

// Words that fewer of so many rows have are rare. To look at these rows takes some two milliseconds.
const PROBED_ROWS = 2000;
const FREQUENT_FROM = 6;

/** What a page of a search is made of, in SQL. */
export interface SearchedPage {
  table: string;
  search: string;
  /** All other conditions, the page's start among them. */
  conditions: readonly string[];
  /** By which the page is sorted. */
  order: string;
  /** SQL of as many rows as are read. */
  size: (sorted: string) => string;
}

/** What to select from: the first rows that match, under the table's name. */
export function searchedRows({table, search, conditions, order, size}: SearchedPage): string {
  const found = `SELECT * FROM ${table} ${whereAll([...conditions, search])}`;
  return `(
  WITH words AS MATERIALIZED (
    SELECT count(*) = ${FREQUENT_FROM} AS are_frequent FROM (
      SELECT FROM (SELECT * FROM ${table} ${whereAll(conditions)} ${order} LIMIT ${PROBED_ROWS}) AS ${table}
      WHERE ${search} LIMIT ${FREQUENT_FROM}
    ) AS seen
  )
  SELECT * FROM (${size(`${found} ${order}`)}) AS frequent WHERE (SELECT are_frequent FROM words)
  UNION ALL
  -- OFFSET 0 hides the order from the planner, and so the way along it
  SELECT * FROM (${size(`SELECT * FROM (${found} OFFSET 0) AS found ${order}`)}) AS rare
  WHERE NOT (SELECT are_frequent FROM words)
) AS ${table}`;
}
