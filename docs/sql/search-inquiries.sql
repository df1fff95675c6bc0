-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- GET /inquiries?q=hello
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
    FROM (
      WITH near AS MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM inquiry
          ORDER BY id DESC
          LIMIT 2000
        ) AS inquiry
        WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text)))
        ORDER BY id DESC
        LIMIT 26
      ), along AS MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM (
            SELECT *
            FROM inquiry
            ORDER BY id DESC
            LIMIT 20000
          ) AS inquiry
          WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text)))
          ORDER BY id DESC
          LIMIT 26
        ) AS further
        WHERE (
          SELECT count(*) BETWEEN 6 AND 25
          FROM near
        )
      ), by_words AS NOT MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM inquiry
          WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text)))
          OFFSET 0
        ) AS found
        ORDER BY id DESC
        LIMIT 26
      )
      SELECT *
      FROM near
      WHERE (SELECT count(*) FROM near) = 26
      UNION ALL
      SELECT *
      FROM along
      WHERE (SELECT count(*) FROM along) = 26
      UNION ALL
      SELECT *
      FROM by_words
      WHERE (SELECT count(*) FROM near) < 26 AND (SELECT count(*) FROM along) < 26
    ) AS inquiry
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT $3::int
) AS listed ON true
ORDER BY listed.id DESC;

-- GET /inquiries?q=hello&order=oldest
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
    FROM (
      WITH near AS MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM inquiry
          ORDER BY id ASC
          LIMIT 2000
        ) AS inquiry
        WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text)))
        ORDER BY id ASC
        LIMIT 26
      ), along AS MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM (
            SELECT *
            FROM inquiry
            ORDER BY id ASC
            LIMIT 20000
          ) AS inquiry
          WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text)))
          ORDER BY id ASC
          LIMIT 26
        ) AS further
        WHERE (
          SELECT count(*) BETWEEN 6 AND 25
          FROM near
        )
      ), by_words AS NOT MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM inquiry
          WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text)))
          OFFSET 0
        ) AS found
        ORDER BY id ASC
        LIMIT 26
      )
      SELECT *
      FROM near
      WHERE (SELECT count(*) FROM near) = 26
      UNION ALL
      SELECT *
      FROM along
      WHERE (SELECT count(*) FROM along) = 26
      UNION ALL
      SELECT *
      FROM by_words
      WHERE (SELECT count(*) FROM near) < 26 AND (SELECT count(*) FROM along) < 26
    ) AS inquiry
    ORDER BY id ASC
    LIMIT 101
  ) AS page
  LIMIT $3::int
) AS listed ON true
ORDER BY listed.id ASC;

-- GET /inquiries?q=ada@example.org
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
    FROM (
      WITH near AS MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM inquiry
          ORDER BY id DESC
          LIMIT 2000
        ) AS inquiry
        WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text) AND (search_words @@ $3::tsquery OR
          search_text LIKE $4::text) AND (search_words @@ $5::tsquery OR search_text LIKE $6::text)))
        ORDER BY id DESC
        LIMIT 26
      ), along AS MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM (
            SELECT *
            FROM inquiry
            ORDER BY id DESC
            LIMIT 20000
          ) AS inquiry
          WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text) AND (search_words @@ $3::tsquery OR
            search_text LIKE $4::text) AND (search_words @@ $5::tsquery OR search_text LIKE $6::text)))
          ORDER BY id DESC
          LIMIT 26
        ) AS further
        WHERE (
          SELECT count(*) BETWEEN 6 AND 25
          FROM near
        )
      ), by_words AS NOT MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM inquiry
          WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text) AND (search_words @@ $3::tsquery OR
            search_text LIKE $4::text) AND (search_words @@ $5::tsquery OR search_text LIKE $6::text)))
          OFFSET 0
        ) AS found
        ORDER BY id DESC
        LIMIT 26
      )
      SELECT *
      FROM near
      WHERE (SELECT count(*) FROM near) = 26
      UNION ALL
      SELECT *
      FROM along
      WHERE (SELECT count(*) FROM along) = 26
      UNION ALL
      SELECT *
      FROM by_words
      WHERE (SELECT count(*) FROM near) < 26 AND (SELECT count(*) FROM along) < 26
    ) AS inquiry
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT $7::int
) AS listed ON true
ORDER BY listed.id DESC;

-- GET /inquiries?q=a
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
    FROM (
      WITH near AS MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM inquiry
          ORDER BY id DESC
          LIMIT 2000
        ) AS inquiry
        WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text)))
        ORDER BY id DESC
        LIMIT 26
      ), along AS MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM (
            SELECT *
            FROM inquiry
            ORDER BY id DESC
            LIMIT 20000
          ) AS inquiry
          WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text)))
          ORDER BY id DESC
          LIMIT 26
        ) AS further
        WHERE (
          SELECT count(*) BETWEEN 6 AND 25
          FROM near
        )
      ), by_words AS NOT MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM inquiry
          WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text)))
          OFFSET 0
        ) AS found
        ORDER BY id DESC
        LIMIT 26
      )
      SELECT *
      FROM near
      WHERE (SELECT count(*) FROM near) = 26
      UNION ALL
      SELECT *
      FROM along
      WHERE (SELECT count(*) FROM along) = 26
      UNION ALL
      SELECT *
      FROM by_words
      WHERE (SELECT count(*) FROM near) < 26 AND (SELECT count(*) FROM along) < 26
    ) AS inquiry
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT $3::int
) AS listed ON true
ORDER BY listed.id DESC;

-- GET /inquiries?q=hello&status=new
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
    FROM (
      WITH near AS MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM inquiry
          WHERE status = $3::inquiry_status
          ORDER BY id DESC
          LIMIT 2000
        ) AS inquiry
        WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text)))
        ORDER BY id DESC
        LIMIT 26
      ), along AS MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM (
            SELECT *
            FROM inquiry
            WHERE status = $3::inquiry_status
            ORDER BY id DESC
            LIMIT 20000
          ) AS inquiry
          WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text)))
          ORDER BY id DESC
          LIMIT 26
        ) AS further
        WHERE (
          SELECT count(*) BETWEEN 6 AND 25
          FROM near
        )
      ), by_words AS NOT MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM inquiry
          WHERE status = $3::inquiry_status AND (((search_words @@ $1::tsquery OR search_text LIKE $2::text)))
          OFFSET 0
        ) AS found
        ORDER BY id DESC
        LIMIT 26
      )
      SELECT *
      FROM near
      WHERE (SELECT count(*) FROM near) = 26
      UNION ALL
      SELECT *
      FROM along
      WHERE (SELECT count(*) FROM along) = 26
      UNION ALL
      SELECT *
      FROM by_words
      WHERE (SELECT count(*) FROM near) < 26 AND (SELECT count(*) FROM along) < 26
    ) AS inquiry
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT $4::int
) AS listed ON true
ORDER BY listed.id DESC;

-- GET /inquiries?metadata[budget]=1000
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
    FROM (
      WITH near AS MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM inquiry
          ORDER BY id DESC
          LIMIT 2000
        ) AS inquiry
        WHERE (search_words @@ $1::tsquery AND metadata @> ANY ($2::jsonb[]))
        ORDER BY id DESC
        LIMIT 26
      ), along AS MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM (
            SELECT *
            FROM inquiry
            ORDER BY id DESC
            LIMIT 20000
          ) AS inquiry
          WHERE (search_words @@ $1::tsquery AND metadata @> ANY ($2::jsonb[]))
          ORDER BY id DESC
          LIMIT 26
        ) AS further
        WHERE (
          SELECT count(*) BETWEEN 6 AND 25
          FROM near
        )
      ), by_words AS NOT MATERIALIZED (
        SELECT *
        FROM (
          SELECT *
          FROM inquiry
          WHERE (search_words @@ $1::tsquery AND metadata @> ANY ($2::jsonb[]))
          OFFSET 0
        ) AS found
        ORDER BY id DESC
        LIMIT 26
      )
      SELECT *
      FROM near
      WHERE (SELECT count(*) FROM near) = 26
      UNION ALL
      SELECT *
      FROM along
      WHERE (SELECT count(*) FROM along) = 26
      UNION ALL
      SELECT *
      FROM by_words
      WHERE (SELECT count(*) FROM near) < 26 AND (SELECT count(*) FROM along) < 26
    ) AS inquiry
    ORDER BY id DESC
    LIMIT 101
  ) AS page
  LIMIT $3::int
) AS listed ON true
ORDER BY listed.id DESC;
