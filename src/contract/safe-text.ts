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

/**
 * A zod string that accepts text a person may have typed and refuses what would be stored differently
 * from what was sent. It does not escape: whoever renders the text does.
 */
export function safeText({max, min = 1, multiline = false}: TextLimits) {
  const forbidden = multiline ? CONTROL_BUT_NEWLINE_AND_TAB : CONTROL;
  return z
    .string()
    .refine(text => text.isWellFormed(), {
      error: 'must be well-formed Unicode (it holds a lone surrogate)',
      params: {code: 'malformed_unicode'},
      abort: true,
    })
    .overwrite(text => (multiline ? text.replaceAll('\r\n', '\n') : text))
    .normalize('NFC')
    .trim()
    .refine(text => !forbidden.test(text), {
      error: multiline
        ? 'must not hold control characters other than newline and tab'
        : 'must be one line without control characters',
      params: {code: 'control_character'},
    })
    .refine(text => multiline || !BIDI_CONTROL.test(text), {
      error: 'must not hold bidirectional control characters',
      params: {code: 'bidi_control'},
    })
    .min(min)
    .max(max);
}
