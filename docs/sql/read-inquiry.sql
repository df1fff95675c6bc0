-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- GET /inquiries/{id}
SELECT id AS "id", topic AS "topic", name AS "name", email AS "email", phone AS "phone", company AS "company", subject
  AS "subject", message AS "message", locale AS "locale", source_url AS "sourceUrl", metadata AS "metadata",
  privacy_notice_version AS "privacyNoticeVersion", status AS "status", assignee AS "assignee", spam_reasons AS
  "spamReasons", version AS "version", created_at AS "createdAt", updated_at AS "updatedAt"
FROM inquiry
WHERE id = $1::uuid;

-- GET /inquiries/{id}; a token of sales
SELECT id AS "id", topic AS "topic", name AS "name", email AS "email", phone AS "phone", company AS "company", subject
  AS "subject", message AS "message", locale AS "locale", source_url AS "sourceUrl", metadata AS "metadata",
  privacy_notice_version AS "privacyNoticeVersion", status AS "status", assignee AS "assignee", spam_reasons AS
  "spamReasons", version AS "version", created_at AS "createdAt", updated_at AS "updatedAt"
FROM inquiry
WHERE topic = $1::text AND id = $2::uuid;
