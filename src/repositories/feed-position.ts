// Where a reader of the feed is: behind which transaction and row, and in which life of the database.
//
// Transactions get their ids when they first write, and commit in any order. What is below the oldest one that is
// still open (the horizon) is settled: nothing can appear there any more, so nothing is skipped.
import type {QueryConfig} from 'pg';

/** Everything up to here has been told. `xid` is a number of 64 bits, in digits. */
export interface FeedPosition {
  life: string;
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
export const LIFE = `(SELECT left(encode(sha256(convert_to(concat_ws('/',
  (SELECT system_identifier FROM pg_control_system()), left(pg_walfile_name(pg_current_wal_lsn()), 8),
  (SELECT oid FROM pg_database WHERE datname = current_database()),
  pg_relation_filenode('inquiry'), pg_relation_filenode('inquiry_tombstone')), 'UTF8')), 'hex'), 16))`;

/**
 * SQL: the last transaction that is told of, below the horizon. Not the horizon itself: a crash forgets transactions
 * that have written nothing, and their numbers are given out again. This one has written, and is on disk.
 */
export const LAST_SETTLED = `(SELECT xid FROM (
  (SELECT changed_xid AS xid FROM inquiry WHERE changed_xid < ${HORIZON} ORDER BY changed_xid DESC LIMIT 1)
  UNION ALL
  (SELECT created_xid FROM inquiry WHERE created_xid < ${HORIZON} ORDER BY created_xid DESC LIMIT 1)
  UNION ALL
  (SELECT changed_xid FROM inquiry_tombstone WHERE changed_xid < ${HORIZON} ORDER BY changed_xid DESC LIMIT 1)
  UNION ALL
  SELECT changed_xid FROM inquiry_tombstone_floor WHERE life = ${LIFE}
  UNION ALL
  SELECT '0'::xid8
) AS told ORDER BY xid DESC LIMIT 1)`;

/** The end of the feed as it is now, as a row of FeedPosition. */
export function endOfFeedStatement(): QueryConfig {
  return {
    name: 'end_of_inquiry_feed',
    text: `SELECT ${LIFE} AS life, ${LAST_SETTLED} AS xid, '${LAST_ID}' AS id`,
  };
}
