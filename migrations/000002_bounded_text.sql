-- Bounds of texts that were bounded by the application alone: who works on an inquiry or has changed something, and what the
-- log says that was changed. An assignee and the `sub` of a token have 255 characters at most (src/contract/inquiry.ts,
-- src/access/claims.ts); a status and a topic have fewer.

SET LOCAL lock_timeout = '2s';

-- Without a rule when the columns get it, so that no table is rewritten; the rule holds for what is written from now on. The
-- two partial indexes of these columns are built anew.
CREATE DOMAIN short_text AS text;

ALTER TABLE inquiry ALTER COLUMN assignee TYPE short_text;
ALTER TABLE inquiry_activity
  ALTER COLUMN actor TYPE short_text,
  ALTER COLUMN from_value TYPE short_text,
  ALTER COLUMN to_value TYPE short_text;
ALTER TABLE privacy_audit ALTER COLUMN actor TYPE short_text;

ALTER DOMAIN short_text ADD CONSTRAINT short_text_check CHECK (length(VALUE) BETWEEN 1 AND 255) NOT VALID;
