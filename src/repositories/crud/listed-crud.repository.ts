// LoopBack's repository for a table that is also listed, counted and exported by statements of its own.
import type {Entity} from '@loopback/repository';
import type {QueryResultRow} from 'pg';
import type {PostgresDataSource} from '../../datasources/postgres/postgres.datasource';
import {type Count, type CountedStatus, countStatement, toCount} from '../query/bounded-count';
import type {FieldColumns} from '../query/json-columns';
import {type ListedTable, type ListFilter, totalStatement} from '../query/keyset-list';
import {type ExportForm, openExport, type TableExport} from '../query/table-export';
import {VersionedCrudRepository, type VersionedRow, type VersionedTable} from './versioned-crud.repository';

/** What a listed table is made of; `statuses` are those that are counted. */
export interface ListedCrudTable<T extends Entity & {status: string}, Field extends string> extends VersionedTable<T> {
  list: ListedTable<Field | 'status'>;
  statuses: readonly T['status'][];
  /** The fields of an export. */
  exported: FieldColumns;
}

/** As VersionedCrudRepository. */
export abstract class ListedCrudRepository<
  T extends Entity & VersionedRow & {status: string},
  Field extends string,
> extends VersionedCrudRepository<T> {
  constructor(
    entityClass: typeof Entity & {prototype: T},
    protected readonly postgres: PostgresDataSource,
    private readonly listed: ListedCrudTable<T, Field>,
    private readonly countBound: number,
  ) {
    super(entityClass, postgres, listed);
  }

  /** How many match, by status; no more than COUNT_BOUND of each are read. */
  async countByStatus(filter: Omit<ListFilter<Field | 'status'>, 'order'>): Promise<Count<T['status']>> {
    const {list, statuses} = this.listed;
    const statement = countStatement(list, filter, this.countBound);
    const {rows} = await this.postgres.query<CountedStatus<T['status']> & QueryResultRow>(statement);
    return toCount(statuses, rows);
  }

  /** How many match, however many: the rows of an export. */
  async countAll(filter: Omit<ListFilter<Field | 'status'>, 'order'>): Promise<number> {
    const {rows} = await this.postgres.query<{count: number}>(totalStatement(this.listed.list, filter));
    return rows[0]?.count ?? 0;
  }

  /** Begins an export of all that match. The caller reads it to its end or destroys it. */
  async openExport(filter: ListFilter<Field | 'status'>, form: ExportForm): Promise<TableExport> {
    const {list, exported} = this.listed;
    return openExport(this.postgres, list, {filter, columns: exported, ...form});
  }
}
