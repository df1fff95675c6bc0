-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- the first two lists after the start
SELECT listed.*, feed.epoch || ' ' || feed.xid
FROM (
  SELECT now.epoch, greatest((
    SELECT changed_xid
    FROM inquiry
    WHERE changed_xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY changed_xid DESC
    LIMIT 1
  ), (
    SELECT created_xid
    FROM inquiry
    WHERE created_xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY created_xid DESC
    LIMIT 1
  ), (
    SELECT changed_xid
    FROM inquiry_tombstone
    WHERE changed_xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY changed_xid DESC
    LIMIT 1
  ), (
    SELECT floor.changed_xid
    FROM inquiry_tombstone_floor AS floor
    WHERE floor.epoch = now.epoch
  ), '0'::xid8) AS xid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid AS id
  FROM (
    SELECT (
      SELECT left(encode(sha256(convert_to(concat_ws('/', outreach_database_identity(), left(pg_walfile_name(pg_current_wal_lsn()),
        8), pg_relation_filenode('inquiry'), pg_relation_filenode('inquiry_tombstone')), 'UTF8')), 'hex'), 16)
    ) AS epoch
    OFFSET 0
  ) AS now
) AS feed
LEFT JOIN (
  SELECT *
  FROM (
    SELECT id AS "id", topic AS "topic", name AS "name", email AS "email", phone AS "phone", company AS "company",
      subject AS "subject", message AS "message", locale AS "locale", source_url AS "sourceUrl", metadata AS "metadata",
      privacy_notice_version AS "privacyNoticeVersion", status AS "status", assignee AS "assignee", spam_reasons AS
      "spamReasons", version AS "version", created_at AT TIME ZONE 'UTC' AS "createdAt", updated_at AT TIME ZONE 'UTC'
      AS "updatedAt"
    FROM inquiry
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT (SELECT $1::int)::int
) AS listed ON true
ORDER BY listed.id DESC;
SELECT secret
FROM feed_secret;
SELECT listed.*, feed.epoch || ' ' || feed.xid
FROM (
  SELECT now.epoch, greatest((
    SELECT changed_xid
    FROM inquiry
    WHERE changed_xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY changed_xid DESC
    LIMIT 1
  ), (
    SELECT created_xid
    FROM inquiry
    WHERE created_xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY created_xid DESC
    LIMIT 1
  ), (
    SELECT changed_xid
    FROM inquiry_tombstone
    WHERE changed_xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY changed_xid DESC
    LIMIT 1
  ), (
    SELECT floor.changed_xid
    FROM inquiry_tombstone_floor AS floor
    WHERE floor.epoch = now.epoch
  ), '0'::xid8) AS xid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid AS id
  FROM (
    SELECT (
      SELECT left(encode(sha256(convert_to(concat_ws('/', outreach_database_identity(), left(pg_walfile_name(pg_current_wal_lsn()),
        8), pg_relation_filenode('inquiry'), pg_relation_filenode('inquiry_tombstone')), 'UTF8')), 'hex'), 16)
    ) AS epoch
    OFFSET 0
  ) AS now
) AS feed
LEFT JOIN (
  SELECT *
  FROM (
    SELECT id AS "id", topic AS "topic", name AS "name", email AS "email", phone AS "phone", company AS "company",
      subject AS "subject", message AS "message", locale AS "locale", source_url AS "sourceUrl", metadata AS "metadata",
      privacy_notice_version AS "privacyNoticeVersion", status AS "status", assignee AS "assignee", spam_reasons AS
      "spamReasons", version AS "version", created_at AT TIME ZONE 'UTC' AS "createdAt", updated_at AT TIME ZONE 'UTC'
      AS "updatedAt"
    FROM unnest((SELECT $2::text[])::text[]) AS stream_topic
    CROSS JOIN unnest((SELECT $3::inquiry_status[])::inquiry_status[]) AS stream_status
    CROSS JOIN LATERAL (
      SELECT *
      FROM (
        SELECT *
        FROM inquiry
        WHERE topic IS NOT NULL AND status IS NOT NULL AND (topic, status, id) >= (stream_topic, stream_status, (SELECT
          $4::uuid)::uuid) AND (topic, status, id) <= (stream_topic, stream_status, (SELECT $5::uuid)::uuid)
        ORDER BY topic DESC, status DESC, id DESC
        LIMIT 101
      ) AS page
      LIMIT (SELECT $1::int)::int
    ) AS inquiry
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT (SELECT $1::int)::int
) AS listed ON true
ORDER BY listed.id DESC;

-- GET /metrics of the internal port
SELECT greatest(0, extract(epoch FROM clock_timestamp() - least( (
  SELECT min(xact_start)
  FROM pg_stat_activity
  WHERE backend_xid IS NOT NULL
), (
  SELECT min(prepared)
  FROM pg_prepared_xacts
))))::float8 AS age;
