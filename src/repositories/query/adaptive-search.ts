// The rows that a search finds, for a page: along the list's order while that fills it, and by the words' indexes when the
// words are rare there. The planner does not know in a large table: it takes a word that it has no statistics of to be as
// frequent as the rarest that it has, expects a page of them soon along the order, and reads to the table's end.
import {whereAll} from './conditions';

// Words of which the nearest rows have fewer are rare; to look at those rows takes some two milliseconds.
const NEAREST_ROWS = 2000;
const FREQUENT_FROM = 6;
// Where frequent words do not fill the page within so many rows, they stop there, and are rare as well.
const MOST_ROWS_ALONG = 20_000;

/** What a page of a search is made of, in SQL. */
export interface AdaptiveSearch {
  table: string;
  search: string;
  /** All other conditions, the page's start among them. */
  conditions: readonly string[];
  /** By which the page is sorted. */
  order: string;
  /** How many are read. */
  rows: number;
}

/** What to select from: the first rows that match, under the table's name. */
export function adaptiveSearch({table, search, conditions, order, rows}: AdaptiveSearch): string {
  const foundInFirst = (length: number) =>
    `SELECT * FROM (SELECT * FROM ${table} ${whereAll(conditions)} ${order} LIMIT ${length}) AS ${table}
    WHERE ${search} ${order} LIMIT ${rows}`;
  // OFFSET 0 hides the order from the planner, and so the way along it.
  return `(
  WITH near AS MATERIALIZED (
    ${foundInFirst(NEAREST_ROWS)}
  ), along AS MATERIALIZED (
    SELECT * FROM (${foundInFirst(MOST_ROWS_ALONG)}) AS further
    WHERE (SELECT count(*) BETWEEN ${FREQUENT_FROM} AND ${rows - 1} FROM near)
  ), by_words AS NOT MATERIALIZED (
    SELECT * FROM (SELECT * FROM ${table} ${whereAll([...conditions, search])} OFFSET 0) AS found
    ${order} LIMIT ${rows}
  )
  SELECT * FROM near WHERE (SELECT count(*) FROM near) = ${rows}
  UNION ALL
  SELECT * FROM along WHERE (SELECT count(*) FROM along) = ${rows}
  UNION ALL
  SELECT * FROM by_words WHERE (SELECT count(*) FROM near) < ${rows} AND (SELECT count(*) FROM along) < ${rows}
) AS ${table}`;
}
