-- What a row costs is bounded by its size, what is erased is in no statistics, and no value is in a statement's text.

SET LOCAL lock_timeout = '2s';

-- The addresses that a row's texts mention, one key for each: where an erasure looks for them. Trigrams of whole texts took
-- 100 ms and 230 KB for 17 KB of Chinese with an @. A key is the first letters and digits of the domain, and those before
-- the @ from right to left, so that a key is found by its beginning whatever stands before the address. The characters
-- that nobody sees may be anywhere in an address (src/repositories/quoted-address.ts lists the same ones).
-- Of every locale the same: only ASCII letters are folded.
CREATE FUNCTION outreach_mentions(VARIADIC text[]) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  visible text := translate(array_to_string($1, E'\n'),
    E'\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e'
    '\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff', '');
BEGIN
  RETURN array_to_tsvector(ARRAY(
    SELECT left(rtrim(split_part(mention[1], '@', 2), '.%-'), 12) || '@' || reverse(right(split_part(mention[1], '@', 1), 8))
    FROM regexp_matches(replace(lower(visible COLLATE "C"), '%40', '@'), '[a-z0-9]*@[a-z0-9]+[.%-]', 'g') AS mention));
END
$$;

CREATE INDEX inquiry_mentions_idx ON inquiry
  USING gin (outreach_mentions(name, phone, company, subject, message, locale, source_url, metadata::text, privacy_notice_version, assignee, spam_reasons::text, idempotency_key)) WITH (gin_pending_list_limit = 256)
  WHERE name LIKE '%@%' OR name LIKE '%\%40%'
   OR phone LIKE '%@%' OR phone LIKE '%\%40%'
   OR company LIKE '%@%' OR company LIKE '%\%40%'
   OR subject LIKE '%@%' OR subject LIKE '%\%40%'
   OR message LIKE '%@%' OR message LIKE '%\%40%'
   OR locale LIKE '%@%' OR locale LIKE '%\%40%'
   OR source_url LIKE '%@%' OR source_url LIKE '%\%40%'
   OR metadata::text LIKE '%@%' OR metadata::text LIKE '%\%40%'
   OR privacy_notice_version LIKE '%@%' OR privacy_notice_version LIKE '%\%40%'
   OR assignee LIKE '%@%' OR assignee LIKE '%\%40%'
   OR spam_reasons::text LIKE '%@%' OR spam_reasons::text LIKE '%\%40%'
   OR idempotency_key LIKE '%@%' OR idempotency_key LIKE '%\%40%';

CREATE INDEX inquiry_activity_mentions_idx ON inquiry_activity
  USING gin (outreach_mentions(note, from_value, to_value, actor)) WITH (gin_pending_list_limit = 256)
  WHERE note LIKE '%@%' OR note LIKE '%\%40%'
   OR from_value LIKE '%@%' OR from_value LIKE '%\%40%'
   OR to_value LIKE '%@%' OR to_value LIKE '%\%40%'
   OR actor LIKE '%@%' OR actor LIKE '%\%40%';

CREATE INDEX subscription_mentions_idx ON subscription
  USING gin (outreach_mentions(locale, consent_version, source_url)) WITH (gin_pending_list_limit = 256)
  WHERE locale LIKE '%@%' OR locale LIKE '%\%40%'
   OR consent_version LIKE '%@%' OR consent_version LIKE '%\%40%'
   OR source_url LIKE '%@%' OR source_url LIKE '%\%40%';

-- The first 500 different words of an inquiry are found by a search; more than prose of the longest message has. Rows from
-- before keep all of theirs.
CREATE OR REPLACE FUNCTION inquiry_words(name text, email text, company text, subject text, message text)
  RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  words text[] := public.outreach_words(concat_ws(' ', name, email, company, subject, message));
BEGIN
  IF cardinality(words) > 500 THEN
    words := ARRAY(
      SELECT word FROM unnest(words) WITH ORDINALITY AS listed (word, place) GROUP BY word ORDER BY min(place) LIMIT 500);
  END IF;
  RETURN array_to_tsvector(words);
END
$$;

-- Statistics keep values of rows that are gone, until a later ANALYZE and, once the table is empty, for ever. So there are none
-- of what may hold an address. The plans do without: these columns are compared by an index or by no condition at all.
ALTER TABLE inquiry
  ALTER COLUMN name SET STATISTICS 0,
  ALTER COLUMN email SET STATISTICS 0,
  ALTER COLUMN email_normalized SET STATISTICS 0,
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
  ALTER COLUMN idempotency_key SET STATISTICS 0,
  ALTER COLUMN request_hash SET STATISTICS 0,
  ALTER COLUMN search_text SET STATISTICS 0;
ALTER TABLE inquiry_activity
  ALTER COLUMN actor SET STATISTICS 0,
  ALTER COLUMN from_value SET STATISTICS 0,
  ALTER COLUMN to_value SET STATISTICS 0,
  ALTER COLUMN note SET STATISTICS 0;
ALTER TABLE subscription
  ALTER COLUMN email SET STATISTICS 0,
  ALTER COLUMN email_normalized SET STATISTICS 0,
  ALTER COLUMN locale SET STATISTICS 0,
  ALTER COLUMN consent_version SET STATISTICS 0,
  ALTER COLUMN source_url SET STATISTICS 0;
ALTER TABLE privacy_audit
  ALTER COLUMN actor SET STATISTICS 0;
ALTER INDEX inquiry_mentions_idx ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX inquiry_activity_mentions_idx ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX subscription_mentions_idx ALTER COLUMN 1 SET STATISTICS 0;
-- What was collected before; only a superuser may (docs/operations.md).
DO $$ BEGIN
  DELETE FROM pg_statistic USING pg_attribute
  WHERE attrelid = starelid AND attnum = staattnum AND attstattarget = 0
    AND attrelid IN ('inquiry'::regclass, 'inquiry_activity'::regclass, 'subscription'::regclass, 'privacy_audit'::regclass);
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $$;

-- A value of a statement that takes no parameters, as COPY: one that this transaction has set as outreach.value_N. It is a
-- constant of the statement, and so planned as one, which is not in the statement's text and so in no log. Not for
-- prepared statements, which would keep the first one's value.
CREATE FUNCTION outreach_value(n integer) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL RESTRICTED AS $$
BEGIN
  RETURN current_setting('outreach.value_' || n);
END
$$;

-- Last, since it shuts readers out as well.
DROP INDEX inquiry_quotable_idx, inquiry_activity_quotable_idx, subscription_quotable_idx;
DROP FUNCTION outreach_quotable(VARIADIC text[]);
