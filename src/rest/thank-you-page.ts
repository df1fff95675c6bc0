// Where a form without JavaScript ends that names no page of its own, or none that is allowed.
import type {IncomingMessage} from 'node:http';
import {escapeHtml, type HtmlPage} from './html-page';

/** The page, with a link back to the site where its origin is an allowed one. */
export function thankYouPage(
  reference: string,
  {headers}: IncomingMessage,
  allowedOrigins: readonly string[],
): HtmlPage {
  const {origin = ''} = headers;
  const back = allowedOrigins.includes(origin)
    ? `<a href="${escapeHtml(origin)}/">Back to ${escapeHtml(new URL(origin).host)}</a>`
    : 'Your browser’s Back button leads back to the site.';
  return {heading: 'Thank you', content: `<p>Your message has arrived.</p>\n<p>${back}</p>`, reference};
}
