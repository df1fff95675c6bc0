// A problem as a page: what is wrong, whose mistake it is, and what the visitor can do. Like every problem it repeats
// nothing of what was sent; the browser has kept that.
import type {IncomingMessage} from 'node:http';
import type {InputError, InputErrorCode, Problem} from '../../contract/problem';
import {escapeHtml, type HtmlPage} from '../http/html-page';
import {MESSAGES, pageLanguageOf, PROBLEM_NOTICES, type ProblemNotice, toSentence} from '../messages/catalogue';
import type {Messages} from '../messages/messages';

// Of the site's developer, whichever field it is about: no visitor can do anything about it.
const CODES_OF_THE_FORM = new Set<InputErrorCode>(['unknown', 'repeated', 'type', 'key', 'unknown_topic']);
// What the site fills in, and the form as a whole; but a topic may be left for the visitor to choose, and a consent to tick.
const FIELDS_OF_THE_FORM = new Set([
  '',
  'topic',
  'list',
  'locale',
  'sourceUrl',
  'consentVersion',
  'consentTextSha256',
  'privacyNoticeVersion',
]);
// Of these, what no visitor sees.
const HIDDEN_FIELD = 'consentTextSha256';
// Of what the service says in its own words: voices read it as what it is, on a page of another language too.
const IN_ENGLISH = 'lang="en" dir="ltr"';

/** What the person reads who has sent the form by this request. */
export function problemPage(problem: Problem, request: IncomingMessage): HtmlPage {
  const language = pageLanguageOf(request);
  return {...explain(problem, MESSAGES[language]), language, reference: problem.instance};
}

type Explanation = Pick<HtmlPage, 'heading' | 'content'>;

function explain({type, title, detail = title, errors = []}: Problem, texts: Messages): Explanation {
  if (errors.some(({pointer, parameter}) => pointer === '/token' || parameter === 'token')) {
    const {heading, text} = texts.subscription.brokenLink;
    return {heading, content: `<p>${escapeHtml(text)}</p>`};
  }
  const ofTheForm = errors.filter(isOfTheForm);
  if (ofTheForm.length > 0) return mistakeOfTheForm(texts, ofTheForm.map(toSentenceForOwner));
  if (errors.length > 0)
    return toRepeat(texts, texts.checkInput, listOf(errors.map(error => toSentence(error, texts))));
  const {[type.replace('/problems/', '')]: notice}: Readonly<Record<string, ProblemNotice>> = PROBLEM_NOTICES;
  if (notice === 'notSent') return mistakeOfTheForm(texts, [detail]);
  const text = notice && texts[notice];
  if (typeof text === 'object') return toRepeat(texts, text.heading, `<p>${escapeHtml(text.text)}</p>`);
  return toRepeat(texts, texts.notSent, `<p ${IN_ENGLISH}>${escapeHtml(detail)}</p>`); // of an installation's own
}

function toRepeat({tryAgain}: Messages, heading: string, html: string): Explanation {
  return {heading, content: `${html}\n<p>${escapeHtml(tryAgain)}</p>`};
}

function mistakeOfTheForm({notSent, mistakeOfTheForm: {before, after}}: Messages, sentences: string[]): Explanation {
  return {
    heading: notSent,
    content: `<p>${escapeHtml(before)}</p>\n${listOf(sentences, ` ${IN_ENGLISH}`)}\n<p>${escapeHtml(after)}</p>`,
  };
}

function isOfTheForm({pointer = '', code}: InputError): boolean {
  const [, field = ''] = pointer.split('/');
  const isOfVisitor = code === 'required' && field !== HIDDEN_FIELD;
  return CODES_OF_THE_FORM.has(code) || (!isOfVisitor && FIELDS_OF_THE_FORM.has(field));
}

// The name as it stands in the form, for who can find it there.
function toSentenceForOwner({pointer, parameter, detail}: InputError): string {
  const name = pointer?.slice(1) ?? parameter ?? '';
  return name === '' ? `The form ${detail}.` : `The field “${name}” ${detail}.`;
}

function listOf(sentences: string[], attributes = ''): string {
  return `<ul${attributes}>${sentences.map(sentence => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>`;
}
