// A problem as a page: what is wrong, whose mistake it is, and what the visitor can do. Like every problem it repeats
// nothing of what was sent; the browser has kept that.
import type {InputError, InputErrorCode, Problem} from '../contract/problem';
import {escapeHtml, type HtmlPage} from './html-page';

// Of the site's developer, whichever field it is about: no visitor can do anything about it.
const CODES_OF_THE_FORM = new Set<InputErrorCode>(['unknown', 'repeated', 'type', 'key', 'unknown_topic']);
// What the site fills in, and the form as a whole; but a topic may be left for the visitor to choose.
const FIELDS_OF_THE_FORM = new Set(['', 'topic', 'locale', 'sourceUrl', 'privacyNoticeVersion']);
// Where and how the form is sent.
const STATUSES_OF_THE_FORM = new Set([400, 404, 405, 415]);

/** What the person reads who has sent the form. */
export function problemPage(problem: Problem): HtmlPage {
  return {...explain(problem), reference: problem.instance};
}

type Explanation = Pick<HtmlPage, 'heading' | 'content'>;

function explain({title, status, detail = title, errors = []}: Problem): Explanation {
  const ofTheForm = errors.filter(isOfTheForm);
  if (ofTheForm.length > 0) return mistakeOfTheForm(ofTheForm.map(toSentenceForOwner));
  if (errors.length > 0) return toRepeat('Please check what you typed', listOf(errors.map(toSentence)));
  if (STATUSES_OF_THE_FORM.has(status)) return mistakeOfTheForm([detail]);
  if (status === 413) return toRepeat('Your message is too long', '<p>Please shorten it, and send it again.</p>');
  if (status < 500) return toRepeat(title, `<p>${escapeHtml(detail)}</p>`);
  return toRepeat('We cannot take this at the moment', '<p>Please send it again in a few minutes.</p>');
}

function toRepeat(heading: string, html: string): Explanation {
  const back = '<p>Go back to the form with your browser’s Back button: what you typed is still there.</p>';
  return {heading, content: `${html}\n${back}`};
}

function mistakeOfTheForm(sentences: string[]): Explanation {
  return {
    heading: 'Your message was not sent',
    content: `<p>The form has a mistake, which is not yours. Please tell the owner of this site:</p>
${listOf(sentences)}
<p>Your browser’s Back button leads to what you typed, so that you can send it in another way.</p>`,
  };
}

function isOfTheForm({pointer = '', code}: InputError): boolean {
  const [, field = ''] = pointer.split('/');
  return CODES_OF_THE_FORM.has(code) || (code !== 'required' && FIELDS_OF_THE_FORM.has(field));
}

// The name as it stands in the form, for who can find it there.
function toSentenceForOwner({pointer, parameter, detail}: InputError): string {
  const name = pointer?.slice(1) ?? parameter ?? '';
  return name === '' ? `The form ${detail}.` : `The field “${name}” ${detail}.`;
}

// `/metadata/jobTitle` is "Job title" to a person; what is said of it continues the sentence.
function toSentence({pointer = '', code, detail}: InputError): string {
  const words = (pointer.split('/').at(-1) ?? '').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const field = words.charAt(0).toUpperCase() + words.slice(1);
  return code === 'too_small' ? `${field} is required.` : `${field} ${detail}.`;
}

function listOf(sentences: string[]): string {
  return `<ul>${sentences.map(sentence => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>`;
}
