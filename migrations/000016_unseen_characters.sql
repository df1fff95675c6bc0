-- An address is found whatever characters that nobody sees stand in it, and what is erased leaves no word in the statistics.

SET LOCAL lock_timeout = '2s';

-- A text without the characters that nobody sees: Unicode's Default_Ignorable_Code_Point. src/contract/safe-text.ts lists the
-- same ones.
CREATE FUNCTION outreach_visible(text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN regexp_replace($1,
    '[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f'
    '\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]', '', 'g');
END
$$;

-- As in 000015, but without all of these characters, where 24 of them were left out.
CREATE OR REPLACE FUNCTION outreach_mentions(VARIADIC text[]) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  visible text := public.outreach_visible(array_to_string($1, E'\n'));
BEGIN
  RETURN array_to_tsvector(ARRAY(
    -- the last character is what ends the letters and digits
    SELECT left(left(split_part(mention[1], '@', 2), -1), 12) || '@' || reverse(right(split_part(mention[1], '@', 1), 8))
    FROM regexp_matches(replace(lower(visible COLLATE "C"), '%40', '@'), '[a-z0-9]*@[a-z0-9]*(?:[.%-]|[^\u0001-\u007f])', 'g')
      AS mention));
END
$$;

-- The words of a search need statistics: without them a page of a frequent word of one assignee reads all of that person's
-- rows (15,297 pages of 200,000 inquiries instead of 46). So they are collected anew after an erasure, which only the owner
-- of the table may: 2 seconds with a large one.
CREATE FUNCTION outreach_analyze_search_words() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  ANALYZE public.inquiry (search_words);
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
