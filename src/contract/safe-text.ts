// The one type of all text from outside: well-formed Unicode, NFC, trimmed, without characters that
// PostgreSQL cannot store or that a reader cannot see. Lengths are counted in code points.
// Size first, then shape, then normalization: what each step costs is bounded by the one before.
import {z} from 'zod';

/** Limits of one text field. */
export interface TextLimits {
  /** Longest accepted text, in code points, after trimming and NFC. */
  max: number;
  /** Shortest accepted text, in code points; 1 unless told. */
  min?: number;
  /** Newline and tab are allowed; CRLF, as HTML forms send it, becomes LF. */
  multiline?: boolean;
}

// C0 (with NUL, which PostgreSQL cannot store), DEL and C1.
const CONTROL = /[\u0000-\u001F\u007F-\u009F]/;
const CONTROL_BUT_NEWLINE_AND_TAB = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/;
// Embeddings, overrides and isolates of UAX #9: they let one line of text be read as another.
const BIDI_CONTROL = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/;

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

// Printable ASCII without spaces at its ends, as most fields are: nothing to clean and nothing to refuse.
const PLAIN = /^[\x21-\x7E](?:[\x20-\x7E]*[\x21-\x7E])?$/;

/**
 * A zod string that accepts text a person may have typed and refuses what would be stored differently
 * from what was sent. It does not escape: whoever renders the text does.
 */
export function safeText({max, min = 1, multiline = false}: TextLimits) {
  const [forbidden, rule] = multiline
    ? [CONTROL_BUT_NEWLINE_AND_TAB, 'must not hold control characters other than newline and tab']
    : [CONTROL, 'must be one line without control characters'];
  // One check for all: every visitor waits for it, field by field, and each check of zod has a price of its own.
  return z
    .string()
    .check(payload => {
      if (PLAIN.test(payload.value)) return;
      const {value: input, issues} = payload;
      const trimmed = input.trim();
      const refusal = beforeNormalization(trimmed, max);
      if (refusal) {
        issues.push({...refusal, input, continue: false});
        return;
      }
      const text = multiline ? trimmed.replaceAll('\r\n', '\n') : trimmed;
      payload.value = text.normalize('NFC');
      if (forbidden.test(payload.value)) issues.push({...custom('control_character', rule), input});
      if (!multiline && BIDI_CONTROL.test(payload.value)) {
        issues.push({...custom('bidi_control', 'must not hold bidirectional control characters'), input});
      }
    })
    .min(min)
    .max(max, {abort: true}); // again, of what NFC made: it can also be longer
}

// Why the text must not even be normalized, the cheapest reason first; undefined when it may be.
function beforeNormalization(text: string, max: number) {
  if (text.length > UNITS_PER_CODE_POINT * max) {
    return {code: 'too_big', origin: 'string', maximum: max, inclusive: true} as const;
  }
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
