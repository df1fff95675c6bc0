// Inquiries in PostgreSQL. LoopBack's repository serves what is not in a hurry; storing and listing are one
// prepared statement each, without juggler's per-row work.
import {BindingScope, inject, injectable} from '@loopback/core';
import {DefaultCrudRepository} from '@loopback/repository';
import {PostgresDataSource} from '../datasources/postgres.datasource';
import {Inquiry} from '../models/inquiry.model';
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

/** What an earlier submission with the same key left behind. */
export interface StoredSubmission {
  id: string;
  createdAt: Date;
  requestHash: Buffer;
}

const INSERT = `
INSERT INTO inquiry (id, topic, name, email, email_normalized, phone, company, subject, message, locale,
                     source_url, metadata, privacy_notice_version, idempotency_key, request_hash, created_at, updated_at)
VALUES ($1, $2, $3, $4, lower($4), $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)
ON CONFLICT (idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING`;

@injectable({scope: BindingScope.SINGLETON})
export class InquiryRepository extends DefaultCrudRepository<Inquiry, typeof Inquiry.prototype.id> {
  constructor(@inject('datasources.postgres') private readonly postgres: PostgresDataSource) {
    super(Inquiry, postgres);
  }

  /**
   * Stores the inquiry in one statement, committed when this resolves with true; false when the idempotency key
   * is taken and nothing was stored. Throws UnavailableError when PostgreSQL cannot answer: the row may then
   * exist or not, and a repeat with the same key tells.
   */
  async insert(inquiry: NewInquiry, idempotency?: Idempotency): Promise<boolean> {
    const {rowCount} = await this.postgres.query({
      name: 'insert_inquiry',
      text: INSERT,
      values: [
        inquiry.id,
        inquiry.topic,
        inquiry.name,
        inquiry.email,
        inquiry.phone,
        inquiry.company,
        inquiry.subject,
        inquiry.message,
        inquiry.locale,
        inquiry.sourceUrl,
        inquiry.metadata === undefined ? null : JSON.stringify(inquiry.metadata),
        inquiry.privacyNoticeVersion,
        idempotency?.key,
        idempotency?.requestHash,
        inquiry.createdAt,
      ],
    });
    return rowCount === 1;
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
