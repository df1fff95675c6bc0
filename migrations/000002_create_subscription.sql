-- Subscriptions, with the evidence of consent: which text, in which version, when.
SET LOCAL lock_timeout = '2s';

CREATE TABLE subscription (
  id                  uuid PRIMARY KEY,
  email               text NOT NULL,
  email_normalized    text NOT NULL,
  list                text NOT NULL DEFAULT 'newsletter',
  locale              text,
  status              text NOT NULL DEFAULT 'active',
  consent_version     text NOT NULL,
  consent_text_sha256 text NOT NULL,
  consented_at        timestamptz(3) NOT NULL,
  source_url          text,
  unsubscribed_at     timestamptz(3),
  created_at          timestamptz(3) NOT NULL,
  updated_at          timestamptz(3) NOT NULL,

  CONSTRAINT subscription_email_list_key UNIQUE (email_normalized, list),
  CONSTRAINT subscription_email_check CHECK (char_length(email) BETWEEN 3 AND 254),
  CONSTRAINT subscription_email_normalized_check CHECK (email_normalized = lower(email_normalized)),
  CONSTRAINT subscription_list_check CHECK (list ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  CONSTRAINT subscription_locale_check CHECK (char_length(locale) <= 35),
  CONSTRAINT subscription_status_check CHECK (status IN ('active', 'pending', 'unsubscribed')),
  CONSTRAINT subscription_consent_text_sha256_check CHECK (consent_text_sha256 ~ '^[0-9a-f]{64}$'),
  CONSTRAINT subscription_consent_version_check CHECK (char_length(consent_version) BETWEEN 1 AND 64),
  CONSTRAINT subscription_source_url_check CHECK (char_length(source_url) <= 2048)
);
