-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- POST /subscriptions
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

-- POST /subscriptions; with an Idempotency-Key
WITH claimed AS (
  INSERT INTO idempotency_record (digest, id)
  VALUES ($14, $1)
  ON CONFLICT (digest) DO NOTHING
  RETURNING id
), ensured AS (
  INSERT INTO subscription (id, email, email_normalized, list, locale, consent_version, consent_text_sha256,
    consented_at, source_url, created_at, updated_at, addresses, status)
  SELECT $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::timestamptz, $9::text, $8, $8,
    $10::tsvector, $13::subscription_status
  FROM claimed
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

-- GET /subscriptions
SELECT *
FROM (
  SELECT id, email, list, locale, status, consent_version AS "consentVersion", consent_text_sha256 AS
    "consentTextSha256", consented_at AS "consentedAt", source_url AS "sourceUrl", unsubscribed_at AS "unsubscribedAt",
    version, created_at AS "createdAt", updated_at AS "updatedAt"
  FROM subscription
  ORDER BY id DESC
  LIMIT 101
) AS page
LIMIT (SELECT $1::int)::int;

-- GET /subscriptions?limit=1&total=true
SELECT *
FROM (
  SELECT id, email, list, locale, status, consent_version AS "consentVersion", consent_text_sha256 AS
    "consentTextSha256", consented_at AS "consentedAt", source_url AS "sourceUrl", unsubscribed_at AS "unsubscribedAt",
    version, created_at AS "createdAt", updated_at AS "updatedAt"
  FROM subscription
  ORDER BY id DESC
  LIMIT 101
) AS page
LIMIT (SELECT $1::int)::int;
SELECT 'active' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM subscription
  WHERE status = 'active'
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'pending' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM subscription
  WHERE status = 'pending'
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'unsubscribed' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM subscription
  WHERE status = 'unsubscribed'
  LIMIT 100000
) AS matching;

-- GET /subscriptions?status=active&order=oldest
SELECT *
FROM (
  SELECT id, email, list, locale, status, consent_version AS "consentVersion", consent_text_sha256 AS
    "consentTextSha256", consented_at AS "consentedAt", source_url AS "sourceUrl", unsubscribed_at AS "unsubscribedAt",
    version, created_at AS "createdAt", updated_at AS "updatedAt"
  FROM unnest((SELECT $2::subscription_status[])::subscription_status[]) AS stream_status
  CROSS JOIN LATERAL (
    SELECT *
    FROM (
      SELECT *
      FROM subscription
      WHERE status IS NOT NULL AND (status, id) >= (stream_status, (SELECT $3::uuid)::uuid) AND (status, id) <= (stream_status,
        (SELECT $4::uuid)::uuid)
      ORDER BY status ASC, id ASC
      LIMIT 101
    ) AS page
    LIMIT (SELECT $1::int)::int
  ) AS subscription
  ORDER BY id ASC
  LIMIT 101
) AS page
LIMIT (SELECT $1::int)::int;

-- GET /subscriptions?list=newsletter
SELECT *
FROM (
  SELECT id, email, list, locale, status, consent_version AS "consentVersion", consent_text_sha256 AS
    "consentTextSha256", consented_at AS "consentedAt", source_url AS "sourceUrl", unsubscribed_at AS "unsubscribedAt",
    version, created_at AS "createdAt", updated_at AS "updatedAt"
  FROM unnest((SELECT $2::text[])::text[]) AS stream_list
  CROSS JOIN LATERAL (
    SELECT *
    FROM (
      SELECT *
      FROM subscription
      WHERE list IS NOT NULL AND (list, id) >= (stream_list, (SELECT $3::uuid)::uuid) AND (list, id) <= (stream_list, (SELECT
        $4::uuid)::uuid)
      ORDER BY list DESC, id DESC
      LIMIT 101
    ) AS page
    LIMIT (SELECT $1::int)::int
  ) AS subscription
  ORDER BY id DESC
  LIMIT 101
) AS page
LIMIT (SELECT $1::int)::int;

-- POST /subscriptions/search
SELECT id, email, list, locale, status, consent_version AS "consentVersion", consent_text_sha256 AS "consentTextSha256",
  consented_at AS "consentedAt", source_url AS "sourceUrl", unsubscribed_at AS "unsubscribedAt", version, created_at AS
  "createdAt", updated_at AS "updatedAt"
FROM subscription
WHERE email_normalized = $1
ORDER BY id DESC
LIMIT $2;

-- GET /subscriptions/count
SELECT 'active' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM subscription
  WHERE status = 'active'
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'pending' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM subscription
  WHERE status = 'pending'
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'unsubscribed' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM subscription
  WHERE status = 'unsubscribed'
  LIMIT 100000
) AS matching;

-- GET /subscriptions/count?status=active
SELECT 'active' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM subscription
  WHERE status = 'active' AND status = $1::subscription_status
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'pending' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM subscription
  WHERE status = 'pending' AND status = $1::subscription_status
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'unsubscribed' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM subscription
  WHERE status = 'unsubscribed' AND status = $1::subscription_status
  LIMIT 100000
) AS matching;

-- GET /subscriptions/{id}
SELECT "id","email","email_normalized","list","locale","status","consent_version","consent_text_sha256","consented_at","source_url","unsubscribed_at","version","created_at","updated_at","addresses"
FROM "public"."subscription"
WHERE "id"=$1
ORDER BY "id"
LIMIT 1;

-- PATCH /subscriptions/{id}
WITH changed AS (
  UPDATE subscription
  SET status = $2::subscription_status, unsubscribed_at = CASE WHEN $2 = 'unsubscribed' THEN $3::timestamptz END,
    updated_at = $3, version = version + 1
  WHERE id = $1 AND status = ANY ($4::subscription_status[]) AND ($5::int[] IS NULL OR version = ANY ($5))
  RETURNING *
), noted AS (
  INSERT INTO subscription_consent (id, subscription_id, kind, method, consent_version, consent_text_sha256, actor,
    reason, created_at, addresses)
  SELECT $6, id, (CASE WHEN $2 = 'active' THEN 'confirmed' ELSE 'withdrawn' END)::consent_kind, 'back_office',
    consent_version, consent_text_sha256, $7, $8, $3, nullif(coalesce(addresses, '') || coalesce($9::tsvector, ''), '')
  FROM changed
)
SELECT id, email, list, locale, status, consent_version AS "consentVersion", consent_text_sha256 AS "consentTextSha256",
  consented_at AS "consentedAt", source_url AS "sourceUrl", unsubscribed_at AS "unsubscribedAt", version, created_at AS
  "createdAt", updated_at AS "updatedAt"
FROM changed;

-- GET /subscriptions/{id}/consents
SELECT id, subscription_id AS "subscriptionId", kind, method, consent_version AS "consentVersion", consent_text_sha256
  AS "consentTextSha256", actor, reason, created_at AS "createdAt"
FROM subscription_consent
WHERE subscription_id = $1
ORDER BY created_at DESC, id DESC
LIMIT $2;

-- POST /subscriptions; of an address that has left
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

-- GET /subscriptions/recipients?status=pending
SELECT *
FROM (
  SELECT id, email, list, locale, status, consent_version AS "consentVersion", consent_text_sha256 AS
    "consentTextSha256", consented_at AS "consentedAt", source_url AS "sourceUrl", unsubscribed_at AS "unsubscribedAt",
    version, created_at AS "createdAt", updated_at AS "updatedAt"
  FROM unnest((SELECT $2::subscription_status[])::subscription_status[]) AS stream_status
  CROSS JOIN LATERAL (
    SELECT *
    FROM (
      SELECT *
      FROM subscription
      WHERE status IS NOT NULL AND (status, id) >= (stream_status, (SELECT $3::uuid)::uuid) AND (status, id) <= (stream_status,
        (SELECT $4::uuid)::uuid)
      ORDER BY status DESC, id DESC
      LIMIT 101
    ) AS page
    LIMIT (SELECT $1::int)::int
  ) AS subscription
  ORDER BY id DESC
  LIMIT 101
) AS page
LIMIT (SELECT $1::int)::int;

-- GET /subscriptions/confirm
-- (none)

-- POST /subscriptions/confirm
WITH changed AS (
  UPDATE subscription
  SET status = 'active', unsubscribed_at = NULL, updated_at = $2, version = version + 1
  WHERE id = $1 AND status = 'pending' AND consented_at = $4
  RETURNING *
), noted AS (
  INSERT INTO subscription_consent (id, subscription_id, kind, method, consent_version, consent_text_sha256, created_at,
    addresses)
  SELECT $3, id, 'confirmed', 'link', consent_version, consent_text_sha256, $2, addresses
  FROM changed
)
SELECT id
FROM changed;

-- POST /subscriptions/confirm; the same again
WITH changed AS (
  UPDATE subscription
  SET status = 'active', unsubscribed_at = NULL, updated_at = $2, version = version + 1
  WHERE id = $1 AND status = 'pending' AND consented_at = $4
  RETURNING *
), noted AS (
  INSERT INTO subscription_consent (id, subscription_id, kind, method, consent_version, consent_text_sha256, created_at,
    addresses)
  SELECT $3, id, 'confirmed', 'link', consent_version, consent_text_sha256, $2, addresses
  FROM changed
)
SELECT id
FROM changed;
SELECT id
FROM subscription
WHERE id = $1 AND status = 'active' AND consented_at = $2;

-- GET /subscriptions/unsubscribe
-- (none)

-- POST /subscriptions/unsubscribe
WITH changed AS (
  UPDATE subscription
  SET status = 'unsubscribed', unsubscribed_at = $2, updated_at = $2, version = version + 1
  WHERE id = $1 AND status <> 'unsubscribed'
  RETURNING *
), noted AS (
  INSERT INTO subscription_consent (id, subscription_id, kind, method, consent_version, consent_text_sha256, created_at,
    addresses)
  SELECT $3, id, 'withdrawn', $4::consent_method, consent_version, consent_text_sha256, $2, addresses
  FROM changed
)
SELECT id
FROM changed;

-- GET /subscriptions/export.csv
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL max_parallel_workers_per_gather = 0;
SET LOCAL random_page_cost = 1.1;
DO $$ BEGIN SET LOCAL client_connection_check_interval = '5s'; EXCEPTION WHEN OTHERS THEN NULL; END $$;
SELECT count(*)::int AS count
FROM subscription;
SELECT;
SET LOCAL statement_timeout = 1800000;
COPY (
  SELECT "id" AS "id", CASE WHEN "email"::text ~ E'^([\t\r]|[ \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*[-=+@＝＋－＠]
)' OR "email"::text ~ '^(0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+)$' THEN '''' || regexp_replace("email"::text, E'([,;\t\r\n][
  \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*)([-=+@＝＋－＠])', '\1''\2', 'g') ELSE regexp_replace("email"::text, E'([,;\t\r\n][ \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*)([-=+@＝＋－＠])',
  '\1''\2', 'g') END AS "email", CASE WHEN "list"::text ~ E'^([\t\r]|[ \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*[-=+@＝＋－＠])' OR "list"::text ~ '^(0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+)$' THEN '''' || regexp_replace("list"::text, E'([,;\t\r\n][
  \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*)([-=+@＝＋－＠])', '\1''\2', 'g') ELSE regexp_replace("list"::text, E'([,;\t\r\n][ \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*)([-=+@＝＋－＠])',
  '\1''\2', 'g') END AS "list", CASE WHEN "locale"::text ~ E'^([\t\r]|[ \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*[-=+@＝＋－＠])' OR "locale"::text ~ '^(0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+)$' THEN '''' || regexp_replace("locale"::text, E'([,;\t\r\n][
  \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*)([-=+@＝＋－＠])', '\1''\2', 'g') ELSE regexp_replace("locale"::text, E'([,;\t\r\n][ \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*)([-=+@＝＋－＠])',
  '\1''\2', 'g') END AS "locale", "status" AS "status", CASE WHEN "consentVersion"::text ~ E'^([\t\r]|[ \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*[-=+@＝＋－＠])' OR "consentVersion"::text ~ '^(0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+)$' THEN '''' || regexp_replace("consentVersion"::text, E'([,;\t\r\n][
  \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*)([-=+@＝＋－＠])', '\1''\2', 'g') ELSE regexp_replace("consentVersion"::text, E'([,;\t\r\n][ \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*)([-=+@＝＋－＠])',
  '\1''\2', 'g') END AS "consentVersion", CASE WHEN "consentTextSha256"::text ~ E'^([\t\r]|[ \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*[-=+@＝＋－＠])' OR "consentTextSha256"::text ~ '^(0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+)$' THEN '''' || regexp_replace("consentTextSha256"::text, E'([,;\t\r\n][
  \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*)([-=+@＝＋－＠])', '\1''\2', 'g') ELSE regexp_replace("consentTextSha256"::text, E'([,;\t\r\n][ \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*)([-=+@＝＋－＠])',
  '\1''\2', 'g') END AS "consentTextSha256", to_char("consentedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  AS "consentedAt", CASE WHEN "sourceUrl"::text ~ E'^([\t\r]|[ \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*[-=+@＝＋－＠])' OR "sourceUrl"::text ~ '^(0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+)$' THEN '''' || regexp_replace("sourceUrl"::text, E'([,;\t\r\n][
  \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*)([-=+@＝＋－＠])', '\1''\2', 'g') ELSE regexp_replace("sourceUrl"::text, E'([,;\t\r\n][ \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*)([-=+@＝＋－＠])',
  '\1''\2', 'g') END AS "sourceUrl", to_char("unsubscribedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS
  "unsubscribedAt", "version" AS "version", to_char("createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS
  "createdAt", to_char("updatedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "updatedAt"
FROM (
  SELECT id, email, list, locale, status, consent_version AS "consentVersion", consent_text_sha256 AS
    "consentTextSha256", consented_at AS "consentedAt", source_url AS "sourceUrl", unsubscribed_at AS "unsubscribedAt",
    version, created_at AS "createdAt", updated_at AS "updatedAt"
  FROM subscription
  ORDER BY id DESC
) AS listed) TO STDOUT
WITH (FORMAT csv, DELIMITER ',', HEADER true, FORCE_QUOTE *);
