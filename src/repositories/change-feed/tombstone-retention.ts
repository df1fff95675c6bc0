// Old tombstones: removed together with raising the floor, so that the feed answers 410 to readers that have not read them.
import type {QueryConfig} from 'pg';
import {HORIZON, EPOCH} from './feed-position';

/**
 * Removes up to `limit` tombstones from before a time, in the order of the feed, and answers how many as `removed`. None
 * above the horizon, where nobody has read yet; one that is being renewed is left to the next run.
 */
export function removeTombstonesStatement(before: Date, limit: number): QueryConfig {
  const text = `
WITH due AS MATERIALIZED (
  SELECT inquiry_id, topic, changed_xid FROM inquiry_tombstone
  WHERE created_at < $1 AND changed_xid < ${HORIZON}
  ORDER BY changed_xid, inquiry_id LIMIT $2 FOR UPDATE SKIP LOCKED
), removed AS (
  DELETE FROM inquiry_tombstone AS stone USING due
  WHERE stone.inquiry_id = due.inquiry_id AND stone.topic = due.topic
  RETURNING stone.changed_xid
), raised AS (
  INSERT INTO inquiry_tombstone_floor AS floor (epoch, changed_xid)
  SELECT ${EPOCH}, changed_xid FROM removed ORDER BY changed_xid DESC LIMIT 1
  ON CONFLICT (epoch) DO UPDATE SET changed_xid = greatest(floor.changed_xid, EXCLUDED.changed_xid)
)
SELECT count(*)::int AS removed FROM removed`;
  return {text, values: [before, limit]};
}
