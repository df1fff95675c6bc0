// Changes of inquiries and the log of them in PostgreSQL: neither is ever there without the other.
import {BindingScope, inject, injectable} from '@loopback/core';
import {PostgresDataSource} from '../datasources/postgres.datasource';
import {InquiryActivity} from '../models/inquiry-activity.model';
import type {Inquiry} from '../models/inquiry.model';
import {type Derived, DerivedCrudRepository} from './derived-crud.repository';
import {type ListedTable, type PageRequest, pageStatement} from './keyset-list';
import {addressVector} from './mentioned-addresses';
import {type NewNote, noteStatement, type Triage, triageStatement} from './triage-statements';

/** An inquiry after a change was asked for. Of those that were not changed it is the row as it was found. */
export type TriagedInquiry = Inquiry & {
  /** `stale`: it has none of the expected versions; `conflict`: the status machine has no such step. */
  outcome: 'updated' | 'unchanged' | 'stale' | 'conflict';
};

const ACTIVITY_LIST: ListedTable<'inquiryId'> = {
  table: 'inquiry_activity',
  select: `id, inquiry_id AS "inquiryId", kind, actor, from_value AS "fromValue", to_value AS "toValue", note,
  created_at AS "createdAt"`,
  columns: {inquiryId: {column: 'inquiry_id', type: 'uuid'}},
  sortedBy: 'created_at', // ids are made before the lock that orders the changes
};

const MENTIONS: Derived<InquiryActivity> = {
  columns: {addresses: 'tsvector'},
  from: ['actor', 'fromValue', 'toValue', 'note'],
  make: ({actor, fromValue, toValue, note}) => ({addresses: addressVector([actor, fromValue, toValue, note])}),
};

@injectable({scope: BindingScope.SINGLETON})
export class InquiryActivityRepository extends DerivedCrudRepository<InquiryActivity> {
  constructor(@inject('datasources.postgres') private readonly postgres: PostgresDataSource) {
    super(InquiryActivity, postgres, MENTIONS);
  }

  /**
   * Changes the inquiries, each on its own, and logs each changed field, in one statement, committed when this
   * resolves. Inquiries that are not there, or do not meet the conditions, are missing in the result; its order is
   * not that of the ids. A patch that changes nothing leaves version and log alone.
   */
  async triage(triage: Triage): Promise<TriagedInquiry[]> {
    const {rows} = await this.postgres.query<TriagedInquiry>(triageStatement(triage));
    return rows;
  }

  /** Adds a note; undefined when there is no such inquiry. */
  async addNote(note: NewNote): Promise<InquiryActivity | undefined> {
    const {rows} = await this.postgres.query<InquiryActivity>(noteStatement(note, ACTIVITY_LIST.select));
    return rows[0];
  }

  /** A part of an inquiry's log. */
  async list(inquiryId: string, order: 'newest' | 'oldest', page: PageRequest): Promise<InquiryActivity[]> {
    const conditions = [{field: 'inquiryId', operator: 'eq', value: inquiryId}] as const;
    const {rows} = await this.postgres.query<InquiryActivity>(pageStatement(ACTIVITY_LIST, {conditions, order}, page));
    return rows;
  }
}
