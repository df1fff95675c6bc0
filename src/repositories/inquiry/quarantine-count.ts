// Counts what guards have quarantined, by reason, and what of it was released. No index has the reasons, which every submission would
// pay for: of all that match the newest MAX_LOOKED_AT are read.
import type {QueryConfig} from 'pg';
import type {QuarantineCount} from '../../contract/quarantine';
import type {Condition} from '../query/conditions';
import {pageStatement} from '../query/keyset-list';
import {INQUIRY_LIST, type InquiryField} from './inquiry-list';

/** Most inquiries that are looked at, quarantined or not. */
export const MAX_LOOKED_AT = 100_000;

/** A row of the statement: of all, or of one reason. */
export interface QuarantineRow {
  /** Null for all of them. */
  reason: string | null;
  quarantined: number;
  released: number;
  /** Of all alone. */
  isExact: boolean | null;
}

const LOOKED_AT = {...INQUIRY_LIST, select: 'spam_reasons, status'};

/** The statement, of `QuarantineRow`s. */
export function quarantineStatement(
  conditions: readonly Condition<InquiryField>[],
  most: number = MAX_LOOKED_AT,
): QueryConfig {
  const {text, values} = pageStatement(LOOKED_AT, {conditions, order: 'newest'}, {limit: most});
  return {
    text: `
WITH looked_at AS MATERIALIZED (${text}),
quarantined AS MATERIALIZED (SELECT spam_reasons, status <> 'spam' AS is_released FROM looked_at WHERE spam_reasons <> '[]')
SELECT NULL AS reason, count(*)::int AS quarantined, (count(*) FILTER (WHERE is_released))::int AS released,
  (SELECT count(*) FROM looked_at) < ${most} AS "isExact"
FROM quarantined
UNION ALL
SELECT reason, count(*)::int, (count(*) FILTER (WHERE is_released))::int, NULL
FROM quarantined, jsonb_array_elements_text(spam_reasons) AS reason GROUP BY reason
ORDER BY quarantined DESC, reason`,
    values,
  };
}

/** What the rows say. */
export function toQuarantineCount(rows: readonly QuarantineRow[]): QuarantineCount {
  const all = rows.find(({reason}) => reason === null);
  return {
    quarantined: all?.quarantined ?? 0,
    released: all?.released ?? 0,
    byReason: rows.flatMap(({reason, quarantined, released}) =>
      reason === null ? [] : [{reason, quarantined, released}],
    ),
    isExact: all?.isExact ?? true,
  };
}
