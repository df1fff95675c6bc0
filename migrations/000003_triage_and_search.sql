-- What the back office needs: search without accents, and who changed what.
SET LOCAL lock_timeout = '2s';

-- Both are trusted extensions: the owner of the database may create them.
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Names are qualified, since indexes are built with a search path of their own.
-- unaccent() is STABLE, since its dictionary could change; with the dictionary named it is as good as IMMUTABLE,
-- which an index needs.
CREATE FUNCTION outreach_fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$;

-- Words anywhere, by full text without stemming: inquiries come in any language. Without positions, which only phrases
-- and ranks would need: they are half of it.
CREATE FUNCTION inquiry_words(name text, email text, company text, subject text, message text)
  RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT strip(to_tsvector('simple', public.outreach_fold(concat_ws(' ', name, email, company, subject, message)))) $$;

-- Parts of words in the short fields, by trigrams.
CREATE FUNCTION inquiry_short_text(name text, email text, company text, subject text)
  RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT public.outreach_fold(concat_ws(' ', name, email, company, subject)) $$;

-- Stored, since what no index can find (one or two letters, an emoji) is looked for row by row, and so is a frequent
-- word along the index of the list's order: making both for each row anew took 10 s for 200,000 rows.
ALTER TABLE inquiry
  ADD COLUMN search_words tsvector GENERATED ALWAYS AS (inquiry_words(name, email, company, subject, message)) STORED,
  ADD COLUMN search_text text GENERATED ALWAYS AS (inquiry_short_text(name, email, company, subject)) STORED;
-- More words than usual in the statistics: a word that is not among them counts as half as frequent as the rarest.
ALTER TABLE inquiry ALTER COLUMN search_words SET STATISTICS 300;
CREATE INDEX inquiry_search_words_idx ON inquiry USING gin (search_words);
CREATE INDEX inquiry_search_text_idx ON inquiry USING gin (search_text gin_trgm_ops);

-- Topic, assignee and "nobody yet" are asked for together with a status more often than not: each pair is one sorted
-- range, and without a status it is four of them. They replace (topic, created_at, id) and (assignee, created_at, id);
-- the third is small, since a row leaves it when it gets an assignee.
DROP INDEX inquiry_topic_created_at_idx, inquiry_assignee_created_at_idx;
CREATE INDEX inquiry_topic_status_created_at_idx ON inquiry (topic, status, created_at, id);
CREATE INDEX inquiry_assignee_status_created_at_idx ON inquiry (assignee, status, created_at, id)
  WHERE assignee IS NOT NULL;
CREATE INDEX inquiry_unassigned_created_at_idx ON inquiry (status, created_at, id) WHERE assignee IS NULL;
-- Ranges of updates, by id afterwards; erasure and exports for one person look for the address.
CREATE INDEX inquiry_updated_at_idx ON inquiry (updated_at, id);
CREATE INDEX inquiry_email_normalized_idx ON inquiry (email_normalized);

-- Append-only: written in the transaction of the change, never updated or deleted but by erasure and retention.
CREATE TABLE inquiry_activity (
  id         uuid PRIMARY KEY, -- version 7, so that it sorts by time
  inquiry_id uuid NOT NULL REFERENCES inquiry (id) ON DELETE CASCADE,
  kind       text NOT NULL,
  actor      text NOT NULL, -- `sub` of the token
  from_value text,
  to_value   text,
  note       text,
  created_at timestamptz(3) NOT NULL,

  CONSTRAINT inquiry_activity_kind_check CHECK (kind IN ('status', 'assignee', 'topic', 'note')),
  CONSTRAINT inquiry_activity_note_check CHECK ((kind = 'note') = (note IS NOT NULL)),
  CONSTRAINT inquiry_activity_note_length_check CHECK (char_length(note) BETWEEN 1 AND 5000)
);
CREATE INDEX inquiry_activity_inquiry_id_idx ON inquiry_activity (inquiry_id, created_at, id);
