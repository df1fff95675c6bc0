// The pending entries of the search's indexes are merged beside the INSERTs, and not by the one that fills their lists: its
// rows would wait for that.
import type {PostgresDataSource} from '../../datasources/postgres/postgres.datasource';

/** So many rows are pending at about 1 MB; a list takes four times as much. */
export const ROWS_PER_MERGE = 400;

export class SearchMerge {
  private pending = 0;
  private isRunning = false;

  constructor(private readonly postgres: PostgresDataSource) {}

  /** Says that this many rows were stored. Returns at once and never throws: what is not merged now is merged later. */
  count(rows: number): void {
    this.pending += rows;
    if (this.pending < ROWS_PER_MERGE || this.isRunning) return;
    this.pending = 0;
    this.isRunning = true;
    void this.postgres
      .query({name: 'merge_search', text: 'SELECT outreach_merge_search()'})
      .catch(() => undefined) // PostgreSQL merges a full list by itself
      .finally(() => (this.isRunning = false));
  }
}
