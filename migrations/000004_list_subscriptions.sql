-- Subscriptions as the back office works with them: a version for If-Match, and keyset pages by time alone and within
-- one status or list, each read in both directions.
SET LOCAL lock_timeout = '2s';

ALTER TABLE subscription
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD CONSTRAINT subscription_version_check CHECK (version >= 1);

CREATE INDEX subscription_created_at_idx ON subscription (created_at, id);
CREATE INDEX subscription_status_created_at_idx ON subscription (status, created_at, id);
CREATE INDEX subscription_list_created_at_idx ON subscription (list, created_at, id);
CREATE INDEX subscription_updated_at_idx ON subscription (updated_at, id);
