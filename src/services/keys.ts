// Binding keys of what the services are configured with.
import {BindingKey} from '@loopback/core';
import type {RateLimit} from './guards/rate-limit';
import type {Captcha} from './guards/captcha';
import type {FormTokens} from './guards/form-tokens';
import type {ProofOfWork} from './guards/proof-of-work';
import type {SubmissionMetrics} from './submission-metrics';
import type {SubscriptionTokens} from './subscription-tokens';

/** A topic that is none of INQUIRY_TOPICS: the inquiry goes to the first of them, or is refused. */
export type UnknownTopicRule = 'default' | 'refuse';

export const ServiceBindings = {
  /** The topics that an inquiry may have (INQUIRY_TOPICS). */
  INQUIRY_TOPICS: BindingKey.create<readonly string[]>('outreach.inquiry-topics'),
  /** What becomes of other topics (UNKNOWN_TOPIC); undefined: forms go to the default topic, JSON is refused. */
  UNKNOWN_TOPIC: BindingKey.create<UnknownTopicRule | undefined>('outreach.unknown-topic'),
  /** How long an export waits for its reader (EXPORT_IDLE_TIMEOUT_MS). */
  EXPORT_IDLE_TIMEOUT_MS: BindingKey.create<number>('outreach.export-idle-timeout-ms'),
  /** By the keys of FORM_TOKEN_KEYS. */
  FORM_TOKENS: BindingKey.create<FormTokens>('outreach.form-tokens'),
  /** Undefined without form tokens, and by PROOF_OF_WORK=off. */
  PROOF_OF_WORK: BindingKey.create<ProofOfWork | undefined>('outreach.proof-of-work'),
  /** The form field that people do not see (HONEYPOT_FIELD). */
  HONEYPOT_FIELD: BindingKey.create<string>('outreach.honeypot-field'),
  /** Whether a new subscription waits for a confirmation (DOUBLE_OPT_IN). */
  DOUBLE_OPT_IN: BindingKey.create<boolean>('outreach.double-opt-in'),
  /** The lists that there are (SUBSCRIPTION_LISTS), the default first; undefined: any. */
  SUBSCRIPTION_LISTS: BindingKey.create<readonly string[] | undefined>('outreach.subscription-lists'),
  CONSENT_TEXTS: BindingKey.create<ConsentTexts>('outreach.consent-texts'),
  SUBSCRIPTION_TOKENS: BindingKey.create<SubscriptionTokens>('outreach.subscription-tokens'),
  /** Undefined without one (CAPTCHA_PROVIDER). */
  CAPTCHA: BindingKey.create<Captcha | undefined>('outreach.captcha'),
  /** Undefined without one (RATE_LIMIT). */
  RATE_LIMIT: BindingKey.create<RateLimit | undefined>('outreach.rate-limit'),
  SUBMISSION_METRICS: BindingKey.create<SubmissionMetrics>('outreach.submission-metrics'),
} as const;

/** Which texts of consent there are (CONSENT_TEXTS). */
export interface ConsentTexts {
  /** SHA-256 in lower-case hexadecimal, by version. */
  sha256: ReadonlyMap<string, string>;
  /** Another version is taken with the hash that comes with it. */
  takesOthers: boolean;
}
