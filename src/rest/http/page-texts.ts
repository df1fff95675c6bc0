// Every text of the pages that visitors read, in each language that the service speaks, and which of them one reads. What
// is for the site's owner stays in the service's own English, as in a problem.
import accepts from 'accepts';
import type {IncomingMessage} from 'node:http';
import type {InputError, InputErrorCode} from '../../contract/problem';

/** The first one is for who asks for none of them. */
const LANGUAGES = ['en', 'de'] as const;
export type PageLanguage = (typeof LANGUAGES)[number];

/** Of a page that asks, with a button, and of the one behind that. */
interface LinkTexts {
  heading: string;
  text: string;
  button: string;
  done: {heading: string; text: string};
}

/** Plain text, not HTML. */
export interface PageTexts {
  /** Stands before what the person can refer to the answer by. */
  reference: string;
  stored: {heading: string; text: string; backTo: (host: string) => string; backButton: string};
  /** A sentence about one field. */
  toSentence: (error: InputError) => string;
  subscription: {
    /** Names the field for the token, where the link did not bring it. */
    code: string;
    confirm: LinkTexts;
    unsubscribe: LinkTexts;
    brokenLink: {heading: string; text: string};
  };
  checkInput: string;
  tooLong: {heading: string; text: string};
  unavailable: {heading: string; text: string};
  notSent: string;
  /** After what the visitor can mend, or try again. */
  tryAgain: string;
  mistakeOfTheForm: {before: string; after: string};
}

// Browsers send some 50 characters.
const MAX_ACCEPT_LANGUAGE = 1024;

/** The language of `Accept-Language` that the person prefers. */
export function pageLanguageOf(request: IncomingMessage): PageLanguage {
  const {'accept-language': wanted = ''} = request.headers;
  if (wanted.length > MAX_ACCEPT_LANGUAGE) return LANGUAGES[0];
  const preferred = accepts(request).languages([...LANGUAGES]);
  return LANGUAGES.find(language => language === preferred) ?? LANGUAGES[0];
}

const english: PageTexts = {
  reference: 'Reference',
  stored: {
    heading: 'Thank you',
    text: 'Your message has arrived.',
    backTo: host => `Back to ${host}`,
    backButton: 'Your browser’s Back button leads back to the site.',
  },
  toSentence: ({pointer, code, detail}) => `${nameOf(pointer)} ${code === 'too_small' ? 'is required' : detail}.`,
  subscription: {
    code: 'Code from the mail',
    confirm: {
      heading: 'Confirm your subscription',
      text: 'With this button you say that you want our mail.',
      button: 'Confirm',
      done: {heading: 'Thank you', text: 'Your subscription is confirmed.'},
    },
    unsubscribe: {
      heading: 'Unsubscribe',
      text: 'With this button you get no more mail of this list.',
      button: 'Unsubscribe',
      done: {heading: 'You have unsubscribed', text: 'You get no more mail of this list.'},
    },
    brokenLink: {
      heading: 'This link does not work',
      text: 'It is incomplete or too old. Please open it from the mail once more, or subscribe again on the website.',
    },
  },
  checkInput: 'Please check what you typed',
  tooLong: {heading: 'Your message is too long', text: 'Please shorten it, leave out any file, and send it again.'},
  unavailable: {heading: 'We cannot take this at the moment', text: 'Please send it again in a few minutes.'},
  notSent: 'Your message was not sent',
  tryAgain: 'Go back to the form with your browser’s Back button: what you typed is still there.',
  mistakeOfTheForm: {
    before: 'The form has a mistake, which is not yours. Please tell the owner of this site:',
    after: 'Your browser’s Back button leads to what you typed, so that you can send it in another way.',
  },
};

const GERMAN_FIELDS: Readonly<Record<string, string>> = {
  '/topic': 'Thema',
  '/name': 'Name',
  '/email': 'E-Mail',
  '/phone': 'Telefon',
  '/company': 'Firma',
  '/subject': 'Betreff',
  '/message': 'Nachricht',
};
/** Of what a visitor can do something about; each continues a sentence that begins with the field. */
const GERMAN_ERRORS: Readonly<Partial<Record<InputErrorCode, string>>> = {
  required: 'fehlt',
  too_small: 'fehlt',
  too_big: 'ist zu lang',
  file: 'ist eine Datei; bitte nehmen Sie sie heraus, denn Dateien lassen sich nicht senden',
  not_allowed: 'ist keiner der möglichen Werte',
  control_character: 'hat ein Zeichen, das nicht erlaubt ist',
  malformed_unicode: 'hat ein beschädigtes Zeichen',
  combining_marks: 'hat zu viele Zeichen über einem Buchstaben',
};

const german: PageTexts = {
  reference: 'Kennung',
  stored: {
    heading: 'Vielen Dank',
    text: 'Ihre Nachricht ist angekommen.',
    backTo: host => `Zurück zu ${host}`,
    backButton: 'Die Zurück-Taste Ihres Browsers führt zurück zur Website.',
  },
  toSentence: ({pointer = '', code, max}) => {
    const field = GERMAN_FIELDS[pointer] ?? nameOf(pointer);
    if (code === 'format' && pointer === '/email') return `${field} muss eine E-Mail-Adresse sein.`;
    if (pointer === '/metadata' && code === 'too_big') return 'Die weiteren Angaben sind zusammen zu lang.';
    const text = GERMAN_ERRORS[code] ?? 'ist nicht so geschrieben, wie es sein muss';
    return `${field} ${text}${max === undefined ? '' : ` (höchstens ${max})`}.`;
  },
  subscription: {
    code: 'Code aus der E-Mail',
    confirm: {
      heading: 'Abonnement bestätigen',
      text: 'Mit diesem Knopf sagen Sie, dass Sie unsere E-Mails haben möchten.',
      button: 'Bestätigen',
      done: {heading: 'Vielen Dank', text: 'Ihr Abonnement ist bestätigt.'},
    },
    unsubscribe: {
      heading: 'Abbestellen',
      text: 'Mit diesem Knopf bekommen Sie keine E-Mails dieser Liste mehr.',
      button: 'Abbestellen',
      done: {heading: 'Sie haben abbestellt', text: 'Sie bekommen keine E-Mails dieser Liste mehr.'},
    },
    brokenLink: {
      heading: 'Dieser Link gilt nicht',
      text: 'Er ist unvollständig oder zu alt. Bitte öffnen Sie ihn noch einmal aus der E-Mail, oder abonnieren Sie neu auf der Website.',
    },
  },
  checkInput: 'Bitte prüfen Sie Ihre Angaben',
  tooLong: {
    heading: 'Ihre Nachricht ist zu lang',
    text: 'Bitte kürzen Sie sie, lassen Sie Dateien weg, und senden Sie sie noch einmal.',
  },
  unavailable: {
    heading: 'Im Augenblick lässt sich das nicht annehmen',
    text: 'Bitte senden Sie es in ein paar Minuten noch einmal.',
  },
  notSent: 'Ihre Nachricht wurde nicht gesendet',
  tryAgain: 'Die Zurück-Taste Ihres Browsers führt zurück zum Formular: Ihre Angaben sind noch da.',
  mistakeOfTheForm: {
    before:
      'Das Formular hat einen Fehler, für den Sie nichts können. Bitte sagen Sie es den Betreibern dieser Website:',
    after: 'Die Zurück-Taste Ihres Browsers führt zu Ihren Angaben, damit Sie sie auf anderem Weg senden können.',
  },
};

export const PAGE_TEXTS: Readonly<Record<PageLanguage, PageTexts>> = {en: english, de: german};

// `/metadata/jobTitle` is "Job title" to a person.
function nameOf(pointer = ''): string {
  const words = (pointer.split('/').at(-1) ?? '').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
