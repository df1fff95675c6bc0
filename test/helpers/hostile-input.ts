// Texts and bodies that break services: what a visitor, a script or a broken proxy may send. Each text holds MARKER
// where it can, so that a test sees whether an answer repeats it.

/** Part of every hostile value; no answer but the stored text itself may hold it. */
export const MARKER = 'zqMark7';

export interface HostileText {
  name: string;
  text: string;
  /** Does free text of one line keep it? */
  line: boolean;
  /** Does free text of many lines keep it? */
  message: boolean;
}

const kept = (name: string, text: string): HostileText => ({name, text, line: true, message: true});
const refused = (name: string, text: string): HostileText => ({name, text, line: false, message: false});
const messageOnly = (name: string, text: string): HostileText => ({name, text, line: false, message: true});

const LIPOGRAM = 'İIıi ẞß ﬃ Ǆ';

export const HOSTILE_TEXTS: readonly HostileText[] = [
  refused('NUL inside', `${MARKER}\u0000x`),
  refused('NUL at the start', `\u0000${MARKER}`),
  refused('a lone high surrogate', `${MARKER}\uD83D`),
  refused('a lone low surrogate', `\uDE00${MARKER}`),
  refused('surrogates in the wrong order', `${MARKER}\uDE00\uD83D`),
  kept('NFD letters', `${MARKER} e\u0301a\u0308`),
  kept('Hangul jamo', `${MARKER} \u1112\u1161\u11AB`),
  kept('NFC exclusions', `${MARKER} \u2126\u212B\u0958`),
  kept('a pile of combining marks', `${MARKER}Z\u0351\u036B\u0343\u036A\u0302\u036B`),
  kept('30 combining marks', `${MARKER}${'\u0301\u0316'.repeat(15)}`),
  refused('31 combining marks', `${MARKER}${'\u0301'.repeat(31)}`),
  refused('combining marks out of order', `${MARKER}${'\u0301'.repeat(7900)}${'\u0316'.repeat(7900)}`),
  kept('an emoji', `${MARKER} 😀`),
  kept('a ZWJ family', `${MARKER} 👩‍👩‍👧‍👦`),
  kept('flags and skin tones', `${MARKER} 🇺🇳👋🏽`),
  kept('a tag-sequence flag', `${MARKER}🏴\u{E0067}\u{E0062}\u{E007F}`),
  kept('Arabic', `${MARKER} مرحبا`),
  kept('Hebrew with points', `${MARKER} שָׁלוֹם`),
  kept('CJK beyond the BMP', `${MARKER} 𠜎𠜱`),
  kept('Thai and Devanagari', `${MARKER} ไทย हिन्दी`),
  kept('a right-to-left override', `${MARKER}\u202Egnp.exe`),
  kept('a bidi isolate', `\u2066${MARKER}\u2069`),
  kept('a bidi mark inside', `${MARKER}\u200Fx`),
  kept('a zero width space', `${MARKER}\u200Bx`),
  kept('a zero width non-joiner', `${MARKER}\u200Cx`),
  kept('a word joiner', `${MARKER}\u2060x`),
  kept('a soft hyphen', `${MARKER}\u00ADx`),
  kept('a BOM at the start', `\uFEFF${MARKER}`),
  kept('a BOM inside', `${MARKER}\uFEFFx`),
  kept('a noncharacter', `${MARKER}\uFFFF\u{10FFFF}`),
  kept('private use', `${MARKER}\uE000\u{F0000}`),
  kept('the replacement character', `${MARKER}\uFFFD`),
  refused('a bell', `${MARKER}\u0007x`),
  refused('an escape sequence', `${MARKER}\u001B[31mx`),
  refused('a backspace', `${MARKER}\u0008x`),
  refused('DEL', `${MARKER}\u007Fx`),
  kept('NEL of C1', `${MARKER}\u0085x`),
  refused('CSI of C1', `${MARKER}\u009Bx`),
  kept('a vertical tab', `${MARKER}\u000Bx`),
  refused('a lone CR', `${MARKER}\rx`),
  messageOnly('a tab', `${MARKER}\tx`),
  messageOnly('LF', `${MARKER}\nx`),
  messageOnly('CRLF', `${MARKER}\r\nx`),
  messageOnly('header injection', `${MARKER}\r\nBcc: a@b.org`),
  messageOnly('response splitting', `${MARKER}\r\n\r\n<b>`),
  messageOnly('a log line of its own', `${MARKER}\n{"level":"x"}`),
  kept('a form feed', `${MARKER}\fx`),
  kept('a paragraph separator', `${MARKER}\u2029x`),
  kept('a line separator', `${MARKER}\u2028x`),
  kept('SQL in quotes', `${MARKER}'; DROP TABLE q;--`),
  kept('SQL with dollars', `${MARKER} $1 $$ \\' OR 1=1`),
  kept('a LIKE pattern', `%${MARKER}_\\%`),
  kept('COPY markers', `${MARKER} \\N \\.`),
  kept('a script', `<script>${MARKER}</script>`),
  kept('an attribute', `"><img src=x ${MARKER}>`),
  kept('HTML entities', `&lt;${MARKER}&#0;&nbsp;`),
  kept('a javascript URL', `javascript:alert(${MARKER})`),
  kept('template braces', `{{${MARKER}}}\${7*7}<%=7%>`),
  kept('a JNDI look-up', `\${jndi:ldap://${MARKER}/a}`),
  kept('shell', `\`${MARKER}\` $(id);|&& ~`),
  kept('a path', `../../${MARKER}/etc/passwd`),
  kept('a Windows device', `CON ${MARKER} C:\\`),
  kept('format strings', `%s%n%d%p ${MARKER} %x`),
  kept('JSON in a string', `{"a":"${MARKER}"}`),
  kept('an unfinished escape', `${MARKER}\\u00`),
  kept('escaped NUL as text', `${MARKER}\\u0000\\x00%00`),
  kept('a spreadsheet formula', `=cmd|' /C ${MARKER}'!A0`),
  kept('quotes of all kinds', `${MARKER}'"«»“”‘’\`´`),
  kept('the name of a prototype', '__proto__'),
  kept('the name of a constructor', 'constructor'),
  kept('a word for nothing', 'null'),
  kept('another word for nothing', 'undefined'),
  kept('NaN', 'NaN'),
  kept('a number', '9007199254740993'),
  kept('a number with exponent', '1e309'),
  kept('false', 'false'),
  kept('case mappings that change length', `${MARKER} ${LIPOGRAM}`),
  kept('spaces of all kinds around', `\u00A0\u3000 ${MARKER}\u2003 `),
  kept('many spaces inside', `${MARKER}      x`),
  kept('zero width spaces around', `\u200B \u2060${MARKER}\u00AD\u200B`),
  refused('nothing', ''),
  refused('a space', ' '),
  refused('white space only', ' \t\n\u00A0\u3000\uFEFF\u0085'),
  refused('nothing that is seen', '\u200B\u2060\u3164\u2800\uFE0F\u115F\uFFA0\u180E\u{E0020}'),
  refused('direction marks only', '\u202D\u202C'),
  refused('20,000 characters', MARKER + 'x'.repeat(20_000)),
  refused('6,000 astral characters', MARKER + '𝒳'.repeat(6000)),
];

/** JSON values, as JSON text, that no text field takes. */
export const NOT_TEXT: readonly string[] = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '1.5',
  '1e400',
  '9007199254740993',
  `[]`,
  `["${MARKER}"]`,
  `[[[["${MARKER}"]]]]`,
  `{"${MARKER}":{}}`,
  `{"toString":"${MARKER}"}`,
  `{"length":1,"0":"${MARKER}"}`,
  `{"$gt":"${MARKER}"}`,
  `{"__proto__":{"polluted":"${MARKER}"}}`,
  `{"\\u005f_proto__":{"polluted":"${MARKER}"}}`,
  `{"constructor":{"prototype":{"polluted":"${MARKER}"}}}`,
  `${'['.repeat(2000)}${']'.repeat(2000)}`,
];

/** Keys that metadata must not have; as JSON text, with the quotes. */
export const REFUSED_KEYS: readonly string[] = [
  '""',
  '" "',
  '"__proto__"',
  '"\\u005f\\u005fproto\\u005f\\u005f"',
  '"a b"',
  '"a\\u0000"',
  '"\\ud800"',
  '"a\\r\\nb"',
  '"utm/source"',
  '"é"',
  `"${'k'.repeat(65)}"`,
];

/** Keys that mean something to JavaScript or to libraries and are only keys in metadata. */
export const ODD_KEYS: readonly string[] = [
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'toJSON',
  'toObject',
  'then',
  'length',
  'id',
  '0',
  '-1',
  '1e3',
  'a.b.c',
  '_id',
  '.',
  '__defineGetter__',
  'k'.repeat(64),
];

/** Is there anything in the text that a person sees? */
export function isSeen(text: string): boolean {
  return /[^\s\u0085\u2800\p{Default_Ignorable_Code_Point}]/u.test(text);
}

/** What is kept of free text, so far as it is accepted: written down here, not computed by the code under test. */
export function keptText(text: string, {multiline = false} = {}): string {
  if (!isSeen(text)) return '';
  const lines = text.replaceAll(/\r\n|[\v\f\u0085\u2028\u2029]/g, multiline ? '\n' : ' ');
  const repaired = multiline ? lines : lines.replaceAll(/\p{Bidi_Control}/gu, '');
  return repaired.normalize('NFC').replaceAll(/^[\s\u00AD\u200B\u2060]+|[\s\u00AD\u200B\u2060]+$/g, '');
}
