// The one type of all text from outside: well-formed Unicode, NFC, trimmed, without characters that
// PostgreSQL cannot store or that a reader cannot see. Lengths are counted in code points.
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
      const refuse = (code: string, message: string, isLast = false) =>
        payload.issues.push({code: 'custom', input: payload.value, params: {code}, message, continue: !isLast});
      if (!payload.value.isWellFormed()) {
        refuse('malformed_unicode', 'must be well-formed Unicode (it holds a lone surrogate)', true);
        return;
      }
      const text = multiline ? payload.value.replaceAll('\r\n', '\n') : payload.value;
      payload.value = text.normalize('NFC').trim();
      if (forbidden.test(payload.value)) refuse('control_character', rule);
      if (!multiline && BIDI_CONTROL.test(payload.value)) {
        refuse('bidi_control', 'must not hold bidirectional control characters');
      }
    })
    .min(min)
    .max(max);
}
