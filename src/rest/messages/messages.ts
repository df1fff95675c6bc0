// What visitors read, in one language: the pages that answer a form, and the sentences that a site may show at its fields
// (`GET /messages/{locale}`). Plain text, not HTML. `{field}`, `{max}` and `{host}` stand for what they name.
import type {VisitorField} from '../../contract/messages';
import type {InputErrorCode} from '../../contract/problem';

/** A page's heading, without a full stop, and the sentences below. */
export interface Notice {
  heading: string;
  text: string;
}

/** Of a page that asks, with a button, and of the one behind that. */
interface LinkTexts extends Notice {
  button: string;
  done: Notice;
}

/** One language. */
export interface Messages {
  direction: 'ltr' | 'rtl';
  /** Stands before what the person can refer to the answer by. */
  reference: string;
  stored: Notice & {backTo: string; backButton: string};
  subscription: {
    /** The same whatever the address is. */
    received: Notice;
    /** With DOUBLE_OPT_IN. */
    toConfirm: Notice;
    /** Names the field for the token, where the link did not bring it. */
    code: string;
    confirm: LinkTexts;
    unsubscribe: LinkTexts;
    brokenLink: Notice;
  };
  /** A heading, without a full stop, as the next one. */
  checkInput: string;
  notSent: string;
  tooLong: Notice;
  unavailable: Notice;
  tooMany: Notice;
  /** Of what no form of a visitor is answered. */
  notPossible: string;
  /** After what the visitor can mend, or try again. */
  tryAgain: string;
  mistakeOfTheForm: {before: string; after: string};
  fields: Readonly<Record<VisitorField, string>>;
  /** Sentences about one field, which each begin with it. */
  errors: Readonly<Record<InputErrorCode, string>>;
  /** In place of `errors.format`, of an address. */
  emailFormat: string;
}
