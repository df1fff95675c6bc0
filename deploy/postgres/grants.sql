-- What REST and retention may do, by the owner of the tables, after `migrate`; the same as in docs/operations.md.
GRANT SELECT ON pgmigrations, feed_secret TO outreach_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON inquiry, inquiry_activity, inquiry_tombstone, subscription, subscription_consent,
  idempotency_record TO outreach_service;
GRANT SELECT, INSERT, UPDATE ON inquiry_tombstone_floor TO outreach_service;
GRANT SELECT, INSERT, UPDATE ON privacy_audit TO outreach_service; -- UPDATE: a run's own counts, and an erased actor
-- Tables that migrations of later releases add.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO outreach_service;
