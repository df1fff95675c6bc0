// Inquiries in PostgreSQL. LoopBack's repository serves what is not in a hurry; storing and listing are one
// prepared statement each, without juggler's per-row work.
import {BindingScope, inject, injectable} from '@loopback/core';
import {DefaultCrudRepository} from '@loopback/repository';
import {PostgresDataSource} from '../datasources/postgres.datasource';
import {Inquiry} from '../models/inquiry.model';
import {BatchedInsert} from './batched-insert';
import type {Condition} from './conditions';
import {INQUIRY_CSV, INQUIRY_LIST, type InquiryField, type InquiryFilter} from './inquiry-list';
import {countStatement, findStatement, pageStatement, type PageRequest} from './keyset-list';
import {openExport, type TableExport} from './table-export';

/** An inquiry that is about to be stored; the application makes id and time, so nothing is read back. */
export type NewInquiry = Pick<Inquiry, 'id' | 'topic' | 'name' | 'email' | 'message' | 'createdAt'> &
  Partial<
    Pick<Inquiry, 'phone' | 'company' | 'subject' | 'locale' | 'sourceUrl' | 'metadata' | 'privacyNoticeVersion'>
  >;

/** A visitor's key that makes a repeated submission harmless, with a hash of what was submitted. */
export interface Idempotency {
  key: string;
  requestHash: Buffer;
}

interface Submission {
  inquiry: NewInquiry;
  idempotency?: Idempotency;
}

/** What an earlier submission with the same key left behind. */
export interface StoredSubmission {
  id: string;
  createdAt: Date;
  requestHash: Buffer;
}

// By key, so that two batches that share keys wait for each other's in the same order.
const INSERT = `
INSERT INTO inquiry (id, topic, name, email, email_normalized, phone, company, subject, message, locale,
                     source_url, metadata, privacy_notice_version, idempotency_key, request_hash, created_at, updated_at)
SELECT id, topic, name, email, lower(email), phone, company, subject, message, locale,
       source_url, metadata, privacy_notice_version, idempotency_key, request_hash, created_at, created_at
FROM json_to_recordset($1) AS row (
  id uuid, topic text, name text, email text, phone text, company text, subject text, message text, locale text,
  source_url text, metadata jsonb, privacy_notice_version text, idempotency_key text, request_hash bytea,
  created_at timestamptz)
ORDER BY idempotency_key
ON CONFLICT (idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
RETURNING id`;

// Measured (docs/performance.md): more at a time only makes the batches smaller. What waits longer than a connection
// would be waited for is told to come back.
const BATCHES = {inFlight: 2, batchSize: 64, queueLimit: 1024, patienceMs: 2000};

@injectable({scope: BindingScope.SINGLETON})
export class InquiryRepository extends DefaultCrudRepository<Inquiry, typeof Inquiry.prototype.id> {
  private readonly batches = new BatchedInsert<Submission>({...BATCHES, write: rows => this.write(rows)});

  constructor(@inject('datasources.postgres') private readonly postgres: PostgresDataSource) {
    super(Inquiry, postgres);
  }

  /**
   * Stores the inquiry, in one statement with those that come at the same time; committed when this resolves with true;
   * false when the idempotency key is taken and nothing was stored. Throws UnavailableError when PostgreSQL cannot
   * answer: the row may then exist or not, and a repeat with the same key tells.
   */
  insert(inquiry: NewInquiry, idempotency?: Idempotency): Promise<boolean> {
    return this.batches.insert({inquiry, idempotency});
  }

  /** How many wait for an INSERT, for metrics. */
  get waiting(): number {
    return this.batches.waiting;
  }

  private async write(submissions: readonly Submission[]): Promise<boolean[]> {
    const {rows} = await this.postgres.query<{id: string}>({
      name: 'insert_inquiries',
      text: INSERT,
      values: [JSON.stringify(submissions.map(toRow))],
    });
    if (rows.length === submissions.length) return submissions.map(() => true);
    const stored = new Set(rows.map(({id}) => id));
    return submissions.map(({inquiry}) => stored.has(inquiry.id));
  }

  /** The submission that holds this idempotency key, if any. */
  async findByIdempotencyKey(key: string): Promise<StoredSubmission | undefined> {
    const {rows} = await this.postgres.query<StoredSubmission>({
      name: 'find_inquiry_by_idempotency_key',
      text: 'SELECT id, created_at AS "createdAt", request_hash AS "requestHash" FROM inquiry WHERE idempotency_key = $1',
      values: [key],
    });
    return rows[0];
  }

  /**
   * One inquiry that meets the conditions, or undefined. Not by `findOne`: juggler calls `toObject` on a value that
   * has such a key, and a visitor's metadata may.
   */
  async findMatching(id: string, conditions: readonly Condition<InquiryField>[]): Promise<Inquiry | undefined> {
    const {rows} = await this.postgres.query<Inquiry>(findStatement(INQUIRY_LIST, id, conditions));
    return rows[0];
  }

  /** A part of the list, in the filter's order. With `after`, page 10,000 costs what page 1 costs. */
  async list(filter: InquiryFilter, page: PageRequest): Promise<Inquiry[]> {
    const {rows} = await this.postgres.query<Inquiry>(pageStatement(INQUIRY_LIST, filter, page));
    return rows;
  }

  /** How many inquiries match, by status; reads them all, so it is for who asks, not for every page. */
  async countByStatus(filter: Omit<InquiryFilter, 'order'>): Promise<Partial<Record<Inquiry['status'], number>>> {
    const {rows} = await this.postgres.query<{value: Inquiry['status']; count: number}>(
      countStatement(INQUIRY_LIST, filter, 'status'),
    );
    return Object.fromEntries(rows.map(({value, count}) => [value, count]));
  }

  /** Begins an export of all that match; whoever begins it reads or destroys it. */
  async openExport(filter: InquiryFilter, idleTimeoutMs: number): Promise<TableExport> {
    return openExport(this.postgres, INQUIRY_LIST, {filter, columns: INQUIRY_CSV, idleTimeoutMs});
  }
}

// Names are those of the record in INSERT; what is undefined is left out, and so null.
function toRow({inquiry, idempotency}: Submission) {
  return {
    id: inquiry.id,
    topic: inquiry.topic,
    name: inquiry.name,
    email: inquiry.email,
    phone: inquiry.phone,
    company: inquiry.company,
    subject: inquiry.subject,
    message: inquiry.message,
    locale: inquiry.locale,
    source_url: inquiry.sourceUrl,
    metadata: inquiry.metadata,
    privacy_notice_version: inquiry.privacyNoticeVersion,
    idempotency_key: idempotency?.key,
    request_hash: idempotency && `\\x${idempotency.requestHash.toString('hex')}`,
    created_at: inquiry.createdAt,
  };
}
