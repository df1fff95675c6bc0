-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- GET /inquiries
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

-- GET /inquiries?order=oldest
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
    ORDER BY id ASC
    LIMIT 101
  ) AS page
  LIMIT (SELECT $1::int)::int
) AS listed ON true
ORDER BY listed.id ASC;

-- GET /inquiries?limit=1
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
    WHERE id < (SELECT $2::uuid)::uuid
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT (SELECT $1::int)::int
) AS listed ON true
ORDER BY listed.id DESC;

-- GET /inquiries?total=true
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
SELECT 'new' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'new'
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'in_progress' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'in_progress'
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'resolved' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'resolved'
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'spam' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'spam'
  LIMIT 100000
) AS matching;

-- GET /inquiries; a token of sales, support
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

-- GET /inquiries?status=new
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
    FROM unnest((SELECT $2::inquiry_status[])::inquiry_status[]) AS stream_status
    CROSS JOIN LATERAL (
      SELECT *
      FROM (
        SELECT *
        FROM inquiry
        WHERE status IS NOT NULL AND (status, id) >= (stream_status, (SELECT $3::uuid)::uuid) AND (status, id) <= (stream_status,
          (SELECT $4::uuid)::uuid)
        ORDER BY status DESC, id DESC
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

-- GET /inquiries?topic=sales
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

-- GET /inquiries?topic=sales&status=new
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

-- GET /inquiries?assignee=agent
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
    FROM unnest((SELECT $2::text[])::text[]) AS stream_assignee
    CROSS JOIN unnest((SELECT $3::inquiry_status[])::inquiry_status[]) AS stream_status
    CROSS JOIN LATERAL (
      SELECT *
      FROM (
        SELECT *
        FROM inquiry
        WHERE assignee IS NOT NULL AND status IS NOT NULL AND (assignee, status, id) >= (stream_assignee, stream_status,
          (SELECT $4::uuid)::uuid) AND (assignee, status, id) <= (stream_assignee, stream_status, (SELECT $5::uuid)::uuid)
        ORDER BY assignee DESC, status DESC, id DESC
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

-- GET /inquiries?assignee=agent&topic=sales
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
    FROM unnest((SELECT $2::text[])::text[]) AS stream_assignee
    CROSS JOIN unnest((SELECT $3::text[])::text[]) AS stream_topic
    CROSS JOIN unnest((SELECT $4::inquiry_status[])::inquiry_status[]) AS stream_status
    CROSS JOIN LATERAL (
      SELECT *
      FROM (
        SELECT *
        FROM inquiry
        WHERE assignee IS NOT NULL AND topic IS NOT NULL AND status IS NOT NULL AND (assignee, topic, status, id) >= (stream_assignee,
          stream_topic, stream_status, (SELECT $5::uuid)::uuid) AND (assignee, topic, status, id) <= (stream_assignee,
          stream_topic, stream_status, (SELECT $6::uuid)::uuid)
        ORDER BY assignee DESC, topic DESC, status DESC, id DESC
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

-- GET /inquiries?createdFrom=2026-01-01T00:00:00Z&createdTo=2036-01-01T00:00:00Z
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
    WHERE id >= (SELECT $1::uuid)::uuid AND id < (SELECT $2::uuid)::uuid
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT (SELECT $3::int)::int
) AS listed ON true
ORDER BY listed.id DESC;

-- GET /inquiries; filter {"where":{"status":{"inq":["new","spam"]}}}
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
    FROM unnest((SELECT $2::inquiry_status[])::inquiry_status[]) AS stream_status
    CROSS JOIN LATERAL (
      SELECT *
      FROM (
        SELECT *
        FROM inquiry
        WHERE status IS NOT NULL AND (status, id) >= (stream_status, (SELECT $3::uuid)::uuid) AND (status, id) <= (stream_status,
          (SELECT $4::uuid)::uuid)
        ORDER BY status DESC, id DESC
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

-- GET /inquiries; filter {"where":{"status":{"neq":"new"}}}
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
    FROM unnest($2::inquiry_status[]) AS stream_status
    CROSS JOIN LATERAL (
      SELECT *
      FROM (
        SELECT *
        FROM inquiry
        WHERE status IS NOT NULL AND (status, id) >= (stream_status, $3::uuid) AND (status, id) <= (stream_status,
          $4::uuid)
        ORDER BY status DESC, id DESC
        LIMIT 101
      ) AS page
      LIMIT $1::int
    ) AS inquiry
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT $1::int
) AS listed ON true
ORDER BY listed.id DESC;

-- GET /inquiries; filter {"where":{"assignee":null}}
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
    FROM unnest((SELECT $2::inquiry_status[])::inquiry_status[]) AS stream_status
    CROSS JOIN LATERAL (
      SELECT *
      FROM (
        SELECT *
        FROM inquiry
        WHERE assignee IS NULL AND status IS NOT NULL AND (status, id) >= (stream_status, (SELECT $3::uuid)::uuid) AND (status,
          id) <= (stream_status, (SELECT $4::uuid)::uuid)
        ORDER BY assignee DESC, status DESC, id DESC
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

-- GET /inquiries; filter {"where":{"assignee":{"neq":null}}}
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
    WHERE assignee IS NOT NULL
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT $1::int
) AS listed ON true
ORDER BY listed.id DESC;

-- GET /inquiries; filter {"where":{"assignee":{"neq":"agent"}}}
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
    WHERE assignee IS DISTINCT FROM $1::text
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT $2::int
) AS listed ON true
ORDER BY listed.id DESC;

-- GET /inquiries; filter {"where":{"topic":{"between":["a","z"]}}}
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
    WHERE topic >= $1::text AND topic <= $2::text
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT $3::int
) AS listed ON true
ORDER BY listed.id DESC;

-- GET /inquiries; filter {"where":{"updatedAt":{"gt":"2026-01-01T00:00:00Z"}}}
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
    WHERE status = ANY ($1::inquiry_status[]) AND updated_at > $2::timestamptz
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT $3::int
) AS listed ON true
ORDER BY listed.id DESC;

-- GET /inquiries; filter {"where":{"createdAt":{"neq":"2026-01-01T00:00:00Z"}}}
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
    WHERE created_at IS DISTINCT FROM $1::timestamptz
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT $2::int
) AS listed ON true
ORDER BY listed.id DESC;

-- GET /inquiries; filter {"where":{"status":{"lt":"resolved"}}}
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
    FROM unnest($2::inquiry_status[]) AS stream_status
    CROSS JOIN LATERAL (
      SELECT *
      FROM (
        SELECT *
        FROM inquiry
        WHERE status IS NOT NULL AND (status, id) >= (stream_status, $3::uuid) AND (status, id) <= (stream_status,
          $4::uuid)
        ORDER BY status DESC, id DESC
        LIMIT 101
      ) AS page
      LIMIT $1::int
    ) AS inquiry
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT $1::int
) AS listed ON true
ORDER BY listed.id DESC;
