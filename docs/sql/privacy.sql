-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- POST /subject-exports
BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE;
SET LOCAL statement_timeout = 30000;
SELECT id, email
FROM inquiry
WHERE (search_words @@ $2::tsquery OR assignee = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT assignee
    FROM inquiry
    WHERE assignee IS NOT NULL
    ORDER BY assignee
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT inquiry.assignee
    FROM inquiry
    WHERE inquiry.assignee > listed.assignee
    ORDER BY inquiry.assignee
    LIMIT 1
  ) FROM listed WHERE listed.assignee IS NOT NULL )
  SELECT listed.assignee
  FROM listed
  WHERE listed.assignee ~ $1
)))
ORDER BY id;
SELECT id AS "id", topic AS "topic", name AS "name", email AS "email", phone AS "phone", company AS "company", subject
  AS "subject", message AS "message", locale AS "locale", source_url AS "sourceUrl", metadata AS "metadata",
  privacy_notice_version AS "privacyNoticeVersion", status AS "status", assignee AS "assignee", spam_reasons AS
  "spamReasons", version AS "version", created_at AS "createdAt", updated_at AS "updatedAt"
FROM inquiry
WHERE id = ANY ($1::uuid[])
ORDER BY id
LIMIT $2;
SELECT id, inquiry_id AS "inquiryId", kind, actor, from_value AS "from", to_value AS "to", note, created_at AS
  "createdAt"
FROM inquiry_activity
WHERE inquiry_id = ANY ($1::uuid[])
ORDER BY created_at, id
LIMIT $2;
SELECT id, email, list, locale, status, consent_version AS "consentVersion", consent_text_sha256 AS "consentTextSha256",
  consented_at AS "consentedAt", source_url AS "sourceUrl", unsubscribed_at AS "unsubscribedAt", version, created_at AS
  "createdAt", updated_at AS "updatedAt"
FROM subscription
WHERE email_normalized = $1
ORDER BY id
LIMIT $2;
SELECT 'inquiry' AS resource, id, id AS "inquiryId", field, text, created_at AS "createdAt"
FROM inquiry
CROSS JOIN LATERAL (
  VALUES ('name', name::text), ('phone', phone::text), ('company', company::text), ('subject', subject::text), ('message',
    message::text), ('locale', locale::text), ('sourceUrl', source_url::text), ('metadata', metadata::text), ('privacyNoticeVersion',
    privacy_notice_version::text), ('assignee', assignee::text), ('spamReasons', spam_reasons::text)
) AS quoted (field, text)
WHERE (search_words @@ $2::tsquery OR assignee = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT assignee
    FROM inquiry
    WHERE assignee IS NOT NULL
    ORDER BY assignee
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT inquiry.assignee
    FROM inquiry
    WHERE inquiry.assignee > listed.assignee
    ORDER BY inquiry.assignee
    LIMIT 1
  ) FROM listed WHERE listed.assignee IS NOT NULL )
  SELECT listed.assignee
  FROM listed
  WHERE listed.assignee ~ $1
))) AND (name ~ $1 OR phone ~ $1 OR company ~ $1 OR subject ~ $1 OR message ~ $1 OR locale ~ $1 OR source_url ~ $1 OR
  metadata::text ~ $1 OR privacy_notice_version ~ $1 OR assignee ~ $1 OR spam_reasons::text ~ $1) AND text ~ $1 AND NOT
  (coalesce(id = ANY ($4::uuid[]), false)) AND $4::uuid[] IS NOT NULL AND $5::text IS NOT NULL
ORDER BY created_at, id
LIMIT $3;
SELECT 'activity' AS resource, id, inquiry_id AS "inquiryId", field, text, created_at AS "createdAt"
FROM inquiry_activity
CROSS JOIN LATERAL (
  VALUES ('note', note::text), ('from', from_value::text), ('to', to_value::text), ('actor', actor::text)
) AS quoted (field, text)
WHERE inquiry_id = ANY (ARRAY(
  SELECT inquiry_id
  FROM inquiry_activity
  WHERE addresses @@ $2::tsquery
)) AND (note ~ $1 OR from_value ~ $1 OR to_value ~ $1 OR actor ~ $1) AND text ~ $1 AND NOT (coalesce(inquiry_id = ANY ($4::uuid[]),
  false)) AND $4::uuid[] IS NOT NULL AND $5::text IS NOT NULL
ORDER BY created_at, id
LIMIT $3;
SELECT 'subscription' AS resource, id, NULL::uuid AS "inquiryId", field, text, created_at AS "createdAt"
FROM subscription
CROSS JOIN LATERAL (
  VALUES ('locale', locale::text), ('consentVersion', consent_version::text), ('sourceUrl', source_url::text)
) AS quoted (field, text)
WHERE addresses @@ $2::tsquery AND (locale ~ $1 OR consent_version ~ $1 OR source_url ~ $1) AND text ~ $1 AND NOT (email_normalized
  = $5) AND $4::uuid[] IS NOT NULL AND $5::text IS NOT NULL
ORDER BY created_at, id
LIMIT $3;
SELECT 'audit' AS resource, id, NULL::uuid AS "inquiryId", field, text, created_at AS "createdAt"
FROM privacy_audit
CROSS JOIN LATERAL (VALUES ('actor', actor::text)) AS quoted (field, text)
WHERE $2::tsquery IS NOT NULL AND (actor ~ $1) AND text ~ $1 AND NOT (coalesce(NULL::uuid = ANY ($4::uuid[]), false))
  AND $4::uuid[] IS NOT NULL AND $5::text IS NOT NULL
ORDER BY created_at, id
LIMIT $3;
INSERT INTO privacy_audit (id, kind, actor, request_id, counts, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE
SET counts = excluded.counts;
COMMIT;

-- POST /erasures
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL statement_timeout = 30000;
SELECT pg_advisory_xact_lock($1, $2);
SET LOCAL outreach.erasure = 'on';
SELECT id, email
FROM inquiry
WHERE (search_words @@ $2::tsquery OR assignee = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT assignee
    FROM inquiry
    WHERE assignee IS NOT NULL
    ORDER BY assignee
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT inquiry.assignee
    FROM inquiry
    WHERE inquiry.assignee > listed.assignee
    ORDER BY inquiry.assignee
    LIMIT 1
  ) FROM listed WHERE listed.assignee IS NOT NULL )
  SELECT listed.assignee
  FROM listed
  WHERE listed.assignee ~ $1
)))
ORDER BY id
FOR UPDATE;
DELETE FROM idempotency_record
WHERE id = ANY ($1::uuid[] || ARRAY(
  SELECT id
  FROM subscription
  WHERE email_normalized = $2
));
DELETE FROM inquiry_activity
WHERE inquiry_id = ANY ($1::uuid[]);
DELETE FROM inquiry
WHERE id = ANY ($1::uuid[]);
DELETE FROM subscription
WHERE email_normalized = $1;
UPDATE inquiry
SET name = regexp_replace(name, $1, '\1[gone]', 'g'), phone = regexp_replace(phone, $1, '\1[gone]', 'g'), company =
  regexp_replace(company, $1, '\1[gone]', 'g'), subject = regexp_replace(subject, $1, '\1[gone]', 'g'), message =
  regexp_replace(message, $1, '\1[gone]', 'g'), locale = regexp_replace(locale, $1, '\1[gone]', 'g'), source_url =
  regexp_replace(source_url, $1, '\1[gone]', 'g'), metadata = (regexp_replace(metadata::text, $1, '\1[gone]', 'g'))::jsonb,
  privacy_notice_version = regexp_replace(privacy_notice_version, $1, '\1[gone]', 'g'), assignee = regexp_replace(assignee,
  $1, '\1[gone]', 'g'), spam_reasons = (regexp_replace(spam_reasons::text, $1, '\1[gone]', 'g'))::jsonb, version =
  version + 1, updated_at = now()
WHERE (search_words @@ $2::tsquery OR assignee = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT assignee
    FROM inquiry
    WHERE assignee IS NOT NULL
    ORDER BY assignee
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT inquiry.assignee
    FROM inquiry
    WHERE inquiry.assignee > listed.assignee
    ORDER BY inquiry.assignee
    LIMIT 1
  ) FROM listed WHERE listed.assignee IS NOT NULL )
  SELECT listed.assignee
  FROM listed
  WHERE listed.assignee ~ $1
))) AND (name ~ $1 OR phone ~ $1 OR company ~ $1 OR subject ~ $1 OR message ~ $1 OR locale ~ $1 OR source_url ~ $1 OR
  metadata::text ~ $1 OR privacy_notice_version ~ $1 OR assignee ~ $1 OR spam_reasons::text ~ $1)
RETURNING id, name AS "name", phone AS "phone", company AS "company", subject AS "subject", message AS "message", locale
  AS "locale", source_url AS "sourceUrl", metadata AS "metadata", privacy_notice_version AS "privacyNoticeVersion",
  assignee AS "assignee", spam_reasons AS "spamReasons", email;
UPDATE inquiry
SET search_words = made.search_words::tsvector, search_text = made.search_text::text
FROM unnest($1::uuid[], $2::text[], $3::text[]) AS made (id, search_words, search_text)
WHERE inquiry.id = made.id;
UPDATE inquiry_activity
SET note = regexp_replace(note, $1, '\1[gone]', 'g'), from_value = regexp_replace(from_value, $1, '\1[gone]', 'g'),
  to_value = regexp_replace(to_value, $1, '\1[gone]', 'g'), actor = regexp_replace(actor, $1, '\1[gone]', 'g')
WHERE inquiry_id = ANY (ARRAY(
  SELECT inquiry_id
  FROM inquiry_activity
  WHERE addresses @@ $2::tsquery
)) AND (note ~ $1 OR from_value ~ $1 OR to_value ~ $1 OR actor ~ $1)
RETURNING id, note AS "note", from_value AS "from", to_value AS "to", actor AS "actor";
UPDATE inquiry_activity
SET addresses = made.addresses::tsvector
FROM unnest($1::uuid[], $2::text[]) AS made (id, addresses)
WHERE inquiry_activity.id = made.id;
UPDATE subscription
SET locale = regexp_replace(locale, $1, '\1[gone]', 'g'), consent_version = regexp_replace(consent_version, $1,
  '\1[gone]', 'g'), source_url = regexp_replace(source_url, $1, '\1[gone]', 'g')
WHERE addresses @@ $2::tsquery AND (locale ~ $1 OR consent_version ~ $1 OR source_url ~ $1)
RETURNING id, locale AS "locale", consent_version AS "consentVersion", source_url AS "sourceUrl";
INSERT INTO privacy_audit (id, kind, actor, request_id, counts, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE
SET counts = excluded.counts;
UPDATE privacy_audit
SET actor = regexp_replace(actor, $1, '\1[gone]', 'g')
WHERE $2::tsquery IS NOT NULL AND (actor ~ $1)
RETURNING id, actor AS "actor";
COMMIT;
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL statement_timeout = 30000;
SELECT outreach_analyze_search_words();
COMMIT;

-- POST /erasures
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL statement_timeout = 30000;
SELECT pg_advisory_xact_lock($1, $2);
SET LOCAL outreach.erasure = 'on';
SELECT id, email
FROM inquiry
WHERE (search_words @@ $2::tsquery OR assignee = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT assignee
    FROM inquiry
    WHERE assignee IS NOT NULL
    ORDER BY assignee
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT inquiry.assignee
    FROM inquiry
    WHERE inquiry.assignee > listed.assignee
    ORDER BY inquiry.assignee
    LIMIT 1
  ) FROM listed WHERE listed.assignee IS NOT NULL )
  SELECT listed.assignee
  FROM listed
  WHERE listed.assignee ~ $1
)))
ORDER BY id
FOR UPDATE;
DELETE FROM idempotency_record
WHERE id = ANY ($1::uuid[] || ARRAY(
  SELECT id
  FROM subscription
  WHERE email_normalized = $2
));
DELETE FROM inquiry_activity
WHERE inquiry_id = ANY ($1::uuid[]);
DELETE FROM inquiry
WHERE id = ANY ($1::uuid[]);
DELETE FROM subscription
WHERE email_normalized = $1;
UPDATE inquiry
SET name = regexp_replace(name, $1, '\1[gone]', 'g'), phone = regexp_replace(phone, $1, '\1[gone]', 'g'), company =
  regexp_replace(company, $1, '\1[gone]', 'g'), subject = regexp_replace(subject, $1, '\1[gone]', 'g'), message =
  regexp_replace(message, $1, '\1[gone]', 'g'), locale = regexp_replace(locale, $1, '\1[gone]', 'g'), source_url =
  regexp_replace(source_url, $1, '\1[gone]', 'g'), metadata = (regexp_replace(metadata::text, $1, '\1[gone]', 'g'))::jsonb,
  privacy_notice_version = regexp_replace(privacy_notice_version, $1, '\1[gone]', 'g'), assignee = regexp_replace(assignee,
  $1, '\1[gone]', 'g'), spam_reasons = (regexp_replace(spam_reasons::text, $1, '\1[gone]', 'g'))::jsonb, version =
  version + 1, updated_at = now()
WHERE (search_words @@ $2::tsquery OR assignee = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT assignee
    FROM inquiry
    WHERE assignee IS NOT NULL
    ORDER BY assignee
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT inquiry.assignee
    FROM inquiry
    WHERE inquiry.assignee > listed.assignee
    ORDER BY inquiry.assignee
    LIMIT 1
  ) FROM listed WHERE listed.assignee IS NOT NULL )
  SELECT listed.assignee
  FROM listed
  WHERE listed.assignee ~ $1
))) AND (name ~ $1 OR phone ~ $1 OR company ~ $1 OR subject ~ $1 OR message ~ $1 OR locale ~ $1 OR source_url ~ $1 OR
  metadata::text ~ $1 OR privacy_notice_version ~ $1 OR assignee ~ $1 OR spam_reasons::text ~ $1)
RETURNING id, name AS "name", phone AS "phone", company AS "company", subject AS "subject", message AS "message", locale
  AS "locale", source_url AS "sourceUrl", metadata AS "metadata", privacy_notice_version AS "privacyNoticeVersion",
  assignee AS "assignee", spam_reasons AS "spamReasons", email;
UPDATE inquiry_activity
SET note = regexp_replace(note, $1, '\1[gone]', 'g'), from_value = regexp_replace(from_value, $1, '\1[gone]', 'g'),
  to_value = regexp_replace(to_value, $1, '\1[gone]', 'g'), actor = regexp_replace(actor, $1, '\1[gone]', 'g')
WHERE inquiry_id = ANY (ARRAY(
  SELECT inquiry_id
  FROM inquiry_activity
  WHERE addresses @@ $2::tsquery
)) AND (note ~ $1 OR from_value ~ $1 OR to_value ~ $1 OR actor ~ $1)
RETURNING id, note AS "note", from_value AS "from", to_value AS "to", actor AS "actor";
UPDATE subscription
SET locale = regexp_replace(locale, $1, '\1[gone]', 'g'), consent_version = regexp_replace(consent_version, $1,
  '\1[gone]', 'g'), source_url = regexp_replace(source_url, $1, '\1[gone]', 'g')
WHERE addresses @@ $2::tsquery AND (locale ~ $1 OR consent_version ~ $1 OR source_url ~ $1)
RETURNING id, locale AS "locale", consent_version AS "consentVersion", source_url AS "sourceUrl";
INSERT INTO privacy_audit (id, kind, actor, request_id, counts, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE
SET counts = excluded.counts;
UPDATE privacy_audit
SET actor = regexp_replace(actor, $1, '\1[gone]', 'g')
WHERE $2::tsquery IS NOT NULL AND (actor ~ $1)
RETURNING id, actor AS "actor";
COMMIT;
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL statement_timeout = 30000;
SELECT outreach_analyze_search_words();
COMMIT;
