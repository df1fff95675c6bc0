// The one type of all text from outside: well-formed Unicode, NFC, trimmed, without characters that PostgreSQL cannot
// store. What a person cannot see is repaired rather than refused. Lengths are counted in code points.
// Size first, then shape, then normalization: what each step costs is bounded by the one before.
import {z} from 'zod';

/** Limits of one text field. */
export interface TextLimits {
  /** Longest accepted text, in code points, after trimming and NFC. */
  max: number;
  /** Shortest accepted text, in code points; 1 by default. */
  min?: number;
  /** Newline and tab are allowed; CRLF, as HTML forms send it, becomes LF. */
  multiline?: boolean;
  /** Takes away what is not kept, before the length is looked at; linear in the text. */
  prepare?: (text: string) => string;
}

/**
 * Characters that nobody sees, which addresses are compared without: Unicode's Default_Ignorable_Code_Point, as members of
 * a bracket expression of JavaScript (flag `u`) and of PostgreSQL. Written out, so that
 * PostgreSQL and every version of Node read the same ones. Texts keep them, since emoji, Mongolian and Han need them.
 */
export const INVISIBLE =
  '\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F' +
  '\uFEFF\uFFA0\uFFF0-\uFFF8\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}';

// What else ends a line: vertical tab (PowerPoint), form feed, NEL, line and paragraph separator.
const LINE_ENDS = /[\u000B\u000C\u0085\u2028\u2029]/g;
const LINE_ENDS_AND_CRLF = /\r\n|[\u000B\u000C\u0085\u2028\u2029]/g;
// Marks, embeddings, overrides and isolates of UAX #9: they let one line of text be read as another, and come along when
// a phone number is copied out of an address book.
const BIDI_CONTROLS = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/g;
// The same ones; the empty Braille cell is not ignorable, and empty all the same.
const SEEN = /[^\s\u0085\u2800\p{Default_Ignorable_Code_Point}]/u;

/**
 * Most UTF-16 units that are normalized for one code point of the result. NFC joins up to four of them into one (U+1F82
 * is four in NFD), so that a longer text is too long whatever NFC makes of it.
 */
const UNITS_PER_CODE_POINT = 4;

/** Most combining marks in a row, as in the Stream-Safe Text Format (UAX #15): no language comes near it. */
const MAX_MARKS = 30;
const FIRST_MARK = 0x300; // no character before U+0300 is a mark
// The marks before a place and from there on; more than MAX_MARKS + 1 of either need no counting.
const MARKS_AROUND = new RegExp(`(?<=(\\p{M}{0,${MAX_MARKS + 1}}))\\p{M}{0,${MAX_MARKS + 1}}`, 'uy');

interface Rules {
  /** Printable ASCII without blanks at its ends, as most fields are: nothing to clean and nothing to refuse. */
  plain: RegExp;
  /** What is cut off at the ends; joiners and variation selectors belong to the character before them. */
  blank: RegExp;
  /** Of C0 (with NUL, which PostgreSQL cannot store), DEL and C1. */
  forbidden: RegExp;
  rule: string;
}
const ONE_LINE: Rules = {
  plain: /^[\x21-\x7E](?:[\x20-\x7E]*[\x21-\x7E])?$/,
  blank: /[\s\u0085\u00AD\u180E\u200B\u2060-\u2064\uFEFF\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/,
  forbidden: /[\u0000-\u001F\u007F-\u009F]/,
  rule: 'must be one line without control characters',
};
const MANY_LINES: Rules = {
  plain: /^[\x21-\x7E](?:[\x20-\x7E\n]*[\x21-\x7E])?$/,
  blank: /[\s\u0085\u00AD\u180E\u200B\u2060-\u2064\uFEFF]/,
  forbidden: /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/,
  rule: 'must not hold control characters other than newline and tab',
};

/** Is there nothing in the text that a person can see? Such a text counts as left out. */
export function hasNothingToSee(text: string): boolean {
  const first = text.charCodeAt(0);
  return !(first > 0x20 && first < 0x7f) && !SEEN.test(text); // most texts begin with a printable ASCII character
}

/**
 * A zod string of text that a person may have typed. Repairs what nobody sees: NFC, no white space at the ends, one kind
 * of newline, no directions in a line; a text with nothing to see is empty. Refuses NUL and other control characters, lone
 * surrogates and more than 30 combining marks in a row. It does not escape: whoever renders the text does.
 */
export function safeText({max, min = 1, multiline = false, prepare}: TextLimits) {
  const {plain, blank, forbidden, rule} = multiline ? MANY_LINES : ONE_LINE;
  const bounds = {origin: 'string', inclusive: true} as const;
  // One check for all: every visitor waits for it, field by field, and each check of zod has a price of its own.
  return z
    .string()
    .check(payload => {
      const {value: input, issues} = payload;
      if (prepare) payload.value = prepare(input);
      if (plain.test(payload.value) && payload.value.length >= min && payload.value.length <= max) return;
      const trimmed = trim(payload.value, blank);
      if (trimmed.length > UNITS_PER_CODE_POINT * max) {
        issues.push({code: 'too_big', ...bounds, maximum: max, input, continue: false});
        return;
      }
      const text = multiline ? trimmed.replace(LINE_ENDS_AND_CRLF, '\n') : oneLine(trimmed);
      const refusal = refusalOf(text);
      if (refusal) {
        issues.push({...refusal, input, continue: false});
        return;
      }
      const value = hasNothingToSee(text) ? '' : text.normalize('NFC');
      payload.value = value;
      if (forbidden.test(value)) issues.push({...custom('control_character', rule), input});
      const length = value.length > max || value.length < 2 * min ? Array.from(value).length : value.length;
      if (length < min) issues.push({code: 'too_small', ...bounds, minimum: min, input, continue: true});
      // Again, of what NFC made: it can also be longer.
      if (length > max) issues.push({code: 'too_big', ...bounds, maximum: max, input, continue: false});
    })
    .meta({minLength: min, maxLength: max});
}

// Not by a pattern, which takes the square of the length of a run of blanks in the middle.
function trim(text: string, blank: RegExp): string {
  const trimmed = text.trim();
  let [start, end] = [0, trimmed.length];
  while (start < end && blank.test(trimmed.charAt(start))) start += 1;
  while (end > start && blank.test(trimmed.charAt(end - 1))) end -= 1;
  return trimmed.slice(start, end);
}

function oneLine(text: string): string {
  return text.replace(LINE_ENDS, ' ').replace(BIDI_CONTROLS, '');
}

// Why the text must not even be normalized, the cheapest reason first; undefined when it may be.
function refusalOf(text: string) {
  if (!text.isWellFormed()) {
    return custom('malformed_unicode', 'must be well-formed Unicode (it holds a lone surrogate)');
  }
  if (hasTooManyMarks(text)) {
    return custom('combining_marks', `must not hold more than ${MAX_MARKS} combining marks in a row`);
  }
  return undefined;
}

// Sorting a run of marks takes the square of its length, inside of normalize(). A run that is too long has a mark at one
// of these places, so that only they are looked at: a pattern takes 30 times as long as NFC to walk through a message.
function hasTooManyMarks(text: string): boolean {
  for (let place = MAX_MARKS; place < text.length; place += MAX_MARKS + 1) {
    if (text.charCodeAt(place) < FIRST_MARK) continue;
    MARKS_AROUND.lastIndex = place;
    const [after = '', before = ''] = MARKS_AROUND.exec(text) ?? [];
    if (before.length + after.length > MAX_MARKS && Array.from(before + after).length > MAX_MARKS) return true;
  }
  return false;
}

function custom(code: string, message: string) {
  return {code: 'custom', params: {code}, message, continue: true} as const;
}
