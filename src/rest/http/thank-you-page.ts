// Where a form without JavaScript ends that names no page of its own, or none that is allowed.
import type {IncomingMessage} from 'node:http';
import type {AllowedOrigins} from '../../platform/allowed-origins';
import {escapeHtml, type HtmlPage} from './html-page';
import {MESSAGES, pageLanguageOf} from '../messages/catalogue';

/** The page, with a link back to the site where its origin is an allowed one. */
export function thankYouPage(reference: string, request: IncomingMessage, allowedOrigins: AllowedOrigins): HtmlPage {
  const {origin = ''} = request.headers;
  const language = pageLanguageOf(request);
  const {heading, text, backTo, backButton} = MESSAGES[language].stored;
  const back = allowedOrigins.includes(origin)
    ? `<a href="${escapeHtml(origin)}/">${escapeHtml(backTo.replace('{host}', () => new URL(origin).host))}</a>`
    : escapeHtml(backButton);
  return {language, heading, content: `<p>${escapeHtml(text)}</p>\n<p>${back}</p>`, reference};
}
