-- The schema of the first release: each table, column and index with its reason.
--
-- What must be true is enforced by types first. PostgreSQL prepares a CHECK of a table, a generated column and the predicate
-- of an index anew for every statement, and the check of a domain once in a session; the length of a varchar(n) and the
-- values of an enum cost nothing. `npm run bench -- insert` counts what storing an inquiry costs.

SET LOCAL lock_timeout = '2s';

-- Trusted: the owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- An id is a UUID of version 7, made by the application, and created_at is its time. So the order of ids is the order of
-- time: pages, ranges of time and retention read along ids, and no index of an inquiry has a time of creation.

CREATE DOMAIN slug AS varchar(40) CHECK (VALUE ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$');
CREATE DOMAIN person_name AS varchar(120) CHECK (VALUE <> '');
CREATE DOMAIN email_address AS varchar(254) CHECK (length(VALUE) >= 3);
CREATE DOMAIN message_text AS varchar(5000) CHECK (VALUE <> '');
CREATE DOMAIN version_name AS varchar(64) CHECK (VALUE <> '');
-- An object as JSON, of 4 KB as the application counts; PostgreSQL writes a blank behind each comma and colon.
CREATE DOMAIN flat_metadata AS jsonb CHECK (jsonb_typeof(VALUE) = 'object' AND octet_length(VALUE::text) <= 8192);
CREATE DOMAIN row_version AS integer CHECK (VALUE >= 1);
-- In the form of src/contract/email-address.ts. ASCII in lower case, whatever the database's locale.
CREATE DOMAIN canonical_email_address AS varchar(254) CHECK (length(VALUE) >= 3 AND VALUE = lower(VALUE COLLATE "C"));
CREATE DOMAIN sha256_hex AS varchar(64) CHECK (VALUE ~ '^[0-9a-f]{64}$');
CREATE TYPE inquiry_status AS ENUM ('new', 'in_progress', 'resolved', 'spam');
CREATE TYPE subscription_status AS ENUM ('active', 'pending', 'unsubscribed');
CREATE TYPE inquiry_activity_kind AS ENUM ('status', 'assignee', 'topic', 'note');
CREATE TYPE privacy_audit_kind AS ENUM ('erasure', 'subject_export', 'retention');

-- Inquiries ---------------------------------------------------------------------------------------------------------

CREATE TABLE inquiry (
  id                     uuid PRIMARY KEY,
  topic                  slug NOT NULL,
  name                   person_name NOT NULL,
  email                  email_address NOT NULL, -- as typed
  phone                  varchar(32),
  company                varchar(160),
  subject                varchar(200),
  message                message_text NOT NULL,
  locale                 varchar(35),
  source_url             varchar(2048), -- without query and fragment
  metadata               flat_metadata,
  privacy_notice_version varchar(64),
  status                 inquiry_status NOT NULL DEFAULT 'new',
  assignee               text,
  spam_reasons           jsonb NOT NULL DEFAULT '[]',
  version                row_version NOT NULL DEFAULT 1,
  -- Milliseconds, as JavaScript's Date and the id have them.
  created_at             timestamptz(3) NOT NULL,
  updated_at             timestamptz(3) NOT NULL,
  -- The transaction that wrote the row last: commit order for the feed of changes, without a lock.
  changed_xid            xid8 NOT NULL DEFAULT pg_current_xact_id(),
  -- The transaction that stored the row, once another one has written it: the feed tells each inquiry as new exactly once,
  -- however soon it is changed. Null while that is changed_xid.
  created_xid            xid8,
  -- What the search reads, folded and parted by the application (src/repositories/query/search-words.ts). The first: the words of
  -- phone and message, the phone numbers in these two, the addresses in all texts, a key of each value of metadata,
  -- and what scripts without blanks and emoji are in the short texts. The second: all other words of name, email, company and subject, of which parts are looked for.
  search_words           tsvector NOT NULL,
  search_text            text COLLATE "C" NOT NULL
);

-- Each of these is a sorted range of ids, read in both directions: a page of a status, of a topic within a status, of an
-- assignee within a status; without one, as many ranges as there are statuses. An assignee of null is nobody.
CREATE INDEX inquiry_status_idx ON inquiry (status, id);
CREATE INDEX inquiry_topic_status_idx ON inquiry (topic, status, id);
CREATE INDEX inquiry_assignee_status_idx ON inquiry (assignee, status, id);
-- An assignee within the topics of a claim, so that nothing of theirs in other topics is read. No visitor waits for it:
-- nothing is assigned when it is stored.
CREATE INDEX inquiry_assignee_topic_status_idx ON inquiry (assignee, topic, status, id) WHERE assignee IS NOT NULL;
-- Ranges of updates, in each status, and retention: what has not changed for so many days.
CREATE INDEX inquiry_status_updated_at_idx ON inquiry (status, updated_at, id);
-- The feed of changes: in the order of what was written last, and where what was changed meanwhile was stored.
CREATE INDEX inquiry_changed_xid_idx ON inquiry (changed_xid, id);
CREATE INDEX inquiry_created_xid_idx ON inquiry (created_xid, id) WHERE created_xid IS NOT NULL;
-- The search; by the words also erasure and subject exports. Each row's entries are appended to a list of pending ones, and
-- merged into the index many at a time, which takes half of what a few do. Whoever fills a list merges it, and the rows of
-- that INSERT wait: up to 90 ms at this size. So REST asks for a merge before that.
CREATE INDEX inquiry_search_words_idx ON inquiry USING gin (search_words) WITH (gin_pending_list_limit = 4096);
CREATE INDEX inquiry_search_text_idx ON inquiry USING gin (search_text gin_trgm_ops) WITH (gin_pending_list_limit = 4096);

-- Merges what is pending, which only the owner of an index may. Nobody waits for it.
CREATE FUNCTION outreach_merge_search() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM gin_clean_pending_list('public.inquiry_search_words_idx');
  PERFORM gin_clean_pending_list('public.inquiry_search_text_idx');
END
$$;

CREATE FUNCTION inquiry_mark_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.created_xid := coalesce(OLD.created_xid, OLD.changed_xid);
  NEW.changed_xid := pg_current_xact_id();
  RETURN NEW;
END
$$;
CREATE TRIGGER inquiry_mark_changed BEFORE UPDATE ON inquiry
  FOR EACH ROW EXECUTE FUNCTION inquiry_mark_changed();

-- What makes a repeated submission harmless, for both public routes; only a request with a key pays for it. Kept for 7 days,
-- removed by `npm run retention`. No key and no body can be read out of a digest, and nothing refers to its row: what was
-- answered stays answered, whatever becomes of it.
CREATE TABLE idempotency_record (
  digest bytea PRIMARY KEY, -- SHA-256 of key and body (src/services/idempotency.ts)
  id     uuid NOT NULL -- of the inquiry; of a subscription as it would be, were it not there already
);
-- Retention, and erasure, which forgets the records of what it removes.
CREATE INDEX idempotency_record_id_idx ON idempotency_record (id);

-- Who changed what: written in the transaction of the change, never updated or deleted but by erasure and retention.
CREATE TABLE inquiry_activity (
  id         uuid PRIMARY KEY,
  inquiry_id uuid NOT NULL REFERENCES inquiry (id) ON DELETE CASCADE,
  kind       inquiry_activity_kind NOT NULL,
  actor      text NOT NULL, -- `sub` of the token
  from_value text,
  to_value   text,
  note       varchar(5000),
  -- Of PostgreSQL's clock while the inquiry is locked: the order of the changes, which ids made before that need not have.
  created_at timestamptz(3) NOT NULL,
  -- The addresses that the texts mention; null for none. That of an assignee who was replaced need not be among them.
  addresses  tsvector,

  CONSTRAINT inquiry_activity_note_check CHECK ((kind = 'note') = (note IS NOT NULL) AND note <> '')
);
-- The log of an inquiry.
CREATE INDEX inquiry_activity_inquiry_id_idx ON inquiry_activity (inquiry_id, created_at, id);
-- Erasure and subject exports: texts that quote an address. Few do, so the index is small.
CREATE INDEX inquiry_activity_addresses_idx ON inquiry_activity USING gin (addresses) WHERE addresses IS NOT NULL;
-- And who was replaced as an assignee, which is not known before it is done. Few people are assigned: each name is looked at.
CREATE INDEX inquiry_activity_from_value_idx ON inquiry_activity (from_value) WHERE kind = 'assignee' AND from_value IS NOT NULL;

-- What was written about a change stays as it was written, but that an erasure takes an address out of texts that quote it
-- and says so for its transaction: SET LOCAL outreach.erasure = 'on'.
CREATE FUNCTION inquiry_activity_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('outreach.erasure', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'inquiry_activity is append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER inquiry_activity_append_only BEFORE UPDATE ON inquiry_activity
  FOR EACH STATEMENT EXECUTE FUNCTION inquiry_activity_refuse_update();

-- The feed of changes -------------------------------------------------------------------------------------------------

-- What left a topic: deleted, or moved to another one. No content, so nothing of an erased person; removed by
-- `npm run retention`. An inquiry has at most one in each topic that it was in.
CREATE TABLE inquiry_tombstone (
  inquiry_id  uuid NOT NULL,
  topic       slug NOT NULL, -- the one that it left; whoever could not see that is not told
  changed_xid xid8 NOT NULL,
  created_at  timestamptz(3) NOT NULL, -- of the tombstone

  PRIMARY KEY (inquiry_id, topic)
);
-- The feed of changes, in the same order as of inquiries; and retention, which removes the oldest.
CREATE INDEX inquiry_tombstone_changed_xid_idx ON inquiry_tombstone (changed_xid, inquiry_id);

-- Up to where tombstones were removed, in each epoch of the database (src/repositories/change-feed/feed-position.ts): whoever has
-- read less far can not be told what is gone.
CREATE TABLE inquiry_tombstone_floor (
  epoch       text PRIMARY KEY,
  changed_xid xid8 NOT NULL,

  CONSTRAINT inquiry_tombstone_floor_epoch_check CHECK (epoch ~ '^[0-9a-f]{16}$')
);

-- A topic that a row had only within one transaction was never seen by anybody: neither that of a row that the
-- transaction stored itself, nor one after its first move, which has left a tombstone already.
-- Deletions may be many: one statement for all of them takes a third of the time of one for each.
CREATE FUNCTION inquiry_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO inquiry_tombstone (inquiry_id, topic, changed_xid, created_at)
  SELECT id, topic, pg_current_xact_id(), now() FROM deleted
  WHERE coalesce(created_xid, changed_xid) <> pg_current_xact_id()
    AND NOT EXISTS (SELECT FROM inquiry_tombstone WHERE inquiry_id = deleted.id AND changed_xid = pg_current_xact_id())
  ON CONFLICT (inquiry_id, topic)
    DO UPDATE SET changed_xid = EXCLUDED.changed_xid, created_at = EXCLUDED.created_at;
  RETURN NULL;
END
$$;
CREATE TRIGGER inquiry_deleted AFTER DELETE ON inquiry
  REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION inquiry_deleted();

-- The same for a row that moves to another topic.
CREATE FUNCTION inquiry_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO inquiry_tombstone (inquiry_id, topic, changed_xid, created_at)
  SELECT OLD.id, OLD.topic, pg_current_xact_id(), now()
  WHERE coalesce(OLD.created_xid, OLD.changed_xid) <> pg_current_xact_id()
    AND NOT EXISTS (SELECT FROM inquiry_tombstone WHERE inquiry_id = OLD.id AND changed_xid = pg_current_xact_id())
  ON CONFLICT (inquiry_id, topic)
    DO UPDATE SET changed_xid = EXCLUDED.changed_xid, created_at = EXCLUDED.created_at;
  RETURN NULL;
END
$$;
CREATE TRIGGER inquiry_moved AFTER UPDATE OF topic ON inquiry
  FOR EACH ROW WHEN (OLD.topic <> NEW.topic) EXECUTE FUNCTION inquiry_moved();

-- What seals the feeds that readers hold, so that one of few topics learns no id and no time of another topic's inquiry
-- from them (src/services/feed-seal.ts). Here, since all replicas need the same one and whoever reads this table reads
-- the inquiries too. To replace it, update the row and restart REST: readers then begin with a list again.
CREATE TABLE feed_secret (
  only_row boolean PRIMARY KEY DEFAULT true,
  secret   bytea NOT NULL,

  CONSTRAINT feed_secret_only_row_check CHECK (only_row),
  CONSTRAINT feed_secret_length_check CHECK (octet_length(secret) = 32)
);
-- Random: each version 4 uuid has 122 bits of the server's strong generator.
INSERT INTO feed_secret (secret)
VALUES (sha256(convert_to(concat(gen_random_uuid(), gen_random_uuid(), gen_random_uuid()), 'UTF8')));

-- What of a feed's epoch cannot change while a session lasts, as a constant of its prepared statements: reading
-- pg_control and pg_database for each page of a list took PostgreSQL a tenth of the page's time.
CREATE FUNCTION outreach_database_identity() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('/', (SELECT system_identifier FROM pg_catalog.pg_control_system()),
                   (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))
$$;

-- Subscriptions -------------------------------------------------------------------------------------------------------

-- With the evidence of consent: which text, in which version, when.
CREATE TABLE subscription (
  id                  uuid PRIMARY KEY,
  email               email_address NOT NULL, -- as typed
  email_normalized    canonical_email_address NOT NULL,
  list                slug NOT NULL DEFAULT 'newsletter',
  locale              varchar(35),
  status              subscription_status NOT NULL DEFAULT 'active',
  consent_version     version_name NOT NULL,
  consent_text_sha256 sha256_hex NOT NULL,
  consented_at        timestamptz(3) NOT NULL,
  source_url          varchar(2048), -- without query and fragment
  unsubscribed_at     timestamptz(3),
  version             row_version NOT NULL DEFAULT 1,
  created_at          timestamptz(3) NOT NULL,
  updated_at          timestamptz(3) NOT NULL,
  -- The addresses that the texts mention, but for its own; null for none.
  addresses           tsvector,

  -- Also what a submission looks for, and an erasure.
  CONSTRAINT subscription_email_list_key UNIQUE (email_normalized, list)
);
-- Pages of a status or a list, ranges of updates and retention, as of inquiries.
CREATE INDEX subscription_status_idx ON subscription (status, id);
CREATE INDEX subscription_list_idx ON subscription (list, id);
CREATE INDEX subscription_status_updated_at_idx ON subscription (status, updated_at, id);
-- Erasure and subject exports.
CREATE INDEX subscription_addresses_idx ON subscription USING gin (addresses) WHERE addresses IS NOT NULL;

-- Privacy -------------------------------------------------------------------------------------------------------------

-- Who did what when, without personal data. Never updated or deleted, but for two things: a retention run adds to its own
-- row with each batch, and an erasure takes the erased address out of `actor`, for issuers that use addresses as subjects.
CREATE TABLE privacy_audit (
  id         uuid PRIMARY KEY,
  kind       privacy_audit_kind NOT NULL,
  actor      text NOT NULL, -- `sub` of the token; `npm run retention` for the command
  request_id varchar(64), -- of the answer and the log; null for the command
  counts     jsonb NOT NULL, -- numbers only
  created_at timestamptz(3) NOT NULL,

  CONSTRAINT privacy_audit_request_id_check CHECK (request_id ~ '^[A-Za-z0-9_.-]{8,64}$'),
  CONSTRAINT privacy_audit_counts_check CHECK (
    jsonb_typeof(counts) = 'object' AND NOT jsonb_path_exists(counts, '$.* ? (@.type() <> "number")')
  )
);

-- Erasure and subject exports, which look at each of the few actors.
CREATE INDEX privacy_audit_actor_idx ON privacy_audit (actor);

-- A value of a statement that takes no parameters, as COPY: one that this transaction has set as outreach.value_N. It is a
-- constant of the statement, and so planned as one, which is not in the statement's text and so in no log. Not for
-- prepared statements, which would keep the first one's value.
CREATE FUNCTION outreach_value(n integer) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL RESTRICTED AS $$
BEGIN
  RETURN current_setting('outreach.value_' || n);
END
$$;

-- Statistics keep values of rows that are gone, until a later ANALYZE and, once the table is empty, for ever. So there are none
-- of what may hold an address. The plans do without: these columns are compared by an index or by no condition at all.
ALTER TABLE inquiry
  ALTER COLUMN name SET STATISTICS 0,
  ALTER COLUMN email SET STATISTICS 0,
  ALTER COLUMN phone SET STATISTICS 0,
  ALTER COLUMN company SET STATISTICS 0,
  ALTER COLUMN subject SET STATISTICS 0,
  ALTER COLUMN message SET STATISTICS 0,
  ALTER COLUMN locale SET STATISTICS 0,
  ALTER COLUMN source_url SET STATISTICS 0,
  ALTER COLUMN metadata SET STATISTICS 0,
  ALTER COLUMN privacy_notice_version SET STATISTICS 0,
  ALTER COLUMN assignee SET STATISTICS 0,
  ALTER COLUMN spam_reasons SET STATISTICS 0,
  ALTER COLUMN search_text SET STATISTICS 0,
  -- More words than usual: a word that is not among them counts as half as frequent as the rarest.
  ALTER COLUMN search_words SET STATISTICS 300;
ALTER TABLE inquiry_activity
  ALTER COLUMN actor SET STATISTICS 0,
  ALTER COLUMN from_value SET STATISTICS 0,
  ALTER COLUMN to_value SET STATISTICS 0,
  ALTER COLUMN note SET STATISTICS 0,
  ALTER COLUMN addresses SET STATISTICS 0;
ALTER TABLE subscription
  ALTER COLUMN email SET STATISTICS 0,
  ALTER COLUMN email_normalized SET STATISTICS 0,
  ALTER COLUMN locale SET STATISTICS 0,
  ALTER COLUMN consent_version SET STATISTICS 0,
  ALTER COLUMN source_url SET STATISTICS 0,
  ALTER COLUMN addresses SET STATISTICS 0;
ALTER TABLE privacy_audit
  ALTER COLUMN actor SET STATISTICS 0;

-- The words of a search need statistics: without them a page of a frequent word of one assignee reads all of that person's
-- rows (15,297 pages of 200,000 inquiries instead of 46). So they are collected anew after an erasure, which only the owner
-- of the table may: 2 seconds with a large one.
CREATE FUNCTION outreach_analyze_search_words() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  ANALYZE public.inquiry (search_words);
END
$$;
