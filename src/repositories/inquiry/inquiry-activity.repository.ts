// Changes of inquiries and the log of them in PostgreSQL: neither is ever there without the other.
import {BindingScope, inject, injectable} from '@loopback/core';
import type {DataObject} from '@loopback/repository';
import {PostgresDataSource} from '../../datasources/postgres/postgres.datasource';
import {InquiryActivity} from '../../models/inquiry-activity.model';
import type {Inquiry} from '../../models/inquiry.model';
import type {Row} from '../../models/column';
import {newId} from '../../platform/time-ordered-id';
import {type Derived, DerivedCrudRepository, merged} from '../crud/derived-crud.repository';
import {type Page, type PageRequest, toPage} from '../query/keyset-list';
import {addressVector} from '../privacy/mention-keys';
import {type NewNote, noteStatement, type Triage, triageStatement} from './triage-statements';

/** An inquiry after a change was asked for. Of those that were not changed it is the row as it was found. */
export type TriagedInquiry = Row<Inquiry> & {
  /** `stale`: it has none of the expected versions; `conflict`: the status machine has no such step. */
  outcome: 'updated' | 'unchanged' | 'stale' | 'conflict';
  /** Was it quarantined, and is it new now, for the first time? Then the observation rooms are notified. */
  isRelease: boolean;
};

const MENTIONS: Derived<InquiryActivity> = {
  columns: {addresses: 'tsvector'},
  make: ({actor, fromValue, toValue, note}) => ({addresses: addressVector([actor, fromValue, toValue, note])}),
};

/** As DerivedCrudRepository; `create` and `createAll` take notes only, and what changes or removes entries throws TypeError. */
@injectable({scope: BindingScope.SINGLETON})
export class InquiryActivityRepository extends DerivedCrudRepository<InquiryActivity> {
  constructor(@inject('datasources.postgres') private readonly postgres: PostgresDataSource) {
    super(InquiryActivity, postgres, MENTIONS);
  }

  protected override toNewRow(given: DataObject<InquiryActivity>): DataObject<InquiryActivity> {
    const row = merged<DataObject<InquiryActivity>>({id: newId(), kind: 'note', createdAt: new Date()}, given);
    if (row.kind !== 'note')
      throw new TypeError(`an entry of the kind ${String(row.kind)} comes with its change: use triage`);
    return row;
  }

  /** Refuses. `update`, `updateById` and `save` come here or to `replaceById` as well. */
  override async updateAll(): Promise<never> {
    throw appendOnly();
  }

  override async replaceById(): Promise<never> {
    throw appendOnly();
  }

  /** Refuses; `delete` comes to `deleteById` as well. */
  override async deleteAll(): Promise<never> {
    throw appendOnly();
  }

  override async deleteById(): Promise<never> {
    throw appendOnly();
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
  async addNote(note: NewNote): Promise<Row<InquiryActivity> | undefined> {
    const {rows} = await this.postgres.query<Row<InquiryActivity>>(noteStatement(note));
    return rows[0];
  }

  /** A page of an inquiry's log, in the order of the changes: ids are made before the lock that orders them. */
  async page(
    inquiryId: string,
    order: 'newest' | 'oldest',
    {limit, after}: PageRequest,
  ): Promise<Page<InquiryActivity>> {
    const [direction, behind] = order === 'newest' ? ['DESC', 'lt'] : ['ASC', 'gt'];
    const last = after && (await this.findOne({where: after}));
    if (after && !last) return {rows: []};
    const isBehind = last && {
      createdAt: {[`${behind}e`]: last.createdAt}, // the index seeks it
      or: [{createdAt: {[behind]: last.createdAt}}, {id: {[behind]: last.id}}],
    };
    const read = await this.find({
      where: {inquiryId, ...isBehind},
      order: [`createdAt ${direction}`, `id ${direction}`],
      limit: limit + 1,
    });
    return toPage(read, limit);
  }
}

function appendOnly(): TypeError {
  return new TypeError('inquiry_activity is append-only: add a note that corrects the entry');
}
