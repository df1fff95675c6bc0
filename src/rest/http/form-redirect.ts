// Where a form post may be sent on to: pages of the allowed origins, so that nobody can use the form as an open
// redirect.
import {parseHttpUrl} from '../../contract/fields';
import type {AllowedOrigins} from '../../platform/allowed-origins';

/** Longest `_next` that is followed, as it is sent and as it is written into the header. */
export const MAX_REDIRECT = 2048;

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
