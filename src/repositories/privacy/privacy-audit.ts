// The audit of erasures, subject exports and retention runs: who, what, when and how many; no personal data.
import {newId} from '../../platform/time-ordered-id';
import type {Query} from '../../datasources/postgres/transaction';

/** One entry. `counts` holds numbers only. */
export interface AuditEntry {
  /** Made when absent; the same id again replaces the counts, as a retention run does with each batch. */
  id?: string;
  kind: 'erasure' | 'subject_export' | 'retention';
  /** `sub` of the token, or the command. */
  actor: string;
  requestId?: string;
  counts: Readonly<Record<string, number>>;
  createdAt: Date;
}

/** Writes the entry in the transaction of what it records. */
export async function recordAudit(query: Query, {id, kind, actor, requestId, counts, createdAt}: AuditEntry) {
  await query({
    text: `INSERT INTO privacy_audit (id, kind, actor, request_id, counts, created_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE SET counts = excluded.counts`,
    values: [id ?? newId(), kind, actor, requestId, JSON.stringify(counts), createdAt],
  });
}
