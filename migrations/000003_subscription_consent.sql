-- The history of consent: what somebody agreed to, when and how, who confirmed it, and when it was withdrawn.

SET LOCAL lock_timeout = '2s';

CREATE TYPE consent_kind AS ENUM ('given', 'confirmed', 'withdrawn');
CREATE TYPE consent_method AS ENUM ('request', 'link', 'one_click', 'back_office');

-- The consent that counts now is that of the subscription. Written in the transaction of what it records, never updated but
-- by an erasure, and removed with its subscription alone.
CREATE TABLE subscription_consent (
  id                  uuid PRIMARY KEY,
  subscription_id     uuid NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
  kind                consent_kind NOT NULL,
  method              consent_method NOT NULL,
  -- Of the text that was agreed to, confirmed or withdrawn.
  consent_version     version_name NOT NULL,
  consent_text_sha256 sha256_hex NOT NULL,
  actor               short_text, -- `sub` of the token; null for what the person did
  reason              varchar(500), -- why the back office did it
  created_at          timestamptz(3) NOT NULL,
  -- The addresses that the texts mention; null for none.
  addresses           tsvector
);
-- The history of a subscription.
CREATE INDEX subscription_consent_subscription_id_idx ON subscription_consent (subscription_id, created_at, id);
-- Erasure and subject exports.
CREATE INDEX subscription_consent_addresses_idx ON subscription_consent USING gin (addresses) WHERE addresses IS NOT NULL;

CREATE FUNCTION subscription_consent_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('outreach.erasure', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'subscription_consent is append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER subscription_consent_append_only BEFORE UPDATE ON subscription_consent
  FOR EACH STATEMENT EXECUTE FUNCTION subscription_consent_refuse_update();

-- What is known of the subscriptions that are there: the consent that counts, and when one was ended. The addresses of more
-- texts than these do no harm: the texts decide.
INSERT INTO subscription_consent (id, subscription_id, kind, method, consent_version, consent_text_sha256, created_at, addresses)
SELECT id, id, 'given', 'request', consent_version, consent_text_sha256, consented_at, addresses FROM subscription;
INSERT INTO subscription_consent (id, subscription_id, kind, method, consent_version, consent_text_sha256, created_at, addresses)
SELECT gen_random_uuid(), id, 'withdrawn', 'back_office', consent_version, consent_text_sha256, unsubscribed_at, addresses
FROM subscription WHERE unsubscribed_at IS NOT NULL;

-- Statistics keep values of rows that are gone: there are none of what may hold an address.
ALTER TABLE subscription_consent
  ALTER COLUMN consent_version SET STATISTICS 0,
  ALTER COLUMN actor SET STATISTICS 0,
  ALTER COLUMN reason SET STATISTICS 0,
  ALTER COLUMN addresses SET STATISTICS 0;
