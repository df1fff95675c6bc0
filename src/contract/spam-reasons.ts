// Why an inquiry was quarantined, as codes: `spamReasons` of an inquiry has them, and a guard of a consumer's may add its
// own. Without zod, so that browsers can have it.

/** What outreach's own guards say. */
export const SPAM_REASONS = [
  ...(['rate', 'rate_email', 'burst', 'honeypot', 'links', 'markup', 'link_in_name'] as const),
  ...(['token_too_fast', 'token_reused', 'token_expired', 'token_invalid'] as const),
  ...(['proof_expired', 'proof_invalid'] as const),
  ...(['captcha_missing', 'captcha_failed', 'captcha_unavailable'] as const),
] as const;
export type SpamReason = (typeof SPAM_REASONS)[number];
