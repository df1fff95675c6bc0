-- Inquiries. Text lengths are checked here too: the application explains the rules, the database enforces them.
SET LOCAL lock_timeout = '2s';

CREATE TABLE inquiry (
  id                     uuid PRIMARY KEY, -- version 7, made by the application, so that the answer needs no read back
  topic                  text NOT NULL,
  name                   text NOT NULL,
  email                  text NOT NULL, -- as typed
  email_normalized       text NOT NULL, -- lower case
  phone                  text,
  company                text,
  subject                text,
  message                text NOT NULL,
  locale                 text,
  source_url             text, -- without query and fragment
  metadata               jsonb,
  privacy_notice_version text,
  status                 text NOT NULL DEFAULT 'new',
  assignee               text,
  spam_reasons           jsonb NOT NULL DEFAULT '[]',
  idempotency_key        text,
  request_hash           bytea, -- SHA-256 of the submission; set with idempotency_key
  version                integer NOT NULL DEFAULT 1,
  -- Milliseconds, as JavaScript's Date has them: a keyset cursor must name a row's time exactly.
  created_at             timestamptz(3) NOT NULL,
  updated_at             timestamptz(3) NOT NULL,
  -- The transaction that wrote the row last: commit order for the feed of changes, without a lock.
  changed_xid            xid8 NOT NULL DEFAULT pg_current_xact_id(),

  CONSTRAINT inquiry_topic_check CHECK (topic ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  CONSTRAINT inquiry_name_check CHECK (char_length(name) BETWEEN 1 AND 120),
  CONSTRAINT inquiry_email_check CHECK (char_length(email) BETWEEN 3 AND 254),
  CONSTRAINT inquiry_email_normalized_check CHECK (email_normalized = lower(email_normalized)),
  CONSTRAINT inquiry_phone_check CHECK (char_length(phone) <= 32),
  CONSTRAINT inquiry_company_check CHECK (char_length(company) <= 160),
  CONSTRAINT inquiry_subject_check CHECK (char_length(subject) <= 200),
  CONSTRAINT inquiry_message_check CHECK (char_length(message) BETWEEN 1 AND 5000),
  CONSTRAINT inquiry_locale_check CHECK (char_length(locale) <= 35),
  CONSTRAINT inquiry_source_url_check CHECK (char_length(source_url) <= 2048),
  CONSTRAINT inquiry_metadata_check CHECK (jsonb_typeof(metadata) = 'object' AND octet_length(metadata::text) <= 8192),
  CONSTRAINT inquiry_status_check CHECK (status IN ('new', 'in_progress', 'resolved', 'spam')),
  CONSTRAINT inquiry_idempotency_check CHECK ((idempotency_key IS NULL) = (request_hash IS NULL)),
  CONSTRAINT inquiry_version_check CHECK (version >= 1)
);

CREATE UNIQUE INDEX inquiry_idempotency_key_key ON inquiry (idempotency_key) WHERE idempotency_key IS NOT NULL;

-- Keyset pages: by time alone, and within one status, topic or assignee. Each is read in both directions.
CREATE INDEX inquiry_created_at_idx ON inquiry (created_at, id);
CREATE INDEX inquiry_status_created_at_idx ON inquiry (status, created_at, id);
CREATE INDEX inquiry_topic_created_at_idx ON inquiry (topic, created_at, id);
CREATE INDEX inquiry_assignee_created_at_idx ON inquiry (assignee, created_at, id) WHERE assignee IS NOT NULL;
CREATE INDEX inquiry_changed_xid_idx ON inquiry (changed_xid, id);

CREATE FUNCTION inquiry_mark_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_xid := pg_current_xact_id();
  RETURN NEW;
END
$$;

CREATE TRIGGER inquiry_mark_changed BEFORE UPDATE ON inquiry
  FOR EACH ROW EXECUTE FUNCTION inquiry_mark_changed();
