-- Addresses in either spelling of an internationalized domain are found where others quote them, and what makes a repeated
-- submission harmless is a table of its own: another body under the same key is another submission.

SET LOCAL lock_timeout = '2s';

-- For both public routes; only a request with a key pays for it. Kept for 7 days, removed by `npm run retention`. No key and
-- no body can be read out of a digest, and nothing refers to its row: what was answered stays answered, whatever becomes of it.
CREATE TABLE idempotency_record (
  digest     bytea PRIMARY KEY, -- SHA-256 of key and body (src/services/idempotency.ts)
  id         uuid NOT NULL, -- of the inquiry; of a subscription as it would be, were it not there already
  created_at timestamptz(3) NOT NULL -- of the same row
);
CREATE INDEX idempotency_record_created_at_idx ON idempotency_record (created_at, id);
INSERT INTO idempotency_record (digest, id, created_at)
SELECT sha256(convert_to(idempotency_key, 'UTF8') || '\x00'::bytea || request_hash), id, created_at
FROM inquiry WHERE idempotency_key IS NOT NULL;

-- As in 000014, but that a domain may begin with a letter that is none of ASCII, where its key is the ASCII before that.
CREATE OR REPLACE FUNCTION outreach_mentions(VARIADIC text[]) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  visible text := translate(array_to_string($1, E'\n'),
    E'\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e'
    '\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff', '');
BEGIN
  RETURN array_to_tsvector(ARRAY(
    -- the last character is what ends the letters and digits
    SELECT left(left(split_part(mention[1], '@', 2), -1), 12) || '@' || reverse(right(split_part(mention[1], '@', 1), 8))
    FROM regexp_matches(replace(lower(visible COLLATE "C"), '%40', '@'), '[a-z0-9]*@[a-z0-9]*(?:[.%-]|[^\u0001-\u007f])', 'g')
      AS mention));
END
$$;

CREATE INDEX inquiry_mentions_idx_new ON inquiry
  USING gin (outreach_mentions(name, phone, company, subject, message, locale, source_url, metadata::text, privacy_notice_version, assignee, spam_reasons::text)) WITH (gin_pending_list_limit = 256)
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
   OR spam_reasons::text LIKE '%@%' OR spam_reasons::text LIKE '%\%40%';

CREATE INDEX inquiry_activity_mentions_idx_new ON inquiry_activity
  USING gin (outreach_mentions(note, from_value, to_value, actor)) WITH (gin_pending_list_limit = 256)
  WHERE note LIKE '%@%' OR note LIKE '%\%40%'
   OR from_value LIKE '%@%' OR from_value LIKE '%\%40%'
   OR to_value LIKE '%@%' OR to_value LIKE '%\%40%'
   OR actor LIKE '%@%' OR actor LIKE '%\%40%';

CREATE INDEX subscription_mentions_idx_new ON subscription
  USING gin (outreach_mentions(locale, consent_version, source_url)) WITH (gin_pending_list_limit = 256)
  WHERE locale LIKE '%@%' OR locale LIKE '%\%40%'
   OR consent_version LIKE '%@%' OR consent_version LIKE '%\%40%'
   OR source_url LIKE '%@%' OR source_url LIKE '%\%40%';

ALTER INDEX inquiry_mentions_idx_new ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX inquiry_activity_mentions_idx_new ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX subscription_mentions_idx_new ALTER COLUMN 1 SET STATISTICS 0;

-- Last, since it shuts readers out as well.
DROP INDEX inquiry_mentions_idx, inquiry_activity_mentions_idx, subscription_mentions_idx;
ALTER INDEX inquiry_mentions_idx_new RENAME TO inquiry_mentions_idx;
ALTER INDEX inquiry_activity_mentions_idx_new RENAME TO inquiry_activity_mentions_idx;
ALTER INDEX subscription_mentions_idx_new RENAME TO subscription_mentions_idx;

-- Each UPDATE is a change now: an expired key was the only one that nobody could see. With the columns go their indexes.
DROP TRIGGER inquiry_mark_changed ON inquiry;
CREATE TRIGGER inquiry_mark_changed BEFORE UPDATE ON inquiry
  FOR EACH ROW EXECUTE FUNCTION inquiry_mark_changed();
ALTER TABLE inquiry
  DROP COLUMN idempotency_key,
  DROP COLUMN request_hash;
