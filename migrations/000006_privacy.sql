-- Erasure, subject exports and retention: who did what when, without personal data, and the indexes that they read by.
SET LOCAL lock_timeout = '2s';

-- Never updated or deleted, but for two things: a retention run adds to its own row with each batch, and an erasure
-- takes the erased address out of `actor`, for issuers that use addresses as subjects.
CREATE TABLE privacy_audit (
  id         uuid PRIMARY KEY, -- version 7, so that it sorts by time
  kind       text NOT NULL,
  actor      text NOT NULL, -- `sub` of the token; `npm run retention` for the command
  request_id text, -- of the answer and the log; null for the command
  counts     jsonb NOT NULL, -- numbers only
  created_at timestamptz(3) NOT NULL,

  CONSTRAINT privacy_audit_kind_check CHECK (kind IN ('erasure', 'subject_export', 'retention')),
  CONSTRAINT privacy_audit_request_id_check CHECK (request_id ~ '^[A-Za-z0-9_.-]{8,64}$'),
  CONSTRAINT privacy_audit_counts_check CHECK (
    jsonb_typeof(counts) = 'object' AND NOT jsonb_path_exists(counts, '$.* ? (@.type() <> "number")')
  )
);

-- Somebody else's address in texts. Few texts hold any address at all, so the trigrams are of those only, and a text
-- without one costs an insert next to nothing. `%40` is an @ inside a URL.
-- array_to_string() is STABLE for other types' sake; for text it is IMMUTABLE, which an index needs.
CREATE FUNCTION outreach_quotable(VARIADIC text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT lower(array_to_string($1, E'\n')) $$;

CREATE INDEX inquiry_quotable_idx ON inquiry
  USING gin (outreach_quotable(name, phone, company, subject, message, locale, source_url, metadata::text,
                               privacy_notice_version, assignee, spam_reasons::text, idempotency_key) gin_trgm_ops)
  WHERE outreach_quotable(name, phone, company, subject, message, locale, source_url, metadata::text,
                          privacy_notice_version, assignee, spam_reasons::text, idempotency_key) ~ '@|%40';
CREATE INDEX inquiry_activity_quotable_idx ON inquiry_activity
  USING gin (outreach_quotable(note, from_value, to_value, actor) gin_trgm_ops)
  WHERE outreach_quotable(note, from_value, to_value, actor) ~ '@|%40';
CREATE INDEX subscription_quotable_idx ON subscription
  USING gin (outreach_quotable(locale, consent_version, source_url) gin_trgm_ops)
  WHERE outreach_quotable(locale, consent_version, source_url) ~ '@|%40';

-- Retention: what has not changed for so many days, by status, a batch at a time.
CREATE INDEX inquiry_status_updated_at_idx ON inquiry (status, updated_at, id);
CREATE INDEX subscription_status_updated_at_idx ON subscription (status, updated_at, id);
CREATE INDEX inquiry_idempotency_created_at_idx ON inquiry (created_at, id) WHERE idempotency_key IS NOT NULL;

-- That an idempotency key has expired is no change that anybody can see, so the feed of changes does not tell it.
DROP TRIGGER inquiry_mark_changed ON inquiry;
CREATE TRIGGER inquiry_mark_changed BEFORE UPDATE ON inquiry
  FOR EACH ROW
  WHEN (NEW.version <> OLD.version OR NEW.idempotency_key IS NOT DISTINCT FROM OLD.idempotency_key)
  EXECUTE FUNCTION inquiry_mark_changed();
