-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- POST /inquiries
INSERT INTO inquiry (id, topic, name, email, phone, company, subject, message, locale, source_url, metadata,
  privacy_notice_version, created_at, search_words, search_text, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $13);

-- POST /inquiries; with an Idempotency-Key
WITH claimed AS (
  INSERT INTO idempotency_record (digest, id)
  VALUES ($16, $1)
  ON CONFLICT (digest) DO NOTHING
  RETURNING id
)
INSERT INTO inquiry (id, topic, name, email, phone, company, subject, message, locale, source_url, metadata,
  privacy_notice_version, created_at, search_words, search_text, updated_at)
SELECT $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text, $10::text, $11::jsonb,
  $12::text, $13::timestamptz, $14::tsvector, $15::text, $13
FROM claimed;

-- POST /inquiries; the same again
WITH claimed AS (
  INSERT INTO idempotency_record (digest, id)
  VALUES ($16, $1)
  ON CONFLICT (digest) DO NOTHING
  RETURNING id
)
INSERT INTO inquiry (id, topic, name, email, phone, company, subject, message, locale, source_url, metadata,
  privacy_notice_version, created_at, search_words, search_text, updated_at)
SELECT $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text, $10::text, $11::jsonb,
  $12::text, $13::timestamptz, $14::tsvector, $15::text, $13
FROM claimed;
SELECT id
FROM inquiry
WHERE id = ANY ($1::uuid[]);
SELECT id
FROM idempotency_record
WHERE digest = $1;

-- GET /form-token
-- (none)

-- POST /inquiries; with a form token
WITH claimed AS (
  INSERT INTO idempotency_record (digest, id)
  VALUES ($1, $2)
  ON CONFLICT (digest) DO NOTHING
  RETURNING id
)
SELECT id
FROM claimed
UNION ALL
SELECT id
FROM idempotency_record
WHERE digest = $1;
WITH claimed AS (
  INSERT INTO idempotency_record (digest, id)
  VALUES ($16, $1)
  ON CONFLICT (digest) DO NOTHING
  RETURNING id
)
INSERT INTO inquiry (id, topic, name, email, phone, company, subject, message, locale, source_url, metadata,
  privacy_notice_version, created_at, search_words, search_text, updated_at)
SELECT $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text, $10::text, $11::jsonb,
  $12::text, $13::timestamptz, $14::tsvector, $15::text, $13
FROM claimed;

-- POST /inquiries; quarantined
WITH submitted AS (
  SELECT *
  FROM json_to_recordset($1) AS row ("id" uuid, "topic" text, "name" text, "email" text, "phone" text, "company" text,
    "subject" text, "message" text, "locale" text, "sourceUrl" text, "metadata" jsonb, "privacyNoticeVersion" text,
    "createdAt" timestamptz, search_words tsvector, search_text text, status inquiry_status, spam_reasons jsonb, digest
    bytea)
), claimed AS (
  INSERT INTO idempotency_record (digest, id)
  SELECT digest, id
  FROM submitted
  WHERE digest IS NOT NULL
  ON CONFLICT (digest) DO NOTHING
  RETURNING id
)
INSERT INTO inquiry (id, topic, name, email, phone, company, subject, message, locale, source_url, metadata,
  privacy_notice_version, created_at, search_words, search_text, updated_at, status, spam_reasons)
SELECT "id", "topic", "name", "email", "phone", "company", "subject", "message", "locale", "sourceUrl", "metadata",
  "privacyNoticeVersion", "createdAt", search_words, search_text, "createdAt", status, spam_reasons
FROM submitted
WHERE digest IS NULL OR id IN (SELECT id FROM claimed);
