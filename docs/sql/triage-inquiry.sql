-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- PATCH /inquiries/{id}
WITH target AS (
  SELECT *
  FROM inquiry
  WHERE id = ANY ($10::uuid[])
  ORDER BY id FOR NO KEY
  UPDATE
), judged AS (
  SELECT id, CASE WHEN version <> ALL ($11::int[]) THEN 'stale' WHEN status <> ALL ($5::inquiry_status[]) THEN
    'conflict' WHEN status = coalesce($1::inquiry_status, status) AND topic = coalesce($2::text, topic) AND (NOT
    $4::boolean OR assignee IS NOT DISTINCT FROM $3::text) THEN 'unchanged' ELSE 'updated' END AS outcome, status =
    'spam' AND $1::inquiry_status = 'new' AND spam_reasons <> '[]' AND NOT EXISTS (
    SELECT
    FROM inquiry_activity AS entry
    WHERE entry.inquiry_id = target.id AND entry.kind = 'status' AND entry.from_value = 'spam'
  ) AS was_quarantined
  FROM target
), changed AS (
  UPDATE inquiry
  SET status = coalesce($1::inquiry_status, inquiry.status), topic = coalesce($2::text, inquiry.topic), assignee = CASE
    WHEN $4::boolean THEN $3::text ELSE inquiry.assignee END, version = inquiry.version + 1, updated_at = greatest(clock_timestamp(),
    inquiry.updated_at + interval '1 millisecond')
  FROM judged
  WHERE judged.id = inquiry.id AND judged.outcome = 'updated'
  RETURNING inquiry.*
), logged AS (
  INSERT INTO inquiry_activity (id, inquiry_id, kind, actor, from_value, to_value, created_at, addresses)
  SELECT entry.id, changed.id, entry.kind::inquiry_activity_kind, $12::text, field.from_value, field.to_value,
    changed.updated_at, $6::tsvector
  FROM changed
  JOIN target ON target.id = changed.id
  CROSS JOIN LATERAL (
    VALUES ('status', target.status::text, changed.status::text), ('assignee', target.assignee, changed.assignee), ('topic',
      target.topic, changed.topic)
  ) AS field (kind, from_value, to_value)
  JOIN unnest($7::uuid[], $8::uuid[], $9::text[]) AS entry (id, inquiry_id, kind) ON entry.inquiry_id = changed.id AND
    entry.kind = field.kind
  WHERE field.from_value IS DISTINCT FROM field.to_value
)
SELECT outcome, coalesce(outcome = 'updated' AND was_quarantined, false) AS "isRelease", id AS "id", topic AS "topic",
  name AS "name", email AS "email", phone AS "phone", company AS "company", subject AS "subject", message AS "message",
  locale AS "locale", source_url AS "sourceUrl", metadata AS "metadata", privacy_notice_version AS
  "privacyNoticeVersion", status AS "status", assignee AS "assignee", spam_reasons AS "spamReasons", version AS
  "version", created_at AS "createdAt", updated_at AS "updatedAt"
FROM (
  SELECT *
  FROM changed
  UNION ALL
  SELECT *
  FROM target
  WHERE id NOT IN (SELECT id FROM changed)
) AS inquiry
JOIN judged
USING (id);

-- PATCH /inquiries/{id}; a token of sales
WITH target AS (
  SELECT *
  FROM inquiry
  WHERE topic = ANY ($6::text[]) AND id = ANY ($11::uuid[])
  ORDER BY id FOR NO KEY
  UPDATE
), judged AS (
  SELECT id, CASE WHEN version <> ALL ($12::int[]) THEN 'stale' WHEN status <> ALL ($5::inquiry_status[]) THEN
    'conflict' WHEN status = coalesce($1::inquiry_status, status) AND topic = coalesce($2::text, topic) AND (NOT
    $4::boolean OR assignee IS NOT DISTINCT FROM $3::text) THEN 'unchanged' ELSE 'updated' END AS outcome, status =
    'spam' AND $1::inquiry_status = 'new' AND spam_reasons <> '[]' AND NOT EXISTS (
    SELECT
    FROM inquiry_activity AS entry
    WHERE entry.inquiry_id = target.id AND entry.kind = 'status' AND entry.from_value = 'spam'
  ) AS was_quarantined
  FROM target
), changed AS (
  UPDATE inquiry
  SET status = coalesce($1::inquiry_status, inquiry.status), topic = coalesce($2::text, inquiry.topic), assignee = CASE
    WHEN $4::boolean THEN $3::text ELSE inquiry.assignee END, version = inquiry.version + 1, updated_at = greatest(clock_timestamp(),
    inquiry.updated_at + interval '1 millisecond')
  FROM judged
  WHERE judged.id = inquiry.id AND judged.outcome = 'updated'
  RETURNING inquiry.*
), logged AS (
  INSERT INTO inquiry_activity (id, inquiry_id, kind, actor, from_value, to_value, created_at, addresses)
  SELECT entry.id, changed.id, entry.kind::inquiry_activity_kind, $13::text, field.from_value, field.to_value,
    changed.updated_at, $7::tsvector
  FROM changed
  JOIN target ON target.id = changed.id
  CROSS JOIN LATERAL (
    VALUES ('status', target.status::text, changed.status::text), ('assignee', target.assignee, changed.assignee), ('topic',
      target.topic, changed.topic)
  ) AS field (kind, from_value, to_value)
  JOIN unnest($8::uuid[], $9::uuid[], $10::text[]) AS entry (id, inquiry_id, kind) ON entry.inquiry_id = changed.id AND
    entry.kind = field.kind
  WHERE field.from_value IS DISTINCT FROM field.to_value
)
SELECT outcome, coalesce(outcome = 'updated' AND was_quarantined, false) AS "isRelease", id AS "id", topic AS "topic",
  name AS "name", email AS "email", phone AS "phone", company AS "company", subject AS "subject", message AS "message",
  locale AS "locale", source_url AS "sourceUrl", metadata AS "metadata", privacy_notice_version AS
  "privacyNoticeVersion", status AS "status", assignee AS "assignee", spam_reasons AS "spamReasons", version AS
  "version", created_at AS "createdAt", updated_at AS "updatedAt"
FROM (
  SELECT *
  FROM changed
  UNION ALL
  SELECT *
  FROM target
  WHERE id NOT IN (SELECT id FROM changed)
) AS inquiry
JOIN judged
USING (id);

-- PATCH /inquiries?ids={id}
WITH target AS (
  SELECT *
  FROM inquiry
  WHERE id = ANY ($10::uuid[])
  ORDER BY id FOR NO KEY
  UPDATE
), judged AS (
  SELECT id, CASE WHEN version <> ALL ($11::int[]) THEN 'stale' WHEN status <> ALL ($5::inquiry_status[]) THEN
    'conflict' WHEN status = coalesce($1::inquiry_status, status) AND topic = coalesce($2::text, topic) AND (NOT
    $4::boolean OR assignee IS NOT DISTINCT FROM $3::text) THEN 'unchanged' ELSE 'updated' END AS outcome, status =
    'spam' AND $1::inquiry_status = 'new' AND spam_reasons <> '[]' AND NOT EXISTS (
    SELECT
    FROM inquiry_activity AS entry
    WHERE entry.inquiry_id = target.id AND entry.kind = 'status' AND entry.from_value = 'spam'
  ) AS was_quarantined
  FROM target
), changed AS (
  UPDATE inquiry
  SET status = coalesce($1::inquiry_status, inquiry.status), topic = coalesce($2::text, inquiry.topic), assignee = CASE
    WHEN $4::boolean THEN $3::text ELSE inquiry.assignee END, version = inquiry.version + 1, updated_at = greatest(clock_timestamp(),
    inquiry.updated_at + interval '1 millisecond')
  FROM judged
  WHERE judged.id = inquiry.id AND judged.outcome = 'updated'
  RETURNING inquiry.*
), logged AS (
  INSERT INTO inquiry_activity (id, inquiry_id, kind, actor, from_value, to_value, created_at, addresses)
  SELECT entry.id, changed.id, entry.kind::inquiry_activity_kind, $12::text, field.from_value, field.to_value,
    changed.updated_at, $6::tsvector
  FROM changed
  JOIN target ON target.id = changed.id
  CROSS JOIN LATERAL (
    VALUES ('status', target.status::text, changed.status::text), ('assignee', target.assignee, changed.assignee), ('topic',
      target.topic, changed.topic)
  ) AS field (kind, from_value, to_value)
  JOIN unnest($7::uuid[], $8::uuid[], $9::text[]) AS entry (id, inquiry_id, kind) ON entry.inquiry_id = changed.id AND
    entry.kind = field.kind
  WHERE field.from_value IS DISTINCT FROM field.to_value
)
SELECT outcome, coalesce(outcome = 'updated' AND was_quarantined, false) AS "isRelease", id AS "id", topic AS "topic",
  name AS "name", email AS "email", phone AS "phone", company AS "company", subject AS "subject", message AS "message",
  locale AS "locale", source_url AS "sourceUrl", metadata AS "metadata", privacy_notice_version AS
  "privacyNoticeVersion", status AS "status", assignee AS "assignee", spam_reasons AS "spamReasons", version AS
  "version", created_at AS "createdAt", updated_at AS "updatedAt"
FROM (
  SELECT *
  FROM changed
  UNION ALL
  SELECT *
  FROM target
  WHERE id NOT IN (SELECT id FROM changed)
) AS inquiry
JOIN judged
USING (id);

-- POST /inquiries/{id}/notes
WITH target AS (
  SELECT id
  FROM inquiry
  WHERE id = $1::uuid FOR KEY SHARE
)
INSERT INTO inquiry_activity (id, inquiry_id, kind, actor, note, created_at, addresses)
SELECT $2::uuid, target.id, 'note', $3::text, $4::text, clock_timestamp(), $5::tsvector
FROM target
RETURNING id, inquiry_id AS "inquiryId", kind, actor, from_value AS "fromValue", to_value AS "toValue", note, created_at
  AS "createdAt";

-- GET /inquiries/{id}/activity
SELECT "id","topic","name","email","phone","company","subject","message","locale","source_url","metadata","privacy_notice_version","status","assignee","spam_reasons","version","created_at","updated_at","search_words","search_text"
FROM "public"."inquiry"
WHERE (("id"=$1))
ORDER BY "id"
LIMIT 1;
SELECT "id","inquiry_id","kind","actor","from_value","to_value","note","created_at","addresses"
FROM "public"."inquiry_activity"
WHERE "inquiry_id"=$1
ORDER BY "created_at" DESC,"id" DESC
LIMIT 26;

-- GET /inquiries/{id}/activity?limit=1
SELECT "id","topic","name","email","phone","company","subject","message","locale","source_url","metadata","privacy_notice_version","status","assignee","spam_reasons","version","created_at","updated_at","search_words","search_text"
FROM "public"."inquiry"
WHERE (("id"=$1))
ORDER BY "id"
LIMIT 1;
SELECT "id","inquiry_id","kind","actor","from_value","to_value","note","created_at","addresses"
FROM "public"."inquiry_activity"
WHERE "inquiry_id"=$1
ORDER BY "created_at" DESC,"id" DESC
LIMIT 2;
SELECT "id","inquiry_id","kind","actor","from_value","to_value","note","created_at","addresses"
FROM "public"."inquiry_activity"
WHERE "id"=$1
ORDER BY "id"
LIMIT 1;
SELECT "id","inquiry_id","kind","actor","from_value","to_value","note","created_at","addresses"
FROM "public"."inquiry_activity"
WHERE "inquiry_id"=$1 AND "created_at"<=$2::TIMESTAMP
WITH TIME ZONE AND (("created_at"<$3::TIMESTAMP WITH TIME ZONE) OR ("id"<$4))
ORDER BY "created_at" DESC,"id" DESC
LIMIT 2;
