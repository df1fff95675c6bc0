// Old rows in PostgreSQL, a batch at a time: found by keyset on an index, removed in a short transaction of their own.
// Rows that somebody is working on are left to the next run, so this waits for nobody but an erasure.
import {PostgresDataSource} from '../datasources/postgres.datasource';
import {AdvisoryLock, lockForTransaction} from '../datasources/transaction';
import {type AuditEntry, recordAudit} from './privacy-audit';
import {removeTombstonesStatement} from './tombstone-retention';

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
  /** The column that tells the age; indexed with the id, within the condition. */
  age: string;
  /** $1 is the status, $2 the time before which rows are old. */
  condition: string;
  /** Not for tombstones, which are removed in the order of the feed. */
  action?: string;
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
  subscription: byStatus('subscription'),
  'idempotency-key': {
    table: 'idempotency_record',
    age: 'created_at',
    condition: '$1::text IS NULL',
    action:
      'DELETE FROM idempotency_record AS record USING due WHERE (record.created_at, record.id) = (due.at, due.id)',
  },
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
    const {table, age, condition} = TARGETS[expired.kind];
    return this.postgres.transaction(
      async query => {
        const {rows} = await query<{count: number}>({
          text: `SELECT count(*)::int AS count FROM ${table} WHERE ${condition} AND ${age} < $2`,
          values: [statusOf(expired), expired.before],
        });
        return rows[0]?.count ?? 0;
      },
      {readOnly: true},
    );
  }

  /**
   * Removes the next `limit` old rows after `position`. `audit` gives the entry that is true once they are gone; it is
   * committed with them, so that a run that is killed has told what it did.
   */
  async removeBatch(
    expired: Expired,
    {position = START, limit}: {position?: {at: Date | string; id: string}; limit: number},
    audit: (removed: number) => AuditEntry,
  ): Promise<RemovedBatch> {
    const {table, age, condition, action} = TARGETS[expired.kind];
    if (action === undefined) return this.removeTombstones(expired.before, limit, audit);
    const text = `
WITH due AS MATERIALIZED (
  SELECT id, ${age} AS at FROM ${table}
  WHERE ${condition} AND ${age} < $2 AND (${age}, id) > ($3, $4::uuid)
  ORDER BY ${age}, id LIMIT $5 FOR UPDATE SKIP LOCKED
), removed AS (${action} RETURNING due.id)
SELECT at, id, (SELECT count(*)::int FROM removed) AS removed FROM due ORDER BY at DESC, id DESC LIMIT 1`;
    return this.postgres.transaction(async query => {
      await lockForTransaction(query, AdvisoryLock.ERASING);
      const values = [statusOf(expired), expired.before, position.at, position.id, limit];
      const {rows} = await query<BatchPosition & {removed: number}>({text, values});
      const [row] = rows;
      if (!row) return {removed: 0};
      await recordAudit(query, audit(row.removed));
      return {removed: row.removed, last: {at: row.at, id: row.id}};
    });
  }

  private async removeTombstones(before: Date, limit: number, audit: (removed: number) => AuditEntry) {
    return this.postgres.transaction(async query => {
      const {rows} = await query<{removed: number}>(removeTombstonesStatement(before, limit));
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

function statusOf(expired: Expired): string | null {
  return 'status' in expired ? expired.status : null;
}
