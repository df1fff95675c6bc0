// A listed table as one export: how many rows match, and then exactly these rows, however long the reader takes.
import type {CopyOut} from '../../datasources/postgres/copy';
import type {PostgresDataSource} from '../../datasources/postgres/postgres.datasource';
import {cellsOf} from './csv-columns';
import type {FieldColumns} from './json-columns';
import {exportStatement, type ListedTable, type ListFilter, totalStatement} from './keyset-list';

/** An export that has begun. It holds a connection until `csv` is closed: read it to its end or destroy it. */
export interface TableExport {
  /** How many lines follow the header line. */
  total: number;
  /** RFC 4180 in UTF-8, in the filter's order; destroyed with UnavailableError when it cannot go on. */
  csv: CopyOut;
}

/** How an export is written, and how long it may wait. */
export type ExportForm = Pick<ExportOptions<string>, 'separator' | 'idleTimeoutMs'>;

export interface ExportOptions<Field extends string> {
  filter: ListFilter<Field>;
  columns: FieldColumns;
  /** One character. */
  separator: string;
  /** Longest time in which the reader takes nothing. */
  idleTimeoutMs: number;
}

/** Counts, and is ready to read. Throws UnavailableError when PostgreSQL cannot answer; then nothing is held. */
export async function openExport<Field extends string>(
  postgres: PostgresDataSource,
  listed: ListedTable<Field>,
  {filter, columns, separator, idleTimeoutMs}: ExportOptions<Field>,
): Promise<TableExport> {
  const snapshot = await postgres.openSnapshot({idleTimeoutMs});
  try {
    const [counted] = await snapshot.query<{count: number}>(totalStatement(listed, filter));
    const {text, values} = exportStatement(listed, filter);
    const cells = {text: `SELECT ${cellsOf(columns)} FROM (${text}) AS listed`, values};
    const csv = await snapshot.copyAsCsv(cells, separator);
    return {total: counted?.count ?? 0, csv};
  } catch (error) {
    void snapshot.close();
    throw error;
  }
}
