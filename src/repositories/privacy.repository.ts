// Everything about one address in PostgreSQL: erased in one transaction, or read in one snapshot.
import {BindingScope, inject, injectable} from '@loopback/core';
import type {QueryConfig, QueryResultRow} from 'pg';
import {canonicalAddress} from '../contract/email-address';
import type {ErasureCounts} from '../contract/privacy';
import {PostgresDataSource} from '../datasources/postgres.datasource';
import {AdvisoryLock, lockForTransaction, type Query} from '../datasources/transaction';
import {INQUIRY_LIST} from './inquiry-list';
import {type AuditEntry, recordAudit} from './privacy-audit';
import {ALL_QUOTABLE_TABLES, AUDIT_TABLE, QUOTABLE_TABLES, type QuotableTable} from './quotable-tables';
import {
  derivedStatement,
  inquiriesStatement,
  lockInquiriesStatement,
  type Quote,
  quotesStatement,
  redactStatement,
} from './quoted-address';
import {SUBSCRIPTION_LIST} from './subscription-list';

/** Who asks, for the audit. */
export type AuditedRequest = Pick<AuditEntry, 'actor' | 'requestId' | 'createdAt'>;

/** What is held about an address; rows as they are selected, times as Date. */
export interface HeldRows {
  inquiries: QueryResultRow[];
  activity: QueryResultRow[];
  subscriptions: QueryResultRow[];
  quotes: Quote[];
}

// An address with very many rows must still go; a person waits for it, and no visitor does.
const STATEMENT_TIMEOUT_MS = 30_000;

// A digest is of a whole submission: with everything else known, guesses of the address could be tried on it. One of a
// subscription that was there already stays until it expires; nobody can try guesses on it without its key.
/** Forgets the idempotency records of these inquiries and of the address's subscriptions. */
export function forgetRepeatsStatement(inquiryIds: readonly string[], address: string): QueryConfig {
  const text = `
DELETE FROM idempotency_record
WHERE id = ANY ($1::uuid[] || ARRAY(SELECT id FROM subscription WHERE email_normalized = $2))`; // by an index: no OR
  return {text, values: [inquiryIds, address]};
}

@injectable({scope: BindingScope.SINGLETON})
export class PrivacyRepository {
  constructor(@inject('datasources.postgres') private readonly postgres: PostgresDataSource) {}

  /**
   * Removes the address: its inquiries with their activity and idempotency records, its subscriptions, and the
   * address itself from all other texts. One transaction with the audit entry, committed when this resolves. What
   * is submitted while it runs may stay. Throws UnavailableError; nothing was erased then, or all of it.
   */
  async erase(email: string, request: AuditedRequest): Promise<ErasureCounts> {
    const address = canonicalAddress(email);
    return this.postgres.transaction(
      async query => {
        await lockForTransaction(query, AdvisoryLock.ERASING);
        await query({text: "SET LOCAL outreach.erasure = 'on'"}); // the activity log is append-only to everything else
        const {rows: found} = await query<FoundInquiry>(lockInquiriesStatement(address));
        await query(
          forgetRepeatsStatement(
            found.map(({id}) => id),
            address,
          ),
        );
        const remove = async (text: string, value: unknown) => (await query({text, values: [value]})).rowCount ?? 0;
        const own = ownOf(found, address);
        const activities = await remove('DELETE FROM inquiry_activity WHERE inquiry_id = ANY ($1::uuid[])', own);
        const inquiries = await remove('DELETE FROM inquiry WHERE id = ANY ($1::uuid[])', own);
        const subscriptions = await remove('DELETE FROM subscription WHERE email_normalized = $1', address);
        let notesRedacted = 0;
        for (const table of QUOTABLE_TABLES) notesRedacted += await redact(query, table, address);
        const counts = {inquiries, activities, notesRedacted, subscriptions};
        await recordAudit(query, {...request, kind: 'erasure', counts});
        await redact(query, AUDIT_TABLE, address); // after the entry, whose actor may be the address
        return counts;
      },
      {statementTimeoutMs: STATEMENT_TIMEOUT_MS},
    );
  }

  /**
   * Collects the planner's statistics of the words of the search anew, since they keep those of rows that are gone. Not part
   * of an erasure's transaction: it waits for a VACUUM or an index that is being built. Throws UnavailableError.
   */
  async forgetErasedWords(): Promise<void> {
    const query = {text: 'SELECT outreach_analyze_search_words()'};
    await this.postgres.transaction(run => run(query), {statementTimeoutMs: STATEMENT_TIMEOUT_MS});
  }

  /** What is held about the address, oldest first and at most `limit` rows of each kind, with the audit entry. */
  async collect(email: string, limit: number, request: AuditedRequest): Promise<HeldRows> {
    const address = canonicalAddress(email);
    return this.postgres.transaction(
      async query => {
        const held = await readHeld(query, address, limit);
        const counts = {
          inquiries: held.inquiries.length,
          activity: held.activity.length,
          subscriptions: held.subscriptions.length,
          quotes: held.quotes.length,
        };
        await recordAudit(query, {...request, kind: 'subject_export', counts});
        return held;
      },
      {isolation: 'REPEATABLE READ', statementTimeoutMs: STATEMENT_TIMEOUT_MS},
    );
  }
}

interface FoundInquiry extends QueryResultRow {
  id: string;
  email: string;
}

function ownOf(found: readonly FoundInquiry[], address: string): string[] {
  return found.filter(({email}) => canonicalAddress(email) === address).map(({id}) => id);
}

// Resolves with the number of rows.
async function redact(query: Query, table: QuotableTable, address: string): Promise<number> {
  const {rows} = await query(redactStatement(table, address));
  const derived = derivedStatement(table, rows);
  if (derived) await query(derived);
  return rows.length;
}

async function readHeld(query: Query, address: string, limit: number): Promise<HeldRows> {
  const own = ownOf((await query<FoundInquiry>(inquiriesStatement(address))).rows, address);
  const read = async (text: string, value: unknown) => (await query({text, values: [value, limit]})).rows;
  const inquiries = await read(
    `SELECT ${INQUIRY_LIST.select} FROM inquiry WHERE id = ANY ($1::uuid[]) ORDER BY id LIMIT $2`,
    own,
  );
  const activity = await read(
    `SELECT id, inquiry_id AS "inquiryId", kind, actor, from_value AS "from", to_value AS "to", note,
  created_at AS "createdAt" FROM inquiry_activity WHERE inquiry_id = ANY ($1::uuid[]) ORDER BY created_at, id LIMIT $2`,
    own,
  );
  const subscriptions = await read(
    `SELECT ${SUBSCRIPTION_LIST.select} FROM subscription WHERE email_normalized = $1 ORDER BY id LIMIT $2`,
    address,
  );
  const quotes: Quote[] = [];
  for (const table of ALL_QUOTABLE_TABLES) {
    const statement = quotesStatement(table, address, {limit: limit - quotes.length, own});
    quotes.push(...(await query<Quote>(statement)).rows);
  }
  return {inquiries, activity, subscriptions, quotes};
}
