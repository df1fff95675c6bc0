-- The schema that the migrations make, by `npm run generate`; do not edit. The reasons are in migrations/.

CREATE EXTENSION pg_trgm;

CREATE DOMAIN canonical_email_address AS character varying(254)
  CONSTRAINT canonical_email_address_check CHECK (length(VALUE::text) >= 3 AND VALUE::text = lower(VALUE::text COLLATE "C"));
CREATE DOMAIN email_address AS character varying(254)
  CONSTRAINT email_address_check CHECK (length(VALUE::text) >= 3);
CREATE DOMAIN flat_metadata AS jsonb
  CONSTRAINT flat_metadata_check CHECK (jsonb_typeof(VALUE) = 'object'::text AND octet_length(VALUE::text) <= 8192);
CREATE DOMAIN message_text AS character varying(5000)
  CONSTRAINT message_text_check CHECK (VALUE::text <> ''::text);
CREATE DOMAIN person_name AS character varying(120)
  CONSTRAINT person_name_check CHECK (VALUE::text <> ''::text);
CREATE DOMAIN row_version AS integer
  CONSTRAINT row_version_check CHECK (VALUE >= 1);
CREATE DOMAIN sha256_hex AS character varying(64)
  CONSTRAINT sha256_hex_check CHECK (VALUE::text ~ '^[0-9a-f]{64}$'::text);
CREATE DOMAIN short_text AS text
  CONSTRAINT short_text_check CHECK (length(VALUE) >= 1 AND length(VALUE) <= 255);
CREATE DOMAIN slug AS character varying(40)
  CONSTRAINT slug_check CHECK (VALUE::text ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'::text);
CREATE DOMAIN version_name AS character varying(64)
  CONSTRAINT version_name_check CHECK (VALUE::text <> ''::text);
CREATE TYPE consent_kind AS ENUM ('given', 'confirmed', 'withdrawn');
CREATE TYPE consent_method AS ENUM ('request', 'link', 'one_click', 'back_office');
CREATE TYPE inquiry_activity_kind AS ENUM ('status', 'assignee', 'topic', 'note');
CREATE TYPE inquiry_status AS ENUM ('new', 'in_progress', 'resolved', 'spam');
CREATE TYPE privacy_audit_kind AS ENUM ('erasure', 'subject_export', 'retention');
CREATE TYPE subscription_status AS ENUM ('active', 'pending', 'unsubscribed');

CREATE FUNCTION inquiry_activity_refuse_update()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF current_setting('outreach.erasure', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'inquiry_activity is append-only' USING ERRCODE = 'restrict_violation';
END
$function$;

CREATE FUNCTION inquiry_deleted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO inquiry_tombstone (inquiry_id, topic, changed_xid, created_at)
  SELECT id, topic, pg_current_xact_id(), now() FROM deleted
  WHERE coalesce(created_xid, changed_xid) <> pg_current_xact_id()
    AND NOT EXISTS (SELECT FROM inquiry_tombstone WHERE inquiry_id = deleted.id AND changed_xid = pg_current_xact_id())
  ON CONFLICT (inquiry_id, topic)
    DO UPDATE SET changed_xid = EXCLUDED.changed_xid, created_at = EXCLUDED.created_at;
  RETURN NULL;
END
$function$;

CREATE FUNCTION inquiry_mark_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.created_xid := coalesce(OLD.created_xid, OLD.changed_xid);
  NEW.changed_xid := pg_current_xact_id();
  RETURN NEW;
END
$function$;

CREATE FUNCTION inquiry_moved()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO inquiry_tombstone (inquiry_id, topic, changed_xid, created_at)
  SELECT OLD.id, OLD.topic, pg_current_xact_id(), now()
  WHERE coalesce(OLD.created_xid, OLD.changed_xid) <> pg_current_xact_id()
    AND NOT EXISTS (SELECT FROM inquiry_tombstone WHERE inquiry_id = OLD.id AND changed_xid = pg_current_xact_id())
  ON CONFLICT (inquiry_id, topic)
    DO UPDATE SET changed_xid = EXCLUDED.changed_xid, created_at = EXCLUDED.created_at;
  RETURN NULL;
END
$function$;

CREATE FUNCTION outreach_analyze_search_words()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  ANALYZE public.inquiry (search_words);
END
$function$;

CREATE FUNCTION outreach_database_identity()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT concat_ws('/', (SELECT system_identifier FROM pg_catalog.pg_control_system()),
                   (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))
$function$;

CREATE FUNCTION outreach_merge_search()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  PERFORM gin_clean_pending_list('public.inquiry_search_words_idx');
  PERFORM gin_clean_pending_list('public.inquiry_search_text_idx');
END
$function$;

CREATE FUNCTION outreach_value(n integer)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL RESTRICTED
AS $function$
BEGIN
  RETURN current_setting('outreach.value_' || n);
END
$function$;

CREATE FUNCTION subscription_consent_refuse_update()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF current_setting('outreach.erasure', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'subscription_consent is append-only' USING ERRCODE = 'restrict_violation';
END
$function$;

CREATE TABLE feed_secret (
  only_row boolean DEFAULT true NOT NULL,
  secret   bytea NOT NULL,
  CONSTRAINT feed_secret_pkey PRIMARY KEY (only_row),
  CONSTRAINT feed_secret_length_check CHECK (octet_length(secret) = 32),
  CONSTRAINT feed_secret_only_row_check CHECK (only_row)
);

CREATE TABLE idempotency_record (
  digest bytea NOT NULL,
  id     uuid NOT NULL,
  CONSTRAINT idempotency_record_pkey PRIMARY KEY (digest)
);
CREATE INDEX idempotency_record_id_idx ON idempotency_record USING btree (id);

CREATE TABLE inquiry (
  id                     uuid NOT NULL,
  topic                  slug NOT NULL,
  name                   person_name NOT NULL,
  email                  email_address NOT NULL,
  phone                  character varying(32),
  company                character varying(160),
  subject                character varying(200),
  message                message_text NOT NULL,
  locale                 character varying(35),
  source_url             character varying(2048),
  metadata               flat_metadata,
  privacy_notice_version character varying(64),
  status                 inquiry_status DEFAULT 'new'::inquiry_status NOT NULL,
  assignee               short_text,
  spam_reasons           jsonb DEFAULT '[]'::jsonb NOT NULL,
  version                row_version DEFAULT 1 NOT NULL,
  created_at             timestamp(3) with time zone NOT NULL,
  updated_at             timestamp(3) with time zone NOT NULL,
  changed_xid            xid8 DEFAULT pg_current_xact_id() NOT NULL,
  created_xid            xid8,
  search_words           tsvector NOT NULL,
  search_text            text COLLATE "C" NOT NULL,
  CONSTRAINT inquiry_pkey PRIMARY KEY (id)
);
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
  ALTER COLUMN search_words SET STATISTICS 300,
  ALTER COLUMN search_text SET STATISTICS 0;
CREATE INDEX inquiry_assignee_status_idx ON inquiry USING btree (assignee, status, id);
CREATE INDEX inquiry_assignee_topic_status_idx ON inquiry USING btree (assignee, topic, status, id) WHERE (assignee IS NOT NULL);
CREATE INDEX inquiry_changed_xid_idx ON inquiry USING btree (changed_xid, id);
CREATE INDEX inquiry_created_xid_idx ON inquiry USING btree (created_xid, id) WHERE (created_xid IS NOT NULL);
CREATE INDEX inquiry_search_text_idx ON inquiry USING gin (search_text gin_trgm_ops) WITH (gin_pending_list_limit='4096');
CREATE INDEX inquiry_search_words_idx ON inquiry USING gin (search_words) WITH (gin_pending_list_limit='4096');
CREATE INDEX inquiry_status_idx ON inquiry USING btree (status, id);
CREATE INDEX inquiry_status_updated_at_idx ON inquiry USING btree (status, updated_at, id);
CREATE INDEX inquiry_topic_status_idx ON inquiry USING btree (topic, status, id);
CREATE TRIGGER inquiry_deleted AFTER DELETE ON inquiry REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION inquiry_deleted();
CREATE TRIGGER inquiry_mark_changed BEFORE UPDATE ON inquiry FOR EACH ROW EXECUTE FUNCTION inquiry_mark_changed();
CREATE TRIGGER inquiry_moved AFTER UPDATE OF topic ON inquiry FOR EACH ROW WHEN (old.topic::text <> new.topic::text) EXECUTE FUNCTION inquiry_moved();

CREATE TABLE inquiry_activity (
  id         uuid NOT NULL,
  inquiry_id uuid NOT NULL,
  kind       inquiry_activity_kind NOT NULL,
  actor      short_text NOT NULL,
  from_value short_text,
  to_value   short_text,
  note       character varying(5000),
  created_at timestamp(3) with time zone NOT NULL,
  addresses  tsvector,
  CONSTRAINT inquiry_activity_pkey PRIMARY KEY (id),
  CONSTRAINT inquiry_activity_inquiry_id_fkey FOREIGN KEY (inquiry_id) REFERENCES inquiry(id) ON DELETE CASCADE,
  CONSTRAINT inquiry_activity_note_check CHECK ((kind = 'note'::inquiry_activity_kind) = (note IS NOT NULL) AND note::text <> ''::text)
);
ALTER TABLE inquiry_activity
  ALTER COLUMN actor SET STATISTICS 0,
  ALTER COLUMN from_value SET STATISTICS 0,
  ALTER COLUMN to_value SET STATISTICS 0,
  ALTER COLUMN note SET STATISTICS 0,
  ALTER COLUMN addresses SET STATISTICS 0;
CREATE INDEX inquiry_activity_addresses_idx ON inquiry_activity USING gin (addresses) WHERE (addresses IS NOT NULL);
CREATE INDEX inquiry_activity_from_value_idx ON inquiry_activity USING btree (from_value) WHERE ((kind = 'assignee'::inquiry_activity_kind) AND (from_value IS NOT NULL));
CREATE INDEX inquiry_activity_inquiry_id_idx ON inquiry_activity USING btree (inquiry_id, created_at, id);
CREATE TRIGGER inquiry_activity_append_only BEFORE UPDATE ON inquiry_activity FOR EACH STATEMENT EXECUTE FUNCTION inquiry_activity_refuse_update();

CREATE TABLE inquiry_tombstone (
  inquiry_id  uuid NOT NULL,
  topic       slug NOT NULL,
  changed_xid xid8 NOT NULL,
  created_at  timestamp(3) with time zone NOT NULL,
  CONSTRAINT inquiry_tombstone_pkey PRIMARY KEY (inquiry_id, topic)
);
CREATE INDEX inquiry_tombstone_changed_xid_idx ON inquiry_tombstone USING btree (changed_xid, inquiry_id);

CREATE TABLE inquiry_tombstone_floor (
  epoch       text NOT NULL,
  changed_xid xid8 NOT NULL,
  CONSTRAINT inquiry_tombstone_floor_pkey PRIMARY KEY (epoch),
  CONSTRAINT inquiry_tombstone_floor_epoch_check CHECK (epoch ~ '^[0-9a-f]{16}$'::text)
);

CREATE TABLE privacy_audit (
  id         uuid NOT NULL,
  kind       privacy_audit_kind NOT NULL,
  actor      short_text NOT NULL,
  request_id character varying(64),
  counts     jsonb NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT privacy_audit_pkey PRIMARY KEY (id),
  CONSTRAINT privacy_audit_counts_check CHECK (jsonb_typeof(counts) = 'object'::text AND NOT jsonb_path_exists(counts, '$.*?(@.type() != "number")'::jsonpath)),
  CONSTRAINT privacy_audit_request_id_check CHECK (request_id::text ~ '^[A-Za-z0-9_.-]{8,64}$'::text)
);
ALTER TABLE privacy_audit
  ALTER COLUMN actor SET STATISTICS 0;
CREATE INDEX privacy_audit_actor_idx ON privacy_audit USING btree (actor);

CREATE TABLE subscription (
  id                  uuid NOT NULL,
  email               email_address NOT NULL,
  email_normalized    canonical_email_address NOT NULL,
  list                slug DEFAULT 'newsletter'::character varying NOT NULL,
  locale              character varying(35),
  status              subscription_status DEFAULT 'active'::subscription_status NOT NULL,
  consent_version     version_name NOT NULL,
  consent_text_sha256 sha256_hex NOT NULL,
  consented_at        timestamp(3) with time zone NOT NULL,
  source_url          character varying(2048),
  unsubscribed_at     timestamp(3) with time zone,
  version             row_version DEFAULT 1 NOT NULL,
  created_at          timestamp(3) with time zone NOT NULL,
  updated_at          timestamp(3) with time zone NOT NULL,
  addresses           tsvector,
  CONSTRAINT subscription_pkey PRIMARY KEY (id),
  CONSTRAINT subscription_email_list_key UNIQUE (email_normalized, list)
);
ALTER TABLE subscription
  ALTER COLUMN email SET STATISTICS 0,
  ALTER COLUMN email_normalized SET STATISTICS 0,
  ALTER COLUMN locale SET STATISTICS 0,
  ALTER COLUMN consent_version SET STATISTICS 0,
  ALTER COLUMN source_url SET STATISTICS 0,
  ALTER COLUMN addresses SET STATISTICS 0;
CREATE INDEX subscription_addresses_idx ON subscription USING gin (addresses) WHERE (addresses IS NOT NULL);
CREATE INDEX subscription_list_idx ON subscription USING btree (list, id);
CREATE INDEX subscription_status_idx ON subscription USING btree (status, id);
CREATE INDEX subscription_status_updated_at_idx ON subscription USING btree (status, updated_at, id);

CREATE TABLE subscription_consent (
  id                  uuid NOT NULL,
  subscription_id     uuid NOT NULL,
  kind                consent_kind NOT NULL,
  method              consent_method NOT NULL,
  consent_version     version_name NOT NULL,
  consent_text_sha256 sha256_hex NOT NULL,
  actor               short_text,
  reason              character varying(500),
  created_at          timestamp(3) with time zone NOT NULL,
  addresses           tsvector,
  CONSTRAINT subscription_consent_pkey PRIMARY KEY (id),
  CONSTRAINT subscription_consent_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscription(id) ON DELETE CASCADE
);
ALTER TABLE subscription_consent
  ALTER COLUMN consent_version SET STATISTICS 0,
  ALTER COLUMN actor SET STATISTICS 0,
  ALTER COLUMN reason SET STATISTICS 0,
  ALTER COLUMN addresses SET STATISTICS 0;
CREATE INDEX subscription_consent_addresses_idx ON subscription_consent USING gin (addresses) WHERE (addresses IS NOT NULL);
CREATE INDEX subscription_consent_subscription_id_idx ON subscription_consent USING btree (subscription_id, created_at, id);
CREATE TRIGGER subscription_consent_append_only BEFORE UPDATE ON subscription_consent FOR EACH STATEMENT EXECUTE FUNCTION subscription_consent_refuse_update();
