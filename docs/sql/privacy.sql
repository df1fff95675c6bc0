-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- POST /subscriptions; which quotes another address
WITH ensured AS (
  INSERT INTO subscription (id, email, email_normalized, list, locale, consent_version, consent_text_sha256,
    consented_at, source_url, created_at, updated_at, addresses, status)
  SELECT $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::timestamptz, $9::text, $8, $8,
    $10::tsvector, $13::subscription_status
  ON CONFLICT ON CONSTRAINT subscription_email_list_key DO UPDATE
  SET status = CASE WHEN (subscription.status = 'unsubscribed' OR (subscription.status = 'pending' AND
    subscription.consented_at <= $12)) THEN 'pending' ELSE subscription.status END, version = subscription.version +
    CASE WHEN (subscription.status = 'unsubscribed' OR (subscription.status = 'pending' AND subscription.consented_at <=
    $12)) THEN 1 ELSE 0 END, email = CASE WHEN (subscription.status = 'unsubscribed' OR (subscription.status = 'pending'
    AND subscription.consented_at <= $12)) THEN excluded.email ELSE subscription.email END, locale = CASE WHEN (subscription.status
    = 'unsubscribed' OR (subscription.status = 'pending' AND subscription.consented_at <= $12)) THEN excluded.locale
    ELSE subscription.locale END, consent_version = CASE WHEN (subscription.status = 'unsubscribed' OR (subscription.status
    = 'pending' AND subscription.consented_at <= $12)) THEN excluded.consent_version ELSE subscription.consent_version
    END, consent_text_sha256 = CASE WHEN (subscription.status = 'unsubscribed' OR (subscription.status = 'pending' AND
    subscription.consented_at <= $12)) THEN excluded.consent_text_sha256 ELSE subscription.consent_text_sha256 END,
    consented_at = CASE WHEN (subscription.status = 'unsubscribed' OR (subscription.status = 'pending' AND
    subscription.consented_at <= $12)) THEN excluded.consented_at ELSE subscription.consented_at END, source_url = CASE
    WHEN (subscription.status = 'unsubscribed' OR (subscription.status = 'pending' AND subscription.consented_at <= $12))
    THEN excluded.source_url ELSE subscription.source_url END, updated_at = CASE WHEN (subscription.status =
    'unsubscribed' OR (subscription.status = 'pending' AND subscription.consented_at <= $12)) THEN excluded.updated_at
    ELSE subscription.updated_at END, addresses = CASE WHEN (subscription.status = 'unsubscribed' OR (subscription.status
    = 'pending' AND subscription.consented_at <= $12)) THEN excluded.addresses ELSE subscription.addresses END
  RETURNING id
)
INSERT INTO subscription_consent (id, subscription_id, kind, method, consent_version, consent_text_sha256, created_at,
  addresses)
SELECT $1::uuid, ensured.id, 'given', 'request', $6::text, $7::text, $8::timestamptz, $11::tsvector
FROM ensured;

-- POST /subject-exports
BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE;
SET LOCAL statement_timeout = 30000;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, email AS "ownAddress"
FROM inquiry
WHERE search_words @@ $1::tsquery OR (true AND assignee = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT assignee AS value
    FROM inquiry
    WHERE true AND assignee IS NOT NULL
    ORDER BY assignee
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT assignee
    FROM inquiry
    WHERE true AND assignee > listed.value
    ORDER BY assignee
    LIMIT 1
  ) FROM listed WHERE listed.value IS NOT NULL )
  SELECT listed.value
  FROM listed
  WHERE listed.value ~ $2
)))
ORDER BY created_at, id;
FETCH 100
FROM batches;
CLOSE batches;
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
SELECT id, subscription_id AS "subscriptionId", kind, method, consent_version AS "consentVersion", consent_text_sha256
  AS "consentTextSha256", actor, reason, created_at AS "createdAt"
FROM subscription_consent
WHERE subscription_id = ANY (ARRAY(
  SELECT id
  FROM subscription
  WHERE email_normalized = $1
))
ORDER BY created_at, id
LIMIT $2;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, email AS "ownAddress"
FROM inquiry
WHERE search_words @@ $1::tsquery OR (true AND assignee = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT assignee AS value
    FROM inquiry
    WHERE true AND assignee IS NOT NULL
    ORDER BY assignee
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT assignee
    FROM inquiry
    WHERE true AND assignee > listed.value
    ORDER BY assignee
    LIMIT 1
  ) FROM listed WHERE listed.value IS NOT NULL )
  SELECT listed.value
  FROM listed
  WHERE listed.value ~ $2
)))
ORDER BY created_at, id;
FETCH 100
FROM batches;
SELECT 'inquiry' AS resource, id, id AS "inquiryId", field, text, created_at AS "createdAt"
FROM inquiry
CROSS JOIN LATERAL (
  VALUES ('name', name::text), ('phone', phone::text), ('company', company::text), ('subject', subject::text), ('message',
    message::text), ('locale', locale::text), ('sourceUrl', source_url::text), ('metadata', metadata::text), ('privacyNoticeVersion',
    privacy_notice_version::text), ('assignee', assignee::text), ('spamReasons', spam_reasons::text)
) AS quoted (field, text)
WHERE id = ANY ($2::uuid[]) AND text ~ $1 AND NOT (coalesce(id = ANY ($3::uuid[]), false)) AND $3::uuid[] IS NOT NULL
  AND $4::text IS NOT NULL
ORDER BY created_at, id;
CLOSE batches;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, NULL AS "ownAddress"
FROM inquiry_activity
WHERE addresses @@ $1::tsquery OR (kind = 'assignee' AND from_value = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT from_value AS value
    FROM inquiry_activity
    WHERE kind = 'assignee' AND from_value IS NOT NULL
    ORDER BY from_value
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT from_value
    FROM inquiry_activity
    WHERE kind = 'assignee' AND from_value > listed.value
    ORDER BY from_value
    LIMIT 1
  ) FROM listed WHERE listed.value IS NOT NULL )
  SELECT listed.value
  FROM listed
  WHERE listed.value ~ $2
)))
ORDER BY created_at, id;
FETCH 100
FROM batches;
CLOSE batches;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, NULL AS "ownAddress"
FROM subscription
WHERE addresses @@ $1::tsquery
ORDER BY created_at, id;
FETCH 100
FROM batches;
SELECT 'subscription' AS resource, id, NULL::uuid AS "inquiryId", field, text, created_at AS "createdAt"
FROM subscription
CROSS JOIN LATERAL (
  VALUES ('locale', locale::text), ('consentVersion', consent_version::text), ('sourceUrl', source_url::text)
) AS quoted (field, text)
WHERE id = ANY ($2::uuid[]) AND text ~ $1 AND NOT (email_normalized = $4) AND $3::uuid[] IS NOT NULL AND $4::text IS NOT
  NULL
ORDER BY created_at, id;
CLOSE batches;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, NULL AS "ownAddress"
FROM subscription_consent
WHERE addresses @@ $1::tsquery
ORDER BY created_at, id;
FETCH 100
FROM batches;
SELECT 'consent' AS resource, id, NULL::uuid AS "inquiryId", field, text, created_at AS "createdAt"
FROM subscription_consent
CROSS JOIN LATERAL (
  VALUES ('consentVersion', consent_version::text), ('actor', actor::text), ('reason', reason::text)
) AS quoted (field, text)
WHERE id = ANY ($2::uuid[]) AND text ~ $1 AND NOT (subscription_id = ANY (ARRAY(
  SELECT id
  FROM subscription
  WHERE email_normalized = $4
))) AND $3::uuid[] IS NOT NULL AND $4::text IS NOT NULL
ORDER BY created_at, id;
CLOSE batches;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, NULL AS "ownAddress"
FROM privacy_audit
WHERE (true AND actor = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT actor AS value
    FROM privacy_audit
    WHERE true AND actor IS NOT NULL
    ORDER BY actor
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT actor
    FROM privacy_audit
    WHERE true AND actor > listed.value
    ORDER BY actor
    LIMIT 1
  ) FROM listed WHERE listed.value IS NOT NULL )
  SELECT listed.value
  FROM listed
  WHERE listed.value ~ $1
)))
ORDER BY created_at, id;
FETCH 100
FROM batches;
CLOSE batches;
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
WITH removed AS (
  DELETE FROM subscription
  WHERE email_normalized = $1
  RETURNING id
), history AS (
  DELETE FROM subscription_consent
  WHERE subscription_id = ANY (ARRAY(SELECT id FROM removed))
  RETURNING id
), forgotten AS (
  DELETE FROM idempotency_record
  WHERE id = ANY (ARRAY(
    SELECT id
    FROM removed
    UNION ALL
    SELECT id
    FROM history
  ))
)
SELECT count(*)::int AS removed
FROM removed;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, email AS "ownAddress"
FROM inquiry
WHERE search_words @@ $1::tsquery OR (true AND assignee = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT assignee AS value
    FROM inquiry
    WHERE true AND assignee IS NOT NULL
    ORDER BY assignee
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT assignee
    FROM inquiry
    WHERE true AND assignee > listed.value
    ORDER BY assignee
    LIMIT 1
  ) FROM listed WHERE listed.value IS NOT NULL )
  SELECT listed.value
  FROM listed
  WHERE listed.value ~ $2
)))
ORDER BY id
FOR UPDATE;
FETCH 100
FROM batches;
SELECT id, regexp_replace(name, $1, '\1[gone]', 'g') AS "name", regexp_replace(phone, $1, '\1[gone]', 'g') AS "phone",
  regexp_replace(company, $1, '\1[gone]', 'g') AS "company", regexp_replace(subject, $1, '\1[gone]', 'g') AS "subject",
  regexp_replace(message, $1, '\1[gone]', 'g') AS "message", regexp_replace(locale, $1, '\1[gone]', 'g') AS "locale",
  regexp_replace(source_url, $1, '\1[gone]', 'g') AS "sourceUrl", (regexp_replace(metadata::text, $1, '\1[gone]', 'g'))::jsonb
  AS "metadata", regexp_replace(privacy_notice_version, $1, '\1[gone]', 'g') AS "privacyNoticeVersion", regexp_replace(assignee,
  $1, '\1[gone]', 'g') AS "assignee", (regexp_replace(spam_reasons::text, $1, '\1[gone]', 'g'))::jsonb AS "spamReasons",
  email
FROM inquiry
WHERE id = ANY ($2::uuid[]) AND (name ~ $1 OR phone ~ $1 OR company ~ $1 OR subject ~ $1 OR message ~ $1 OR locale ~ $1
  OR source_url ~ $1 OR metadata::text ~ $1 OR privacy_notice_version ~ $1 OR assignee ~ $1 OR spam_reasons::text ~ $1);
UPDATE inquiry
SET name = regexp_replace(name, $1, '\1[gone]', 'g'), phone = regexp_replace(phone, $1, '\1[gone]', 'g'), company =
  regexp_replace(company, $1, '\1[gone]', 'g'), subject = regexp_replace(subject, $1, '\1[gone]', 'g'), message =
  regexp_replace(message, $1, '\1[gone]', 'g'), locale = regexp_replace(locale, $1, '\1[gone]', 'g'), source_url =
  regexp_replace(source_url, $1, '\1[gone]', 'g'), metadata = (regexp_replace(metadata::text, $1, '\1[gone]', 'g'))::jsonb,
  privacy_notice_version = regexp_replace(privacy_notice_version, $1, '\1[gone]', 'g'), assignee = regexp_replace(assignee,
  $1, '\1[gone]', 'g'), spam_reasons = (regexp_replace(spam_reasons::text, $1, '\1[gone]', 'g'))::jsonb, version =
  version + 1, updated_at = now(), search_words = made.made_search_words::tsvector, search_text =
  made.made_search_text::text
FROM unnest($2::uuid[], $3::text[], $4::text[]) AS made (made_id, made_search_words, made_search_text)
WHERE id = made_id;
DELETE FROM idempotency_record
WHERE id = ANY ($1::uuid[]);
CLOSE batches;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, NULL AS "ownAddress"
FROM inquiry_activity
WHERE addresses @@ $1::tsquery OR (kind = 'assignee' AND from_value = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT from_value AS value
    FROM inquiry_activity
    WHERE kind = 'assignee' AND from_value IS NOT NULL
    ORDER BY from_value
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT from_value
    FROM inquiry_activity
    WHERE kind = 'assignee' AND from_value > listed.value
    ORDER BY from_value
    LIMIT 1
  ) FROM listed WHERE listed.value IS NOT NULL )
  SELECT listed.value
  FROM listed
  WHERE listed.value ~ $2
)))
ORDER BY id
FOR UPDATE;
FETCH 100
FROM batches;
SELECT id, regexp_replace(note, $1, '\1[gone]', 'g') AS "note", regexp_replace(from_value, $1, '\1[gone]', 'g') AS
  "from", regexp_replace(to_value, $1, '\1[gone]', 'g') AS "to", regexp_replace(actor, $1, '\1[gone]', 'g') AS "actor"
FROM inquiry_activity
WHERE id = ANY ($2::uuid[]) AND (note ~ $1 OR from_value ~ $1 OR to_value ~ $1 OR actor ~ $1);
UPDATE inquiry_activity
SET note = regexp_replace(note, $1, '\1[gone]', 'g'), from_value = regexp_replace(from_value, $1, '\1[gone]', 'g'),
  to_value = regexp_replace(to_value, $1, '\1[gone]', 'g'), actor = regexp_replace(actor, $1, '\1[gone]', 'g'),
  addresses = made.made_addresses::tsvector
FROM unnest($2::uuid[], $3::text[]) AS made (made_id, made_addresses)
WHERE id = made_id;
DELETE FROM idempotency_record
WHERE id = ANY ($1::uuid[]);
CLOSE batches;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, NULL AS "ownAddress"
FROM subscription
WHERE addresses @@ $1::tsquery
ORDER BY id
FOR UPDATE;
FETCH 100
FROM batches;
CLOSE batches;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, NULL AS "ownAddress"
FROM subscription_consent
WHERE addresses @@ $1::tsquery
ORDER BY id
FOR UPDATE;
FETCH 100
FROM batches;
CLOSE batches;
INSERT INTO privacy_audit (id, kind, actor, request_id, counts, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE
SET counts = excluded.counts;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, NULL AS "ownAddress"
FROM privacy_audit
WHERE (true AND actor = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT actor AS value
    FROM privacy_audit
    WHERE true AND actor IS NOT NULL
    ORDER BY actor
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT actor
    FROM privacy_audit
    WHERE true AND actor > listed.value
    ORDER BY actor
    LIMIT 1
  ) FROM listed WHERE listed.value IS NOT NULL )
  SELECT listed.value
  FROM listed
  WHERE listed.value ~ $1
)))
ORDER BY id
FOR UPDATE;
FETCH 100
FROM batches;
CLOSE batches;
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
WITH removed AS (
  DELETE FROM subscription
  WHERE email_normalized = $1
  RETURNING id
), history AS (
  DELETE FROM subscription_consent
  WHERE subscription_id = ANY (ARRAY(SELECT id FROM removed))
  RETURNING id
), forgotten AS (
  DELETE FROM idempotency_record
  WHERE id = ANY (ARRAY(
    SELECT id
    FROM removed
    UNION ALL
    SELECT id
    FROM history
  ))
)
SELECT count(*)::int AS removed
FROM removed;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, email AS "ownAddress"
FROM inquiry
WHERE search_words @@ $1::tsquery OR (true AND assignee = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT assignee AS value
    FROM inquiry
    WHERE true AND assignee IS NOT NULL
    ORDER BY assignee
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT assignee
    FROM inquiry
    WHERE true AND assignee > listed.value
    ORDER BY assignee
    LIMIT 1
  ) FROM listed WHERE listed.value IS NOT NULL )
  SELECT listed.value
  FROM listed
  WHERE listed.value ~ $2
)))
ORDER BY id
FOR UPDATE;
FETCH 100
FROM batches;
DELETE FROM inquiry_activity
WHERE inquiry_id = ANY ($1::uuid[]);
DELETE FROM inquiry
WHERE id = ANY ($1::uuid[]);
DELETE FROM idempotency_record
WHERE id = ANY ($1::uuid[]);
CLOSE batches;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, NULL AS "ownAddress"
FROM inquiry_activity
WHERE addresses @@ $1::tsquery OR (kind = 'assignee' AND from_value = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT from_value AS value
    FROM inquiry_activity
    WHERE kind = 'assignee' AND from_value IS NOT NULL
    ORDER BY from_value
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT from_value
    FROM inquiry_activity
    WHERE kind = 'assignee' AND from_value > listed.value
    ORDER BY from_value
    LIMIT 1
  ) FROM listed WHERE listed.value IS NOT NULL )
  SELECT listed.value
  FROM listed
  WHERE listed.value ~ $2
)))
ORDER BY id
FOR UPDATE;
FETCH 100
FROM batches;
CLOSE batches;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, NULL AS "ownAddress"
FROM subscription
WHERE addresses @@ $1::tsquery
ORDER BY id
FOR UPDATE;
FETCH 100
FROM batches;
SELECT id, regexp_replace(locale, $1, '\1[gone]', 'g') AS "locale", regexp_replace(consent_version, $1, '\1[gone]', 'g')
  AS "consentVersion", regexp_replace(source_url, $1, '\1[gone]', 'g') AS "sourceUrl"
FROM subscription
WHERE id = ANY ($2::uuid[]) AND (locale ~ $1 OR consent_version ~ $1 OR source_url ~ $1);
UPDATE subscription
SET locale = regexp_replace(locale, $1, '\1[gone]', 'g'), consent_version = regexp_replace(consent_version, $1,
  '\1[gone]', 'g'), source_url = regexp_replace(source_url, $1, '\1[gone]', 'g'), addresses =
  made.made_addresses::tsvector
FROM unnest($2::uuid[], $3::text[]) AS made (made_id, made_addresses)
WHERE id = made_id;
DELETE FROM idempotency_record
WHERE id = ANY ($1::uuid[]);
CLOSE batches;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, NULL AS "ownAddress"
FROM subscription_consent
WHERE addresses @@ $1::tsquery
ORDER BY id
FOR UPDATE;
FETCH 100
FROM batches;
SELECT id, regexp_replace(consent_version, $1, '\1[gone]', 'g') AS "consentVersion", regexp_replace(actor, $1,
  '\1[gone]', 'g') AS "actor", regexp_replace(reason, $1, '\1[gone]', 'g') AS "reason"
FROM subscription_consent
WHERE id = ANY ($2::uuid[]) AND (consent_version ~ $1 OR actor ~ $1 OR reason ~ $1);
UPDATE subscription_consent
SET consent_version = regexp_replace(consent_version, $1, '\1[gone]', 'g'), actor = regexp_replace(actor, $1, '\1[gone]',
  'g'), reason = regexp_replace(reason, $1, '\1[gone]', 'g'), addresses = made.made_addresses::tsvector
FROM unnest($2::uuid[], $3::text[]) AS made (made_id, made_addresses)
WHERE id = made_id;
DELETE FROM idempotency_record
WHERE id = ANY ($1::uuid[]);
CLOSE batches;
INSERT INTO privacy_audit (id, kind, actor, request_id, counts, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE
SET counts = excluded.counts;
SET LOCAL cursor_tuple_fraction = 1;
DECLARE batches NO SCROLL CURSOR FOR SELECT id, NULL AS "ownAddress"
FROM privacy_audit
WHERE (true AND actor = ANY (ARRAY(
  WITH RECURSIVE listed AS ( (
    SELECT actor AS value
    FROM privacy_audit
    WHERE true AND actor IS NOT NULL
    ORDER BY actor
    LIMIT 1
  ) UNION ALL SELECT (
    SELECT actor
    FROM privacy_audit
    WHERE true AND actor > listed.value
    ORDER BY actor
    LIMIT 1
  ) FROM listed WHERE listed.value IS NOT NULL )
  SELECT listed.value
  FROM listed
  WHERE listed.value ~ $1
)))
ORDER BY id
FOR UPDATE;
FETCH 100
FROM batches;
CLOSE batches;
COMMIT;
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL statement_timeout = 30000;
SELECT outreach_analyze_search_words();
COMMIT;
