// Inquiries in PostgreSQL. LoopBack's repository serves what is not in a hurry; storing and listing are one
// prepared statement each, without juggler's per-row work.
import {BindingScope, inject, injectable} from '@loopback/core';
import type {DataObject} from '@loopback/repository';
import type {QueryResultRow} from 'pg';
import type {QuarantineCount} from '../../contract/quarantine';
import {INQUIRY_STATUSES} from '../../contract/status';
import {PostgresDataSource} from '../../datasources/postgres/postgres.datasource';
import {timeOfId} from '../../platform/time-ordered-id';
import {Inquiry} from '../../models/inquiry.model';
import {BatchedInsert} from './batched-insert';
import type {Condition} from '../query/conditions';
import {merged} from '../crud/derived-crud.repository';
import {insertStatement, sizeOfSubmission, type Submission} from './inquiry-insert';
import {
  INQUIRY_COLUMNS,
  INQUIRY_LIST,
  type InquiryField,
  type InquiryFilter,
  type InquiryPage,
  inquiryPageStatement,
  toInquiryPage,
} from './inquiry-list';
import {searchedInquiry, type SearchedInquiry} from './inquiry-search';
import {quarantineStatement, type QuarantineRow, toQuarantineCount} from './quarantine-count';
import type {PageRequest} from '../query/keyset-list';
import {RepositoryBindings} from '../keys';
import {ListedCrudRepository, type ListedCrudTable} from '../crud/listed-crud.repository';
import {SearchMerge} from './search-merge';

/** A submission that is stored, by this request or by an earlier one with the same key and body. */
export interface StoredSubmission {
  id: string;
  /** ISO 8601. */
  createdAt: string;
}

// Measured (docs/performance.md): more at a time only makes the batches smaller. What waits longer than a connection
// would be waited for is refused: the client tries again.
const BATCHES = {
  inFlight: 2,
  batchSize: 64,
  batchBytes: 64 * 1024,
  queueLimit: 1024,
  maxQueueWaitMs: 2000,
  retryMs: 15_000,
};

const LOGGED = 'changes with an entry in the activity log: use InquiryActivityRepository.triage';
const INQUIRIES: ListedCrudTable<Inquiry, InquiryField> = {
  table: 'inquiry',
  list: INQUIRY_LIST,
  statuses: INQUIRY_STATUSES,
  exported: INQUIRY_COLUMNS,
  derived: {
    columns: {search_words: 'tsvector', search_text: 'text'},
    // What is not whole is juggler's to refuse.
    make: inquiry => {
      const {words, text} = searchedInquiry(
        Object.assign({}, inquiry, {email: inquiry.email ?? ''}) as SearchedInquiry,
      );
      return {search_words: words, search_text: text};
    },
  },
  elsewhere: {status: LOGGED, assignee: LOGGED, topic: LOGGED},
};

@injectable({scope: BindingScope.SINGLETON})
export class InquiryRepository extends ListedCrudRepository<Inquiry, InquiryField> {
  private readonly batches = new BatchedInsert<Submission>({
    ...BATCHES,
    sizeOf: sizeOfSubmission,
    write: rows => this.write(rows),
  });
  private readonly searchMerge: SearchMerge;

  constructor(
    @inject('datasources.postgres') postgres: PostgresDataSource,
    @inject(RepositoryBindings.COUNT_BOUND) countBound: number,
  ) {
    super(Inquiry, postgres, INQUIRIES, countBound);
    this.searchMerge = new SearchMerge(postgres);
  }

  protected override toNewRow(given: DataObject<Inquiry>): DataObject<Inquiry> {
    return super.toNewRow(merged<DataObject<Inquiry>>({status: 'new', spamReasons: []}, given));
  }

  /**
   * Stores the submission, in one statement with those that come at the same time; committed when this resolves with true;
   * false when its digest is known (idempotency_record) and nothing was stored. Throws UnavailableError when PostgreSQL
   * cannot answer: the row may then exist or not, and a repeat with the same digest finds out.
   */
  insert(submission: Submission): Promise<boolean> {
    return this.batches.insert(submission);
  }

  /** How many wait for an INSERT, for metrics. */
  get waiting(): number {
    return this.batches.waiting;
  }

  private async write(submissions: readonly Submission[]): Promise<boolean[]> {
    const count = await this.postgres.write(insertStatement(submissions));
    this.searchMerge.count(count);
    if (count === submissions.length) return submissions.map(() => true);
    const {rows} = await this.postgres.query<{id: string}>({
      name: 'find_stored_inquiries',
      text: 'SELECT id FROM inquiry WHERE id = ANY ($1::uuid[])',
      values: [submissions.map(({inquiry}) => inquiry.id)],
    });
    const stored = new Set(rows.map(({id}) => id));
    return submissions.map(({inquiry}) => stored.has(inquiry.id));
  }

  /** The submission that was stored with this digest, if any. */
  async findByDigest(digest: Buffer): Promise<StoredSubmission | undefined> {
    const {rows} = await this.postgres.query<{id: string}>({
      name: 'find_inquiry_by_digest',
      text: 'SELECT id FROM idempotency_record WHERE digest = $1',
      values: [digest],
    });
    return rows[0] && {id: rows[0].id, createdAt: timeOfId(rows[0].id).toISOString()};
  }

  /** One inquiry of these topics, or null. */
  async findMatching(id: string, conditions: readonly Condition<'topic'>[]): Promise<Inquiry | null> {
    const topics = conditions.map(({operator, value}) => ({topic: {[operator]: value}}));
    return this.findOne({where: {and: [{id}, ...topics]}});
  }

  /** What guards have quarantined of these, and what of it was released. */
  async countQuarantine(conditions: readonly Condition<InquiryField>[]): Promise<QuarantineCount> {
    const {rows} = await this.postgres.query<QuarantineRow & QueryResultRow>(quarantineStatement(conditions));
    return toQuarantineCount(rows);
  }

  /** A part of the list, in the filter's order. With `after`, page 10,000 costs what page 1 costs. */
  async page(filter: InquiryFilter, page: PageRequest): Promise<InquiryPage> {
    return toInquiryPage(await this.postgres.readText(inquiryPageStatement(filter, page)), page.limit);
  }
}
