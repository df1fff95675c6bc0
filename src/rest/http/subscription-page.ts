// The pages behind the links of mails: one asks, with a button, and changes nothing, since mail programs and scanners open each
// link; the other says what the button has done.
import type {IncomingMessage} from 'node:http';
import {escapeHtml, type HtmlPage} from './html-page';
import {MESSAGES, pageLanguageOf} from '../messages/catalogue';

/** What a link is for. */
export type LinkPurpose = 'confirm' | 'unsubscribe';

// What is behind the # of a URL is sent to no server, and so is in no log. Without a script, or without a link, the person
// types the code.
const SCRIPT = `
const token = location.hash.slice(1);
if (token !== '') {
  document.querySelector('input').value = token;
  document.querySelector('label').hidden = true;
}
`;

/** Asks whether to do it, with the token of the URL's query or, by a script, of its fragment. */
export function linkPage(purpose: LinkPurpose, token: string | undefined, request: IncomingMessage): HtmlPage {
  const language = pageLanguageOf(request);
  const {code, [purpose]: texts} = MESSAGES[language].subscription;
  const field =
    token === undefined
      ? `<label>${escapeHtml(code)} <input name="token" required autocomplete="off"></label>`
      : `<input type="hidden" name="token" value="${escapeHtml(token)}">`;
  return {
    language,
    heading: texts.heading,
    content: `<p>${escapeHtml(texts.text)}</p>
<form method="post" action="?">
<p>${field}</p>
<p><button>${escapeHtml(texts.button)}</button></p>
</form>`,
    hasForm: true,
    ...(token === undefined && {script: SCRIPT}),
  };
}

/** Says that it is done. */
export function linkDonePage(purpose: LinkPurpose, reference: string, request: IncomingMessage): HtmlPage {
  const language = pageLanguageOf(request);
  const {done} = MESSAGES[language].subscription[purpose];
  return {language, heading: done.heading, content: `<p>${escapeHtml(done.text)}</p>`, reference};
}
