// A problem as a page, for whoever sent a form without JavaScript: the browser shows the answer itself. It says what is
// wrong and how to go back, and like every problem it repeats nothing of what was sent: the browser has kept that.
import {createHash} from 'node:crypto';
import type {IncomingMessage} from 'node:http';
import accepts from 'accepts';
import type {InputError, Problem} from '../contract/problem';

/** Default first: only who prefers a page gets one, not who takes anything. */
const OFFERED = ['application/problem+json', 'text/html'];

const STYLE = `
:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{max-width:36rem;margin:0 auto;padding:2rem 1rem;background:#f4f6f9;color:#1b2430;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 1rem}
li{margin:.25rem 0}
small{color:#525d6c}
@media (prefers-color-scheme:dark){body{background:#11161d;color:#e7ebf1}small{color:#a9b3c1}}
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Lets in this page's own style and nothing else: no script, image, form or frame. */
export const PROBLEM_PAGE_POLICY =
  `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// Browsers send some 200 characters; `accepts` takes the square of an unfinished quotation's length.
const MAX_ACCEPT = 1024;

/** Is this a form that a browser has sent by itself, so that a person reads the answer? */
export function wantsPage(request: IncomingMessage): boolean {
  const {accept = '', 'content-type': type = ''} = request.headers;
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type);
  return isForm && accept.length <= MAX_ACCEPT && accepts(request).type(OFFERED) === 'text/html';
}

/** The whole page. */
export function problemPage(problem: Problem): string {
  const [heading, explanation] = explain(problem);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(heading)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(heading)}</h1>
${explanation}
<p>Go back to the form with your browser’s Back button: what you typed is still there.</p>
<p><small>Reference: ${escapeHtml(problem.instance)}</small></p>
</main>
</body>
</html>
`;
}

// The heading as text, and what is below it as HTML.
function explain({title, status, detail, errors = []}: Problem): [heading: string, html: string] {
  if (errors.length > 0) {
    const sentences = errors.map(error => `<li>${escapeHtml(toSentence(error))}</li>`);
    return ['Please check what you typed', `<ul>${sentences.join('')}</ul>`];
  }
  if (status >= 500) return ['We cannot take this at the moment', '<p>Please send it again in a few minutes.</p>'];
  return [title, `<p>${escapeHtml(detail ?? title)}</p>`];
}

// `/sourceUrl` is "Source url" to a person; what is said of it continues the sentence.
function toSentence({pointer, parameter, code, detail}: InputError): string {
  const words = (pointer?.slice(1) ?? parameter ?? '').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const field = words === '' ? 'The form' : words.charAt(0).toUpperCase() + words.slice(1);
  return code === 'too_small' ? `${field} is required.` : `${field} ${detail}.`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
