// Where a form post may be sent on to: pages of the allowed origins, so that nobody can use the form as an open
// redirect.
import {ProblemError} from '../contract/problem';

/** The URL as it may stand in a Location header. Throws ProblemError `invalid-body` for any other place. */
export function allowedRedirect(next: string, allowedOrigins: readonly string[]): string {
  const url = URL.canParse(next) ? new URL(next) : undefined;
  // A blob: URL has the origin of the page that made it, so the scheme counts too.
  if (url && /^https?:$/.test(url.protocol) && allowedOrigins.includes(url.origin)) return url.href;
  throw new ProblemError('invalid-body', 'One field is not valid.', {
    errors: [{pointer: '/_next', code: 'not_allowed', detail: 'must be an absolute URL of an allowed origin'}],
  });
}
