// What the captcha providers want to be asked and how they answer, by their documentation. All of them take a POST and answer
// JSON; a widget on the page has put the visitor's response into a field of the form.
import type {CaptchaProviderName} from '../../contract/captcha';

/** What a provider said. `secret` and `site_key` are wrong configuration; `unavailable` is no answer about the response. */
export type CaptchaOutcome = 'passed' | 'failed' | 'secret' | 'site_key' | 'unavailable';

/** What a provider is asked with. */
export interface CaptchaQuestion {
  secret: string;
  siteKey?: string;
  /** What the widget has put into the form. */
  response: string;
  /** The visitor's, where the operator wants it sent. */
  address?: string;
}

export interface CaptchaProvider {
  url: string;
  requestOf(question: CaptchaQuestion): {headers: Record<string, string>; body: string};
  /** What its JSON says. Whatever its documentation does not have is `unavailable`. */
  read(answer: CaptchaAnswer): CaptchaOutcome;
}

/** A provider's JSON, of which nothing is sure. */
export interface CaptchaAnswer {
  success?: unknown;
  'error-codes'?: unknown;
  error?: {error_code?: unknown} | null;
}

// reCAPTCHA's protocol, which two of the three speak.
const FORM = {'Content-Type': 'application/x-www-form-urlencoded'};
function formOf({secret, siteKey, response, address}: CaptchaQuestion): string {
  return new URLSearchParams({
    secret,
    response,
    ...(siteKey !== undefined && {sitekey: siteKey}),
    ...(address !== undefined && {remoteip: address}),
  }).toString();
}
const OF_CODE: Readonly<Record<string, CaptchaOutcome>> = {
  'missing-input-secret': 'secret',
  'invalid-input-secret': 'secret',
  'not-using-dummy-passcode': 'secret',
  'sitekey-secret-mismatch': 'site_key',
  'invalid-sitekey': 'site_key',
  'missing-input-response': 'failed',
  'invalid-input-response': 'failed',
  'timeout-or-duplicate': 'failed',
  'invalid-or-already-seen-response': 'failed',
  'expired-input-response': 'failed',
  'already-seen-response': 'failed',
  // Friendly Captcha's
  auth_required: 'secret',
  auth_invalid: 'secret',
  sitekey_invalid: 'site_key',
  response_missing: 'failed',
  response_invalid: 'failed',
  response_timeout: 'failed',
  response_duplicate: 'failed',
};

function readSiteVerify({success, 'error-codes': codes}: CaptchaAnswer): CaptchaOutcome {
  return success === true ? 'passed' : outcomeOf(Array.isArray(codes) ? codes[0] : undefined);
}

function outcomeOf(code: unknown): CaptchaOutcome {
  return (typeof code === 'string' && Object.hasOwn(OF_CODE, code) && OF_CODE[code]) || 'unavailable';
}

export const CAPTCHAS: Readonly<Record<CaptchaProviderName, CaptchaProvider>> = {
  // https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
  turnstile: {
    url: 'https://challenges.cloudflare.com/turnstile/v0/siteverify',
    requestOf: question => ({headers: FORM, body: formOf({...question, siteKey: undefined})}),
    read: readSiteVerify,
  },
  // https://docs.hcaptcha.com/#verify-the-user-response-server-side
  hcaptcha: {
    url: 'https://api.hcaptcha.com/siteverify',
    requestOf: question => ({headers: FORM, body: formOf(question)}),
    read: readSiteVerify,
  },
  // https://developer.friendlycaptcha.com/docs/v2/api/siteverify
  friendly: {
    url: 'https://global.frcapi.com/api/v2/captcha/siteverify',
    requestOf: ({secret, siteKey, response}) => ({
      headers: {'Content-Type': 'application/json', 'X-API-Key': secret},
      body: JSON.stringify({response, sitekey: siteKey}),
    }),
    read: ({success, error}) => (success === true ? 'passed' : outcomeOf(error?.error_code)),
  },
};
