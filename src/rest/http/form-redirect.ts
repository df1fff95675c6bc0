// Where a form post may be sent on to: pages of the allowed origins, so that nobody can use the form as an open
// redirect.
import {z} from 'zod';
import {parseHttpUrl} from '../../contract/fields';
import {formLanguageSchema} from '../../contract/messages';
import type {AllowedOrigins} from '../../platform/allowed-origins';
import type {RateLimitedLog} from '../../platform/rate-limited-log';

/** Longest `_next` that is followed, as it is sent and as it is written into the header. */
export const MAX_REDIRECT = 2048;

/** What only a form has that visitors send: how its answer is shown. */
export const answeredFormSchema = z.strictObject({
  lang: formLanguageSchema,
  _next: z
    .string()
    .trim()
    .optional()
    .meta({
      description:
        'Where to go after a form post: an absolute URL of an allowed origin, without credentials, of at most ' +
        `${MAX_REDIRECT} characters. Any other is as if left out, and logged.`,
    }),
});

/** Why a `_next` is not followed. */
export type RedirectRefusal = 'too_long' | 'not_absolute' | 'origin' | 'credentials';

/**
 * The URL as it may stand in a Location header: of an allowed origin, not longer than MAX_REDIRECT, and without
 * credentials, which a browser would send on. Of any other text, why it is not.
 */
export function readRedirect(
  next: string,
  allowedOrigins: AllowedOrigins,
): {location: string} | {refusal: RedirectRefusal} {
  if (next.length > MAX_REDIRECT) return {refusal: 'too_long'};
  const url = parseHttpUrl(next);
  if (!url) return {refusal: 'not_absolute'};
  if (!allowedOrigins.includes(url.origin)) return {refusal: 'origin'};
  if (url.username + url.password !== '') return {refusal: 'credentials'};
  return url.href.length > MAX_REDIRECT ? {refusal: 'too_long'} : {location: url.href};
}

/**
 * Where the form leads on to; undefined where it names nothing, or nothing that may be followed. The visitor has no part in
 * that: a mistake there is the site's, is logged, and costs no submission.
 */
export function redirectOf(
  form: z.output<typeof answeredFormSchema>,
  {allowedOrigins, log, requestId}: {allowedOrigins: AllowedOrigins; log: RateLimitedLog; requestId: string},
): string | undefined {
  if (form._next === undefined) return undefined;
  const redirect = readRedirect(form._next, allowedOrigins);
  if ('location' in redirect) return redirect.location;
  const variable = redirect.refusal === 'origin' ? 'ALLOWED_ORIGINS' : undefined;
  log.write('warn', 'form.next.refused', {reason: redirect.refusal, variable, requestId});
  return undefined;
}
