// Everything about one address in PostgreSQL: erased in one transaction, or read in one snapshot. Very many rows may mention an
// address, so both go through them a batch at a time.
import {setImmediate as nextTurn} from 'node:timers/promises';
import {BindingScope, inject, injectable} from '@loopback/core';
import type {QueryConfig, QueryResultRow} from 'pg';
import {canonicalAddress} from '../../contract/email-address';
import type {ErasureCounts} from '../../contract/privacy';
import {PostgresDataSource} from '../../datasources/postgres/postgres.datasource';
import {AdvisoryLock, inBatches, lockForTransaction, type Query} from '../../datasources/postgres/transaction';
import {INQUIRY_LIST} from '../inquiry/inquiry-list';
import {type AuditEntry, recordAudit} from './privacy-audit';
import {ALL_MENTION_TABLES, AUDIT_TABLE, INQUIRY_TABLE, MENTION_TABLES, type MentionTable} from './mention-tables';
import {
  type Candidate,
  candidatesStatement,
  type Mention,
  mentionsStatement,
  type RedactedRow,
  redactedStatement,
  redactStatement,
} from './email-mentions';
import {SUBSCRIPTION_LIST} from '../subscription/subscription-list';

/** Who asks, for the audit. */
export type AuditedRequest = Pick<AuditEntry, 'actor' | 'requestId' | 'createdAt'>;

/** What is held about an address; rows as they are selected, times as Date. */
export interface HeldRows {
  inquiries: QueryResultRow[];
  activity: QueryResultRow[];
  subscriptions: QueryResultRow[];
  consents: QueryResultRow[];
  quotes: Mention[];
}

// The first batch waits for all candidates to be sorted; a person waits for it, and no visitor does.
const STATEMENT_TIMEOUT_MS = 30_000;
/** Rows that one statement reads or changes: of the longest texts some megabytes. */
const BATCH = 100;
/** How long the texts of a batch are worked on before others have their turn. */
const TURN_MS = 10;

// A digest is of a whole submission: with everything else known, guesses of the address could be tried on it.
/** Forgets the idempotency records of these rows. */
export function forgetRepeatsStatement(ids: readonly string[]): QueryConfig {
  return {text: 'DELETE FROM idempotency_record WHERE id = ANY ($1::uuid[])', values: [ids]};
}

/**
 * Removes the subscriptions of the address with their history of consent and the idempotency records of each request; answers
 * how many as `removed`.
 */
export function removeSubscriptionsStatement(address: string): QueryConfig {
  const text = `
WITH removed AS (
  DELETE FROM subscription WHERE email_normalized = $1 RETURNING id
), history AS (
  DELETE FROM subscription_consent WHERE subscription_id = ANY (ARRAY(SELECT id FROM removed)) RETURNING id
), forgotten AS (
  DELETE FROM idempotency_record WHERE id = ANY (ARRAY(SELECT id FROM removed UNION ALL SELECT id FROM history))
)
SELECT count(*)::int AS removed FROM removed`;
  return {text, values: [address]};
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
        const {rows} = await query<{removed: number}>(removeSubscriptionsStatement(address));
        const counts = {inquiries: 0, activities: 0, notesRedacted: 0, subscriptions: rows[0]?.removed ?? 0};
        for (const table of MENTION_TABLES) await eraseFrom(query, {table, address}, counts);
        await recordAudit(query, {...request, kind: 'erasure', counts});
        await eraseFrom(query, {table: AUDIT_TABLE, address}); // after the entry, whose actor may be the address
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
          consents: held.consents.length,
          quotes: held.quotes.length,
        };
        await recordAudit(query, {...request, kind: 'subject_export', counts});
        return held;
      },
      {isolation: 'REPEATABLE READ', statementTimeoutMs: STATEMENT_TIMEOUT_MS},
    );
  }
}

interface Erased {
  table: MentionTable;
  address: string;
}

const NOTHING: ErasureCounts = {inquiries: 0, activities: 0, notesRedacted: 0, subscriptions: 0};

// Removes the person's own rows and redacts those of others; adds up how many.
async function eraseFrom(query: Query, {table, address}: Erased, counts = {...NOTHING}): Promise<void> {
  const candidates = candidatesStatement(table, address, {toErase: true});
  for await (const batch of inBatches<Candidate>(query, candidates, BATCH)) {
    const own = ownOf(batch, address);
    const remove = async (text: string) => (await query({text, values: [own]})).rowCount ?? 0;
    if (own.length > 0) {
      counts.activities += await remove('DELETE FROM inquiry_activity WHERE inquiry_id = ANY ($1::uuid[])');
      counts.inquiries += await remove('DELETE FROM inquiry WHERE id = ANY ($1::uuid[])');
    }
    const others = batch.length - own.length > 0 ? await readRedacted(query, {table, address}, batch) : [];
    if (others.length > 0) await query(redactStatement(table, address, others));
    counts.notesRedacted += others.length;
    const changed = [...own, ...others.map(({id}) => id)];
    if (changed.length > 0) await query(forgetRepeatsStatement(changed));
  }
}

function ownOf(batch: readonly Candidate[], address: string): string[] {
  return batch
    .filter(({ownAddress}) => ownAddress !== null && canonicalAddress(ownAddress) === address)
    .map(({id}) => id);
}

// Folding a long text takes milliseconds, so others have their turn in between.
async function readRedacted(
  query: Query,
  {table, address}: Erased,
  batch: readonly Candidate[],
): Promise<RedactedRow[]> {
  const ids = batch.map(({id}) => id);
  const {rows} = await query<QueryResultRow & {id: string}>(redactedStatement(table, address, ids));
  const redacted: RedactedRow[] = [];
  let begun = performance.now();
  for (const row of rows) {
    redacted.push({id: row.id, made: table.derived.make(row)});
    if (performance.now() - begun < TURN_MS) continue;
    await nextTurn();
    begun = performance.now();
  }
  return redacted;
}

async function readHeld(query: Query, address: string, limit: number): Promise<HeldRows> {
  const own: string[] = [];
  const candidates = (table: MentionTable) =>
    inBatches<Candidate>(query, candidatesStatement(table, address, {toErase: false}), BATCH);
  for await (const batch of candidates(INQUIRY_TABLE)) own.push(...ownOf(batch, address));
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
  // An array, since PostgreSQL would expect many subscriptions of an address and read the whole history for a join.
  const consents = await read(
    `SELECT id, subscription_id AS "subscriptionId", kind, method, consent_version AS "consentVersion",
  consent_text_sha256 AS "consentTextSha256", actor, reason, created_at AS "createdAt" FROM subscription_consent
WHERE subscription_id = ANY (ARRAY(SELECT id FROM subscription WHERE email_normalized = $1)) ORDER BY created_at, id LIMIT $2`,
    address,
  );
  const quotes: Mention[] = [];
  for (const table of ALL_MENTION_TABLES) {
    for await (const batch of candidates(table)) {
      const ids = batch.map(({id}) => id);
      const {rows} = await query<Mention & QueryResultRow>(mentionsStatement(table, address, {ids, own}));
      quotes.push(...rows.slice(0, limit - quotes.length));
      if (quotes.length === limit) return {inquiries, activity, subscriptions, consents, quotes};
    }
  }
  return {inquiries, activity, subscriptions, consents, quotes};
}
