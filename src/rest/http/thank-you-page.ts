// Where a form without JavaScript ends that names no page of its own, or none that is allowed.
import type {IncomingMessage} from 'node:http';
import type {AllowedOrigins} from '../../platform/allowed-origins';
import {escapeHtml, type HtmlPage} from './html-page';
import {MESSAGES, pageLanguageOf} from '../messages/catalogue';
import type {Messages, Notice} from '../messages/messages';

/** What has become of the form. */
export type FormOutcome = 'stored' | 'received' | 'toConfirm';

const NOTICES: Readonly<Record<FormOutcome, (messages: Messages) => Notice>> = {
  stored: ({stored}) => stored,
  received: ({subscription}) => subscription.received,
  toConfirm: ({subscription}) => subscription.toConfirm,
};

/** The page, with a link back to the site where its origin is an allowed one. */
export function thankYouPage(
  request: IncomingMessage,
  {outcome, reference, allowedOrigins}: {outcome: FormOutcome; reference: string; allowedOrigins: AllowedOrigins},
): HtmlPage {
  const {origin = ''} = request.headers;
  const language = pageLanguageOf(request);
  const messages = MESSAGES[language];
  const {heading, text} = NOTICES[outcome](messages);
  const {backTo, backButton} = messages.stored;
  const back = allowedOrigins.includes(origin)
    ? `<a href="${escapeHtml(origin)}/">${escapeHtml(backTo.replace('{host}', () => new URL(origin).host))}</a>`
    : escapeHtml(backButton);
  return {language, heading, content: `<p>${escapeHtml(text)}</p>\n<p>${back}</p>`, reference};
}
