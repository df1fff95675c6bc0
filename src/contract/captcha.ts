// The captcha providers that may be configured, with the field that the widget of each adds to a form.

export const CAPTCHA_FIELDS = {
  turnstile: 'cf-turnstile-response',
  hcaptcha: 'h-captcha-response',
  friendly: 'frc-captcha-response',
} as const;
export type CaptchaProviderName = keyof typeof CAPTCHA_FIELDS;

export const CAPTCHA_PROVIDERS = [
  'turnstile',
  'hcaptcha',
  'friendly',
] as const satisfies readonly CaptchaProviderName[];
