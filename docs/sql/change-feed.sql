-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- GET /inquiries/changes
WITH entry AS MATERIALIZED (
  SELECT xid, id, bool_or(is_row) AS is_row, bool_or(is_new) AS is_new, bool_or(was_visible) AS was_visible
  FROM ( (
    SELECT changed_xid AS xid, id, true AS is_row, created_xid IS NULL AS is_new, false AS was_visible
    FROM inquiry
    WHERE (changed_xid, id) > ((SELECT $2::xid8)::xid8, (SELECT $3::uuid)::uuid) AND changed_xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY changed_xid, id
    LIMIT 101
  ) UNION ALL (
    SELECT created_xid, id, true, true, false
    FROM inquiry
    WHERE (created_xid, id) > ((SELECT $2::xid8)::xid8, (SELECT $3::uuid)::uuid) AND created_xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY created_xid, id
    LIMIT 101
  ) UNION ALL (
    SELECT changed_xid, inquiry_id, false, false, bool_or((SELECT $4::text[])::text[] IS NULL OR topic = ANY ((SELECT
      $4::text[])::text[]))
    FROM inquiry_tombstone
    WHERE (changed_xid, inquiry_id) > ((SELECT $2::xid8)::xid8, (SELECT $3::uuid)::uuid) AND changed_xid <
      pg_snapshot_xmin(pg_current_snapshot())
    GROUP BY changed_xid, inquiry_id
    ORDER BY changed_xid, inquiry_id
    LIMIT 101
  ) ) AS streams
  GROUP BY xid, id
  ORDER BY xid, id
  LIMIT 101
), state AS (
  SELECT (
    SELECT left(encode(sha256(convert_to(concat_ws('/', outreach_database_identity(), left(pg_walfile_name(pg_current_wal_lsn()),
      8), pg_relation_filenode('inquiry'), pg_relation_filenode('inquiry_tombstone')), 'UTF8')), 'hex'), 16)
  ) AS epoch, (SELECT count(*) = 101 FROM entry) AS has_more
), reached AS (
  SELECT xid, id
  FROM ( (
    SELECT xid, id
    FROM entry
    ORDER BY xid DESC, id DESC
    LIMIT 1
  ) UNION ALL SELECT greatest((
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
    WHERE floor.epoch = state.epoch
  ), '0'::xid8), 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid FROM state WHERE NOT has_more UNION ALL SELECT (SELECT
    $2::xid8)::xid8, (SELECT $3::uuid)::uuid ) AS positions
  ORDER BY xid DESC, id DESC
  LIMIT 1
), emitted AS (
  SELECT entry.xid, entry.id, entry.is_new, visible.id IS NOT NULL AS is_visible
  FROM entry
  LEFT JOIN LATERAL (
    SELECT id
    FROM inquiry
    WHERE inquiry.id = entry.id AND ((SELECT $4::text[])::text[] IS NULL OR inquiry.topic = ANY ((SELECT $4::text[])::text[]))
  ) AS visible ON true
  WHERE CASE WHEN visible.id IS NULL THEN entry.was_visible ELSE entry.is_row END
  ORDER BY entry.xid, entry.id
  LIMIT 101
)
SELECT item.*, state.epoch, state.has_more, reached.xid, reached.id, emitted.xid, emitted.id, emitted.is_new,
  state.epoch <> $1 OR (SELECT $2::xid8)::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) OR EXISTS (
  SELECT
  FROM inquiry_tombstone_floor AS floor
  WHERE floor.epoch = state.epoch AND (floor.changed_xid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid) > ((SELECT
    $2::xid8)::xid8, (SELECT $3::uuid)::uuid)
) AS is_expired
FROM state
CROSS JOIN reached
LEFT JOIN emitted ON true
LEFT JOIN LATERAL (
  SELECT id AS "id", topic AS "topic", name AS "name", email AS "email", phone AS "phone", company AS "company", subject
    AS "subject", message AS "message", locale AS "locale", source_url AS "sourceUrl", metadata AS "metadata",
    privacy_notice_version AS "privacyNoticeVersion", status AS "status", assignee AS "assignee", spam_reasons AS
    "spamReasons", version AS "version", created_at AT TIME ZONE 'UTC' AS "createdAt", updated_at AT TIME ZONE 'UTC' AS
    "updatedAt"
  FROM inquiry
  WHERE emitted.is_visible AND inquiry.id = emitted.id
) AS item ON true
ORDER BY emitted.xid, emitted.id;

-- GET /inquiries/changes; a token of sales
WITH entry AS MATERIALIZED (
  SELECT xid, id, bool_or(is_row) AS is_row, bool_or(is_new) AS is_new, bool_or(was_visible) AS was_visible
  FROM ( (
    SELECT changed_xid AS xid, id, true AS is_row, created_xid IS NULL AS is_new, false AS was_visible
    FROM inquiry
    WHERE (changed_xid, id) > ((SELECT $2::xid8)::xid8, (SELECT $3::uuid)::uuid) AND changed_xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY changed_xid, id
    LIMIT 500
  ) UNION ALL (
    SELECT created_xid, id, true, true, false
    FROM inquiry
    WHERE (created_xid, id) > ((SELECT $2::xid8)::xid8, (SELECT $3::uuid)::uuid) AND created_xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY created_xid, id
    LIMIT 500
  ) UNION ALL (
    SELECT changed_xid, inquiry_id, false, false, bool_or((SELECT $4::text[])::text[] IS NULL OR topic = ANY ((SELECT
      $4::text[])::text[]))
    FROM inquiry_tombstone
    WHERE (changed_xid, inquiry_id) > ((SELECT $2::xid8)::xid8, (SELECT $3::uuid)::uuid) AND changed_xid <
      pg_snapshot_xmin(pg_current_snapshot())
    GROUP BY changed_xid, inquiry_id
    ORDER BY changed_xid, inquiry_id
    LIMIT 500
  ) ) AS streams
  GROUP BY xid, id
  ORDER BY xid, id
  LIMIT 500
), state AS (
  SELECT (
    SELECT left(encode(sha256(convert_to(concat_ws('/', outreach_database_identity(), left(pg_walfile_name(pg_current_wal_lsn()),
      8), pg_relation_filenode('inquiry'), pg_relation_filenode('inquiry_tombstone')), 'UTF8')), 'hex'), 16)
  ) AS epoch, (SELECT count(*) = 500 FROM entry) AS has_more
), reached AS (
  SELECT xid, id
  FROM ( (
    SELECT xid, id
    FROM entry
    ORDER BY xid DESC, id DESC
    LIMIT 1
  ) UNION ALL SELECT greatest((
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
    WHERE floor.epoch = state.epoch
  ), '0'::xid8), 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid FROM state WHERE NOT has_more UNION ALL SELECT (SELECT
    $2::xid8)::xid8, (SELECT $3::uuid)::uuid ) AS positions
  ORDER BY xid DESC, id DESC
  LIMIT 1
), emitted AS (
  SELECT entry.xid, entry.id, entry.is_new, visible.id IS NOT NULL AS is_visible
  FROM entry
  LEFT JOIN LATERAL (
    SELECT id
    FROM inquiry
    WHERE inquiry.id = entry.id AND ((SELECT $4::text[])::text[] IS NULL OR inquiry.topic = ANY ((SELECT $4::text[])::text[]))
  ) AS visible ON true
  WHERE CASE WHEN visible.id IS NULL THEN entry.was_visible ELSE entry.is_row END
  ORDER BY entry.xid, entry.id
  LIMIT 101
)
SELECT item.*, state.epoch, state.has_more, reached.xid, reached.id, emitted.xid, emitted.id, emitted.is_new,
  state.epoch <> $1 OR (SELECT $2::xid8)::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) OR EXISTS (
  SELECT
  FROM inquiry_tombstone_floor AS floor
  WHERE floor.epoch = state.epoch AND (floor.changed_xid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid) > ((SELECT
    $2::xid8)::xid8, (SELECT $3::uuid)::uuid)
) AS is_expired
FROM state
CROSS JOIN reached
LEFT JOIN emitted ON true
LEFT JOIN LATERAL (
  SELECT id AS "id", topic AS "topic", name AS "name", email AS "email", phone AS "phone", company AS "company", subject
    AS "subject", message AS "message", locale AS "locale", source_url AS "sourceUrl", metadata AS "metadata",
    privacy_notice_version AS "privacyNoticeVersion", status AS "status", assignee AS "assignee", spam_reasons AS
    "spamReasons", version AS "version", created_at AT TIME ZONE 'UTC' AS "createdAt", updated_at AT TIME ZONE 'UTC' AS
    "updatedAt"
  FROM inquiry
  WHERE emitted.is_visible AND inquiry.id = emitted.id
) AS item ON true
ORDER BY emitted.xid, emitted.id;
