// Old rows in PostgreSQL, a batch at a time: found by keyset on an index, removed in a short transaction of their own.
// Rows that somebody is working on are left to the next run, so this waits for nobody but an erasure.
import type {QueryConfig} from 'pg';
import {PostgresDataSource} from '../../datasources/postgres/postgres.datasource';
import {AdvisoryLock, lockForTransaction} from '../../datasources/postgres/transaction';
import {boundOfTime} from '../../platform/time-ordered-id';
import {type AuditEntry, recordAudit} from './privacy-audit';
import {removeTombstonesStatement} from '../change-feed/tombstone-retention';

/**
 * What is old: rows of one status that have neither changed nor been noted on since `before`, or idempotency records
 * and tombstones from before it.
 */
export type Expired =
  | {kind: 'inquiry' | 'subscription'; status: string; before: Date}
  | {kind: 'idempotency-key' | 'tombstone'; before: Date};

/** Where a batch ended: the next one starts after it. */
export interface BatchPosition {
  at: Date;
  id: string;
}

/** A batch; `last` is absent when there was nothing left. */
export interface RemovedBatch {
  removed: number;
  last?: BatchPosition;
}

interface Target {
  table: string;
  /** The column of the age; indexed within the condition. */
  age: string;
  /** $1 is the status, $2 the time before which rows are old. */
  condition: string;
  /** Not for what is removed from its oldest on (`oldestStatement`). */
  action?: string;
  /** Old rows that stay, and what becomes of them instead. */
  kept?: {condition: string; action: string};
}

const byStatus = (table: string, condition = 'status = $1'): Target => ({
  table,
  age: 'updated_at',
  condition,
  action: `DELETE FROM ${table} USING due WHERE ${table}.id = due.id`,
});
// A note changes no inquiry, and yet somebody is working on it.
const NOT_NOTED = `NOT EXISTS (
    SELECT FROM inquiry_activity AS entry WHERE entry.inquiry_id = inquiry.id AND entry.created_at >= $2 AND entry.kind = 'note')`;
const TARGETS: Readonly<Record<Expired['kind'], Target>> = {
  inquiry: byStatus('inquiry', `status = $1 AND ${NOT_NOTED}`),
  subscription: {
    ...byStatus('subscription'),
    // Who has left and whose new request nobody has confirmed: without this row a request would make a new subscription.
    kept: {
      condition: `status = 'pending' AND unsubscribed_at IS NOT NULL`,
      action: `UPDATE subscription SET status = 'unsubscribed', updated_at = now(), version = version + 1 FROM due`,
    },
  },
  'idempotency-key': {table: 'idempotency_record', age: 'id', condition: '$1::text IS NULL'},
  tombstone: {table: 'inquiry_tombstone', age: 'created_at', condition: '$1::text IS NULL'},
};
const START: {at: string; id: string} = {at: '-infinity', id: '00000000-0000-0000-0000-000000000000'};

export class RetentionRepository {
  constructor(private readonly postgres: PostgresDataSource) {}

  /** Claims the one run that there may be; resolves with its release, or undefined when another one is running. */
  tryStart(): Promise<(() => void) | undefined> {
    return this.postgres.tryLock(AdvisoryLock.RETENTION_RUN);
  }

  /** How many rows are old, in a transaction that cannot write. */
  async count(expired: Expired): Promise<number> {
    return this.postgres.transaction(
      async query => {
        const {rows} = await query<{count: number}>(expiredCountStatement(expired));
        return rows[0]?.count ?? 0;
      },
      {readOnly: true},
    );
  }

  /**
   * Removes the next `limit` old rows after `position`. `audit` gives the entry that is true once they are gone; it is
   * committed with them, so that a run that is killed has recorded what it did.
   */
  async removeBatch(
    expired: Expired,
    batch: {position?: BatchPosition; limit: number},
    audit: (removed: number) => AuditEntry,
  ): Promise<RemovedBatch> {
    const {limit} = batch;
    const statement = removeExpiredStatement(expired, batch);
    if (TARGETS[expired.kind].action === undefined)
      return this.removeOldest(statement, {limit, before: expired.before}, audit);
    return this.postgres.transaction(async query => {
      await lockForTransaction(query, AdvisoryLock.ERASING);
      const {rows} = await query<BatchPosition & {removed: number}>(statement);
      const [row] = rows;
      if (!row) return {removed: 0};
      await recordAudit(query, audit(row.removed));
      return {removed: row.removed, last: {at: row.at, id: row.id}};
    });
  }

  private async removeOldest(
    statement: QueryConfig,
    {limit, before}: {limit: number; before: Date},
    audit: (removed: number) => AuditEntry,
  ): Promise<RemovedBatch> {
    return this.postgres.transaction(async query => {
      const {rows} = await query<{removed: number}>(statement);
      const removed = rows[0]?.removed ?? 0;
      if (removed > 0) await recordAudit(query, audit(removed));
      return {removed, ...(removed === limit && {last: {at: before, id: ''}})}; // what is removed needs no place
    });
  }

  /** Writes the entry of a run, which may have found nothing. */
  async record(entry: AuditEntry): Promise<void> {
    await this.postgres.transaction(query => recordAudit(query, entry));
  }
}

/** How many rows are old, as `count`. */
export function expiredCountStatement(expired: Expired): QueryConfig {
  const {table, age, condition, kept} = TARGETS[expired.kind];
  const stays = kept ? ` AND NOT (${kept.condition})` : '';
  return {
    text: `SELECT count(*)::int AS count FROM ${table} WHERE ${condition} AND ${age} < $2${stays}`,
    values: [statusOf(expired), age === 'id' ? boundOfTime(expired.before, 'first') : expired.before],
  };
}

/** Removes a batch of old rows and answers how many as `removed`, with its last row's `at` and `id` where it has a place. */
export function removeExpiredStatement(
  expired: Expired,
  {position = START, limit}: {position?: {at: Date | string; id: string}; limit: number},
): QueryConfig {
  const {table, age, condition, action, kept} = TARGETS[expired.kind];
  if (action === undefined) return oldestStatement(expired, limit);
  const ofDue = `${table}.id = due.id`;
  const removes = kept ? `${action} AND NOT (${kept.condition})` : action;
  const keeps = kept ? `, kept AS (${kept.action} WHERE ${ofDue} AND ${kept.condition})` : '';
  const text = `
WITH due AS MATERIALIZED (
  SELECT id, ${age} AS at FROM ${table}
  WHERE ${condition} AND ${age} < $2 AND (${age}, id) > ($3, $4::uuid)
  ORDER BY ${age}, id LIMIT $5 FOR UPDATE SKIP LOCKED
), removed AS (${removes} RETURNING due.id)${keeps}
SELECT at, id, (SELECT count(*)::int FROM removed) AS removed FROM due ORDER BY at DESC, id DESC LIMIT 1`;
  return {text, values: [statusOf(expired), expired.before, position.at, position.id, limit]};
}

// Records and tombstones: nobody changes them, so that those which are left are the oldest again.
function oldestStatement({kind, before}: Expired, limit: number): QueryConfig {
  if (kind === 'tombstone') return removeTombstonesStatement(before, limit);
  const text = `
WITH due AS MATERIALIZED (
  SELECT digest FROM idempotency_record WHERE id < $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
), removed AS (
  DELETE FROM idempotency_record AS record USING due WHERE record.digest = due.digest RETURNING record.id
)
SELECT count(*)::int AS removed FROM removed`;
  return {text, values: [boundOfTime(before, 'first'), limit]};
}

function statusOf(expired: Expired): string | null {
  return 'status' in expired ? expired.status : null;
}
