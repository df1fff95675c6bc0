// The one catalogue of what visitors read, and which of its languages one reads. What is for a site's owner stays in the
// service's own English, as in a problem.
import accepts from 'accepts';
import type {IncomingMessage} from 'node:http';
import type {MessagesView, VisitorField} from '../../contract/messages';
import type {InputError, ProblemKind} from '../../contract/problem';
import {ar} from './ar';
import {cs} from './cs';
import {de} from './de';
import {en} from './en';
import {es} from './es';
import {fr} from './fr';
import {it} from './it';
import type {Messages} from './messages';
import {nl} from './nl';
import {pl} from './pl';
import {pt} from './pt';
import {ru} from './ru';

/** By language (BCP 47); the first is for who asks for none of them. */
export const MESSAGES = {en, de, fr, es, it, nl, pl, pt, cs, ru, ar} as const satisfies Record<string, Messages>;
export type PageLanguage = keyof typeof MESSAGES;
export const LANGUAGES = Object.keys(MESSAGES) as PageLanguage[]; // its own keys
const DEFAULT_LANGUAGE: PageLanguage = 'en';

// Browsers send some 50 characters.
const MAX_ACCEPT_LANGUAGE = 1024;

/** The language of a tag such as `de-AT`, and English where there is none. */
export function languageOfTag(tag: string): PageLanguage {
  return knownLanguage(tag) ?? DEFAULT_LANGUAGE;
}

function knownLanguage(tag: string): PageLanguage | undefined {
  const [primary = ''] = tag.trim().toLowerCase().slice(0, 35).split(/[-_]/, 1);
  return LANGUAGES.find(language => language === primary);
}

// A form names the language of its page, which the answer to it is in; a browser's own may be another one.
const named = new WeakMap<IncomingMessage, PageLanguage>();

/** The form says in which language its visitor reads; a tag that is none of the catalogue's changes nothing. */
export function nameLanguage(request: IncomingMessage, tag: string): void {
  const language = knownLanguage(tag);
  if (language) named.set(request, language);
}

/** The language that the form has named, or the one of `Accept-Language` that the person prefers. */
export function pageLanguageOf(request: IncomingMessage): PageLanguage {
  const ofForm = named.get(request);
  if (ofForm) return ofForm;
  const {'accept-language': wanted = ''} = request.headers;
  if (wanted.length > MAX_ACCEPT_LANGUAGE) return DEFAULT_LANGUAGE;
  const preferred = accepts(request).languages([...LANGUAGES]);
  return LANGUAGES.find(language => language === preferred) ?? DEFAULT_LANGUAGE;
}

/** A sentence about one field. */
export function toSentence({pointer = '', code, max}: InputError, messages: Messages): string {
  const sentence = code === 'format' && pointer === '/email' ? messages.emailFormat : messages.errors[code];
  return sentence.replace('{field}', () => nameOf(pointer, messages)).replace('{max}', String(max ?? ''));
}

// `/metadata/jobTitle` is "Job title" to a person.
function nameOf(pointer: string, {fields}: Messages): string {
  const [, first = '', own] = pointer.split('/');
  if (own === undefined && Object.hasOwn(fields, first)) return fields[first as VisitorField]; // it has it
  const words = (own ?? first).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a problem is to a visitor. */
export type ProblemNotice = 'notSent' | 'checkInput' | 'tooLong' | 'tooMany' | 'unavailable' | 'notPossible';

/** Of each problem: the site's mistake (`notSent`), or something that the visitor can do; the last is of the back office. */
export const PROBLEM_NOTICES: Readonly<Record<ProblemKind, ProblemNotice>> = {
  'malformed-request': 'notSent',
  'malformed-body': 'notSent',
  'invalid-parameter': 'notSent',
  'not-found': 'notSent',
  'method-not-allowed': 'notSent',
  'uri-too-long': 'notSent',
  'unsupported-media-type': 'notSent',
  'headers-too-large': 'notSent',
  'invalid-body': 'checkInput',
  'body-too-large': 'tooLong',
  'too-many-requests': 'tooMany',
  'request-timeout': 'unavailable',
  'internal-error': 'unavailable',
  unavailable: 'unavailable',
  unauthorized: 'notPossible',
  forbidden: 'notPossible',
  conflict: 'notPossible',
  'feed-expired': 'notPossible',
  'precondition-failed': 'notPossible',
  'precondition-required': 'notPossible',
};

/** What `GET /messages/{locale}` answers. */
export function messagesView(language: PageLanguage): MessagesView {
  const messages: Messages = MESSAGES[language];
  const {direction, stored, subscription, reference, errors, emailFormat, fields} = messages;
  const problems = Object.entries(PROBLEM_NOTICES).map(([kind, notice]) => [kind, toText(messages[notice])]);
  return {
    locale: language,
    locales: LANGUAGES,
    direction,
    stored: {heading: stored.heading, text: stored.text},
    subscription: {received: subscription.received, toConfirm: subscription.toConfirm},
    reference,
    problems: Object.fromEntries(problems) as MessagesView['problems'], // of each
    errors,
    emailFormat,
    fields,
  };
}

// A heading has no full stop.
function toText(notice: Messages[ProblemNotice]): string {
  if (typeof notice !== 'string') return `${notice.heading}. ${notice.text}`;
  return notice.endsWith('.') ? notice : `${notice}.`;
}
