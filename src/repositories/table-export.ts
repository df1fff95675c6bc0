// A listed table as one export: how many rows match, and then exactly these rows, however long the reader takes.
import type {QueryResultRow} from 'pg';
import type {Total} from '../contract/page';
import type {CopyOut} from '../datasources/postgres-copy';
import type {PostgresDataSource} from '../datasources/postgres.datasource';
import {type CountedStatus, countStatement, toCount} from './bounded-count';
import {cellsOf, type CsvColumns} from './csv-columns';
import {exportStatement, type ListedTable, type ListFilter} from './keyset-list';

/** An export that has begun. It holds a connection until `csv` is closed: read it to its end or destroy it. */
export interface TableExport {
  /** How many lines follow the header line. */
  total: Total;
  /** RFC 4180 in UTF-8, in the filter's order; destroyed with UnavailableError when it cannot go on. */
  csv: CopyOut;
}

export interface ExportOptions<Field extends string> {
  filter: ListFilter<Field>;
  columns: CsvColumns;
  /** Most rows of a status that are counted. */
  countBound: number;
  /** Longest time in which the reader takes nothing. */
  idleTimeoutMs: number;
}

/** Counts, and is ready to read. Throws UnavailableError when PostgreSQL cannot answer; then nothing is held. */
export async function openExport<Field extends string>(
  postgres: PostgresDataSource,
  listed: ListedTable<Field | 'status'>,
  {filter, columns, countBound, idleTimeoutMs}: ExportOptions<Field>,
): Promise<TableExport> {
  const snapshot = await postgres.openSnapshot({idleTimeoutMs});
  try {
    const counted = await snapshot.query<CountedStatus & QueryResultRow>(countStatement(listed, filter, countBound));
    const {text, values} = exportStatement(listed, filter);
    const csv = await snapshot.copyAsCsv({text: `SELECT ${cellsOf(columns)} FROM (${text}) AS listed`, values});
    return {total: toCount(listed.columns.status.values ?? [], counted), csv};
  } catch (error) {
    void snapshot.close();
    throw error;
  }
}
