// Where a form post may be sent on to: pages of the allowed origins, so that nobody can use the form as an open
// redirect.
import {parseHttpUrl} from '../contract/fields';
import {ProblemError} from '../contract/problem';

/** Longest `_next`, as it is sent and as it is written into the header. */
export const MAX_REDIRECT = 2048;

/**
 * The URL as it may stand in a Location header: without credentials, which a browser would send on, and not longer than
 * MAX_REDIRECT. Throws ProblemError `invalid-body` for any other place.
 */
export function allowedRedirect(next: string, allowedOrigins: readonly string[]): string {
  const url = parseHttpUrl(next);
  const isAllowed = url !== undefined && allowedOrigins.includes(url.origin) && url.username + url.password === '';
  if (isAllowed && url.href.length <= MAX_REDIRECT) return url.href;
  throw new ProblemError('invalid-body', 'One field is not valid.', {
    errors: [
      {
        pointer: '/_next',
        code: 'not_allowed',
        detail: 'must be an absolute URL of an allowed origin, without user name and password',
      },
    ],
  });
}
