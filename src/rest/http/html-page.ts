// An answer as a page, for a person whose browser has sent a form by itself and shows what comes back.
import {createHash} from 'node:crypto';
import type {IncomingMessage, ServerResponse} from 'node:http';
import accepts from 'accepts';
import {MESSAGES, type PageLanguage} from '../messages/catalogue';

/** Default first: only who prefers a page gets one, not who takes anything. */
const OFFERED = ['application/json', 'application/problem+json', 'text/html'];

/** What HTML forms are sent as: their three `enctype`s, of which the service reads the first. */
const FORM_TYPE = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

const STYLE = `
:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{max-width:36rem;margin:0 auto;padding:2rem 1rem;background:#f4f6f9;color:#1b2430;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 1rem}
li{margin:.25rem 0}
a{color:#0b5cad}
small{color:#525d6c}
button,input{font:inherit;padding:.5rem .75rem}
input{display:block;box-sizing:border-box;width:100%;margin-top:.25rem}
@media (prefers-color-scheme:dark){body{background:#11161d;color:#e7ebf1}a{color:#82bbff}small{color:#a9b3c1}}
`;
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64');
const STYLE_HASH = hashOf(STYLE);

// Lets in the page's own style and nothing else: no image and no frame, and a script and a form only where it has them.
const policyOf = ({script, hasForm}: HtmlPage) =>
  [
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'`,
    ...(script === undefined ? [] : [`script-src 'sha256-${hashOf(script)}'`]),
    `base-uri 'none'; form-action ${hasForm ? "'self'" : "'none'"}; frame-ancestors 'none'`,
  ].join('; ');

// Browsers send some 200 characters; `accepts` takes the square of an unfinished quotation's length.
const MAX_ACCEPT = 1024;

/** What a page says. */
export interface HtmlPage {
  /** Of all that does not say otherwise itself. */
  language: PageLanguage;
  /** Text: the title and the heading. */
  heading: string;
  /** HTML: what is below the heading. */
  content: string;
  /** Text: by what the person can refer to this answer. */
  reference?: string;
  /** The content has a form, which is posted to this service. */
  hasForm?: boolean;
  /** Runs in the page. */
  script?: string;
}

/** Is this a form that a browser has sent by itself, so that a person reads the answer? */
export function wantsPage(request: IncomingMessage): boolean {
  const {accept = '', 'content-type': type = ''} = request.headers;
  return FORM_TYPE.test(type) && accept.length <= MAX_ACCEPT && accepts(request).type(OFFERED) === 'text/html';
}

/** Sends the page with the status that the response has. It is kept by no cache, so it varies by no header for one. */
export function writePage(response: ServerResponse, page: HtmlPage): void {
  const {language, heading, content, reference, script} = page;
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Content-Security-Policy', policyOf(page));
  response.setHeader('Cache-Control', 'no-store');
  response.end(`<!doctype html>
<html lang="${language}" dir="${MESSAGES[language].direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(heading)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(heading)}</h1>
${content}
${reference === undefined ? '' : `<p><small>${MESSAGES[language].reference}: ${escapeHtml(reference)}</small></p>`}
</main>
${script === undefined ? '' : `<script>${script}</script>`}
</body>
</html>
`);
}

/** The text as HTML that shows it. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
