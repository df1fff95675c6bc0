-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- GET /inquiries/quarantine
WITH looked_at AS MATERIALIZED (
  SELECT spam_reasons, status
  FROM inquiry
  ORDER BY id DESC
  LIMIT 100000
  OFFSET 0
), quarantined AS MATERIALIZED (
  SELECT spam_reasons, status <> 'spam' AS is_released
  FROM looked_at
  WHERE spam_reasons <> '[]'
)
SELECT NULL AS reason, count(*)::int AS quarantined, (count(*) FILTER (WHERE is_released))::int AS released, (SELECT
  count(*) FROM looked_at) < 100000 AS "isExact"
FROM quarantined
UNION ALL
SELECT reason, count(*)::int, (count(*) FILTER (WHERE is_released))::int, NULL
FROM quarantined, jsonb_array_elements_text(spam_reasons) AS reason
GROUP BY reason
ORDER BY quarantined DESC, reason;

-- GET /inquiries/quarantine?topic=sales&createdFrom=2026-01-01T00:00:00Z
WITH looked_at AS MATERIALIZED (
  SELECT spam_reasons, status
  FROM unnest($1::text[]) AS stream_topic
  CROSS JOIN unnest($2::inquiry_status[]) AS stream_status
  CROSS JOIN LATERAL (
    SELECT *
    FROM inquiry
    WHERE topic IS NOT NULL AND status IS NOT NULL AND (topic, status, id) >= (stream_topic, stream_status, $3::uuid)
      AND (topic, status, id) <= (stream_topic, stream_status, $4::uuid)
    ORDER BY topic DESC, status DESC, id DESC
    LIMIT 100000
  ) AS inquiry
  ORDER BY id DESC
  LIMIT 100000
  OFFSET 0
), quarantined AS MATERIALIZED (
  SELECT spam_reasons, status <> 'spam' AS is_released
  FROM looked_at
  WHERE spam_reasons <> '[]'
)
SELECT NULL AS reason, count(*)::int AS quarantined, (count(*) FILTER (WHERE is_released))::int AS released, (SELECT
  count(*) FROM looked_at) < 100000 AS "isExact"
FROM quarantined
UNION ALL
SELECT reason, count(*)::int, (count(*) FILTER (WHERE is_released))::int, NULL
FROM quarantined, jsonb_array_elements_text(spam_reasons) AS reason
GROUP BY reason
ORDER BY quarantined DESC, reason;

-- GET /inquiries/quarantine; a token of sales
WITH looked_at AS MATERIALIZED (
  SELECT spam_reasons, status
  FROM unnest($1::text[]) AS stream_topic
  CROSS JOIN unnest($2::inquiry_status[]) AS stream_status
  CROSS JOIN LATERAL (
    SELECT *
    FROM inquiry
    WHERE topic IS NOT NULL AND status IS NOT NULL AND (topic, status, id) >= (stream_topic, stream_status, $3::uuid)
      AND (topic, status, id) <= (stream_topic, stream_status, $4::uuid)
    ORDER BY topic DESC, status DESC, id DESC
    LIMIT 100000
  ) AS inquiry
  ORDER BY id DESC
  LIMIT 100000
  OFFSET 0
), quarantined AS MATERIALIZED (
  SELECT spam_reasons, status <> 'spam' AS is_released
  FROM looked_at
  WHERE spam_reasons <> '[]'
)
SELECT NULL AS reason, count(*)::int AS quarantined, (count(*) FILTER (WHERE is_released))::int AS released, (SELECT
  count(*) FROM looked_at) < 100000 AS "isExact"
FROM quarantined
UNION ALL
SELECT reason, count(*)::int, (count(*) FILTER (WHERE is_released))::int, NULL
FROM quarantined, jsonb_array_elements_text(spam_reasons) AS reason
GROUP BY reason
ORDER BY quarantined DESC, reason;
