-- What a search takes for a word: letters and digits, and what stands between them parts words. PostgreSQL's own parser
-- looks for addresses, numbers and tags as well, which a search does not need, and took a quarter of the time in which an
-- inquiry is stored. Parts of an address or a path are words now.

-- Letters are what the database's LC_CTYPE says: with "C" those beyond ASCII are none, and a search would miss them.
DO $$
BEGIN
  IF 'ж' !~ '[[:alnum:]]' THEN
    RAISE EXCEPTION 'The database of DATABASE_URL knows no letters beyond ASCII: create it with an LC_CTYPE like C.UTF-8.';
  END IF;
END
$$;

-- A word of more than 2,047 bytes has no place in a tsvector and is left out, as the parser did.
CREATE FUNCTION outreach_words(text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  parted text := regexp_replace(public.outreach_fold($1), '[^[:alnum:] ]+', ' ', 'g');
  words text[] := array_remove(string_to_array(parted, ' '), '');
BEGIN
  IF octet_length(parted) > 2047 THEN -- rare, and to look at each word costs more than all else here
    words := ARRAY(SELECT word FROM unnest(words) AS word WHERE octet_length(word) <= 2047);
  END IF;
  RETURN words;
END
$$;

-- Asks for each word of a search.
CREATE FUNCTION outreach_words_query(text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN array_to_string(public.outreach_words($1), ' & ')::tsquery;
END
$$;

CREATE OR REPLACE FUNCTION inquiry_words(name text, email text, company text, subject text, message text)
  RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN array_to_tsvector(public.outreach_words(concat_ws(' ', name, email, company, subject, message)));
END
$$;

-- Made anew for all rows in one pass over the table, which nobody reads or writes meanwhile.
ALTER TABLE inquiry
  DROP COLUMN search_words,
  ADD COLUMN search_words tsvector GENERATED ALWAYS AS (inquiry_words(name, email, company, subject, message)) STORED;
ALTER TABLE inquiry ALTER COLUMN search_words SET STATISTICS 300;
CREATE INDEX inquiry_search_words_idx ON inquiry USING gin (search_words) WITH (gin_pending_list_limit = 256);
ANALYZE inquiry; -- a new column has no statistics, and autovacuum sees no changed row
