-- The feed of changes: where each inquiry begins and what is no longer there, in commit order like changed_xid.
SET LOCAL lock_timeout = '2s';

-- The transaction that stored the row; null for what is older than this migration, which is new to nobody. Unlike
-- changed_xid it stays, so the feed tells each inquiry as new exactly once, however soon it is changed again.
ALTER TABLE inquiry ADD COLUMN created_xid xid8;
ALTER TABLE inquiry ALTER COLUMN created_xid SET DEFAULT pg_current_xact_id();
CREATE INDEX inquiry_created_xid_idx ON inquiry (created_xid, id);

-- What left a topic: deleted, or moved to another one. No content, so nothing of an erased person; removed by
-- `npm run retention`. An inquiry has at most one in each topic that it was in.
CREATE TABLE inquiry_tombstone (
  inquiry_id  uuid NOT NULL,
  topic       text NOT NULL, -- the one that it left; whoever could not see that is not told
  changed_xid xid8 NOT NULL,
  created_at  timestamptz(3) NOT NULL,

  PRIMARY KEY (inquiry_id, topic),
  CONSTRAINT inquiry_tombstone_topic_check CHECK (topic ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$')
);
CREATE INDEX inquiry_tombstone_changed_xid_idx ON inquiry_tombstone (changed_xid, inquiry_id);

-- Up to where tombstones were removed, in each life of the database (src/repositories/feed-position.ts): whoever has
-- read less far can not be told what is gone.
CREATE TABLE inquiry_tombstone_floor (
  life        text PRIMARY KEY,
  changed_xid xid8 NOT NULL,

  CONSTRAINT inquiry_tombstone_floor_life_check CHECK (life ~ '^[0-9a-f]{16}$')
);

-- A topic that a row had only within one transaction was never seen by anybody: neither that of a row that the
-- transaction stored itself, nor one after its first move, which has left a tombstone already.
-- Deletions may be many: one statement for all of them takes a third of the time of one for each.
CREATE FUNCTION inquiry_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO inquiry_tombstone (inquiry_id, topic, changed_xid, created_at)
  SELECT id, topic, pg_current_xact_id(), now() FROM deleted
  WHERE created_xid IS DISTINCT FROM pg_current_xact_id()
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
  WHERE OLD.created_xid IS DISTINCT FROM pg_current_xact_id()
    AND NOT EXISTS (SELECT FROM inquiry_tombstone WHERE inquiry_id = OLD.id AND changed_xid = pg_current_xact_id())
  ON CONFLICT (inquiry_id, topic)
    DO UPDATE SET changed_xid = EXCLUDED.changed_xid, created_at = EXCLUDED.created_at;
  RETURN NULL;
END
$$;
CREATE TRIGGER inquiry_moved AFTER UPDATE OF topic ON inquiry
  FOR EACH ROW WHEN (OLD.topic <> NEW.topic) EXECUTE FUNCTION inquiry_moved();
