// Where a reader of the feed is: behind which transaction and row, and in which epoch of the database.
//
// Transactions get their ids when they first write, and commit in any order. What is below the oldest one that is
// still open (the horizon) is settled: nothing can appear there any more, so nothing is skipped.

/** The feed has emitted everything up to here. `xid` is a number of 64 bits, in digits. */
export interface FeedPosition {
  epoch: string;
  xid: string;
  id: string;
}

/** After every row of its transaction. */
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** SQL: the oldest transaction that is still open; all before it have ended. */
export const HORIZON = 'pg_snapshot_xmin(pg_current_snapshot())';

/**
 * SQL: what makes positions comparable at all. Another cluster (a dump that was restored, an upgrade), another
 * database, a standby that was promoted and a restore to a point in time count transactions anew; a table that was
 * emptied or replaced has lost rows without a tombstone.
 */
export const EPOCH = `(SELECT left(encode(sha256(convert_to(concat_ws('/',
  outreach_database_identity(), left(pg_walfile_name(pg_current_wal_lsn()), 8),
  pg_relation_filenode('inquiry'), pg_relation_filenode('inquiry_tombstone')), 'UTF8')), 'hex'), 16))`;

/**
 * SQL: the last transaction that the feed may emit, below the horizon; `epoch` is SQL of the epoch. Not the horizon itself: a crash
 * forgets transactions that have written nothing, and their numbers are given out again. This one has written, and is on
 * disk.
 */
export function lastSettled(epoch: string): string {
  const lastOf = (table: string, xid: string) =>
    `(SELECT ${xid} FROM ${table} WHERE ${xid} < ${HORIZON} ORDER BY ${xid} DESC LIMIT 1)`;
  return `greatest(${lastOf('inquiry', 'changed_xid')}, ${lastOf('inquiry', 'created_xid')},
  ${lastOf('inquiry_tombstone', 'changed_xid')},
  (SELECT floor.changed_xid FROM inquiry_tombstone_floor AS floor WHERE floor.epoch = ${epoch}), '0'::xid8)`;
}

/**
 * SQL: where the feed ends, as a row of FeedPosition. Rows that the same statement reads are of the same snapshot: what
 * had been committed when it began is in them, and all else belongs to transactions above the horizon, so the feed emits
 * it. In another statement it must come before the rows: what is committed between is then in both.
 */
export const END_OF_FEED = `SELECT now.epoch, ${lastSettled('now.epoch')} AS xid, '${LAST_ID}'::uuid AS id
FROM (SELECT ${EPOCH} AS epoch OFFSET 0) AS now`; // OFFSET 0: worked out once
