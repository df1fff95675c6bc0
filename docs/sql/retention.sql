-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- npm run retention -- --dry-run
BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;
SELECT count(*)::int AS count
FROM inquiry
WHERE status = $1 AND NOT EXISTS (
  SELECT
  FROM inquiry_activity AS entry
  WHERE entry.inquiry_id = inquiry.id AND entry.created_at >= $2 AND entry.kind = 'note'
) AND updated_at < $2;
COMMIT;
BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;
SELECT count(*)::int AS count
FROM subscription
WHERE status = $1 AND updated_at < $2 AND NOT (status = 'pending' AND unsubscribed_at IS NOT NULL);
COMMIT;
BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;
SELECT count(*)::int AS count
FROM idempotency_record
WHERE $1::text IS NULL AND id < $2;
COMMIT;
BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;
SELECT count(*)::int AS count
FROM inquiry_tombstone
WHERE $1::text IS NULL AND created_at < $2;
COMMIT;

-- npm run retention
SELECT pg_try_advisory_lock($1, $2) AS taken;
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SELECT pg_advisory_xact_lock($1, $2);
WITH due AS MATERIALIZED (
  SELECT id, updated_at AS at
  FROM inquiry
  WHERE status = $1 AND NOT EXISTS (
    SELECT
    FROM inquiry_activity AS entry
    WHERE entry.inquiry_id = inquiry.id AND entry.created_at >= $2 AND entry.kind = 'note'
  ) AND updated_at < $2 AND (updated_at, id) > ($3, $4::uuid)
  ORDER BY updated_at, id
  LIMIT $5
  FOR UPDATE SKIP LOCKED
), removed AS (
  DELETE FROM inquiry
  USING due
  WHERE inquiry.id = due.id
  RETURNING due.id
)
SELECT at, id, (SELECT count(*)::int FROM removed) AS removed
FROM due
ORDER BY at DESC, id DESC
LIMIT 1;
INSERT INTO privacy_audit (id, kind, actor, request_id, counts, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE
SET counts = excluded.counts;
COMMIT;
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SELECT pg_advisory_xact_lock($1, $2);
WITH due AS MATERIALIZED (
  SELECT id, updated_at AS at
  FROM inquiry
  WHERE status = $1 AND NOT EXISTS (
    SELECT
    FROM inquiry_activity AS entry
    WHERE entry.inquiry_id = inquiry.id AND entry.created_at >= $2 AND entry.kind = 'note'
  ) AND updated_at < $2 AND (updated_at, id) > ($3, $4::uuid)
  ORDER BY updated_at, id
  LIMIT $5
  FOR UPDATE SKIP LOCKED
), removed AS (
  DELETE FROM inquiry
  USING due
  WHERE inquiry.id = due.id
  RETURNING due.id
)
SELECT at, id, (SELECT count(*)::int FROM removed) AS removed
FROM due
ORDER BY at DESC, id DESC
LIMIT 1;
COMMIT;
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SELECT pg_advisory_xact_lock($1, $2);
WITH due AS MATERIALIZED (
  SELECT id, updated_at AS at
  FROM subscription
  WHERE status = $1 AND updated_at < $2 AND (updated_at, id) > ($3, $4::uuid)
  ORDER BY updated_at, id
  LIMIT $5
  FOR UPDATE SKIP LOCKED
), removed AS (
  DELETE FROM subscription
  USING due
  WHERE subscription.id = due.id AND NOT (status = 'pending' AND unsubscribed_at IS NOT NULL)
  RETURNING due.id
), kept AS (
  UPDATE subscription
  SET status = 'unsubscribed', updated_at = now(), version = version + 1
  FROM due
  WHERE subscription.id = due.id AND status = 'pending' AND unsubscribed_at IS NOT NULL
)
SELECT at, id, (SELECT count(*)::int FROM removed) AS removed
FROM due
ORDER BY at DESC, id DESC
LIMIT 1;
COMMIT;
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
WITH due AS MATERIALIZED (
  SELECT digest
  FROM idempotency_record
  WHERE id < $1
  ORDER BY id
  LIMIT $2
  FOR UPDATE SKIP LOCKED
), removed AS (
  DELETE FROM idempotency_record AS record
  USING due
  WHERE record.digest = due.digest
  RETURNING record.id
)
SELECT count(*)::int AS removed
FROM removed;
COMMIT;
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
WITH due AS MATERIALIZED (
  SELECT inquiry_id, topic, changed_xid
  FROM inquiry_tombstone
  WHERE created_at < $1 AND changed_xid < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY changed_xid, inquiry_id
  LIMIT $2
  FOR UPDATE SKIP LOCKED
), removed AS (
  DELETE FROM inquiry_tombstone AS stone
  USING due
  WHERE stone.inquiry_id = due.inquiry_id AND stone.topic = due.topic
  RETURNING stone.changed_xid
), raised AS (
  INSERT INTO inquiry_tombstone_floor AS floor (epoch, changed_xid)
  SELECT (
    SELECT left(encode(sha256(convert_to(concat_ws('/', outreach_database_identity(), left(pg_walfile_name(pg_current_wal_lsn()),
      8), pg_relation_filenode('inquiry'), pg_relation_filenode('inquiry_tombstone')), 'UTF8')), 'hex'), 16)
  ), changed_xid
  FROM removed
  ORDER BY changed_xid DESC
  LIMIT 1
  ON CONFLICT (epoch) DO UPDATE
  SET changed_xid = greatest(floor.changed_xid, EXCLUDED.changed_xid)
)
SELECT count(*)::int AS removed
FROM removed;
COMMIT;
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
INSERT INTO privacy_audit (id, kind, actor, request_id, counts, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE
SET counts = excluded.counts;
COMMIT;
