// The e-mail addresses that a text mentions, as words of an index: by their keys an erasure finds the texts that it looks
// at. A key is the first letters and digits of the domain and the last ones before the @, however the address is written:
// in any case, percent-encoded, with characters in it that nobody sees.
import {domainToASCII, domainToUnicode} from 'node:url';
import {INVISIBLE} from '../../contract/safe-text';

type Text = string | null | undefined;

const DOMAIN_LENGTH = 12;
const LOCAL_LENGTH = 8;
// A text with more of them is looked at whatever is erased: each costs PostgreSQL as much as a word.
const MAX_KEYS = 100;
const MANY = '@';

const ASCII = /^[\x00-\x7F]*$/;
const INVISIBLE_CHARACTERS = new RegExp(`[${INVISIBLE}]+`, 'gu');
const MARK = '\u200B'; // one for all that nobody sees at a place
const AT_SIGN = /@|%40/g;
const ENDS_LOCAL_PART = /[^\s@]/;
const BEGINS_DOMAIN = /[^\x00-\x7F]|[a-zA-Z0-9%]/;
const ESCAPE_DIGITS = 2;

/** The keys of all that may be an address in the texts, at most 100; all of it and one that is in every query for more. */
export function addressKeys(texts: readonly Text[]): string[] {
  const keys = new Set<string>();
  for (const text of texts) {
    if (!text || (!text.includes('@') && !text.includes('%40'))) continue;
    const marked = ASCII.test(text) ? text : text.replace(INVISIBLE_CHARACTERS, MARK);
    AT_SIGN.lastIndex = 0;
    for (let sign = AT_SIGN.exec(marked); sign; sign = AT_SIGN.exec(marked)) {
      const {index} = sign;
      const behind = AT_SIGN.lastIndex;
      if (!ENDS_LOCAL_PART.test(marked.charAt(index - 1)) || !BEGINS_DOMAIN.test(marked.charAt(behind))) continue;
      const domain = domainStart(marked, behind);
      for (const local of localEnds(marked, index)) keys.add(keyOf(local, domain));
      if (keys.size > MAX_KEYS) return [...[...keys].slice(0, MAX_KEYS), MANY];
    }
  }
  return [...keys];
}

/** The keys of all texts, as PostgreSQL reads a tsvector; null for none. */
export function addressVector(texts: readonly Text[]): string | null {
  return addressKeys(texts).join(' ') || null;
}

/** A tsquery of the texts that may mention the address, which is in its canonical form. Some of them do not. */
export function mentionQuery(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  const [label = ''] = domain.split('.', 1);
  const [end = ''] = /[a-z0-9]*$/.exec(local) ?? [];
  const keys = [label, unicodeLabel(label) ?? label].map(spelling => keyOf(end, domainStart(spelling, 0)));
  return [...new Set([...keys, MANY])].map(key => `'${key}'`).join(' | ');
}

/** A label of a domain in Unicode; undefined for one that is ASCII in either spelling. */
export function unicodeLabel(label: string): string | undefined {
  if (!label.startsWith('xn--')) return undefined;
  const unicode = domainToUnicode(label);
  return domainToASCII(unicode) === label && unicode !== label ? unicode : undefined;
}

// The address may begin where something is invisible, and behind an escape, of which the letters may also be its own. Where it
// begins behind any other character, the letters and digits before the @ are those of the address.
function localEnds(text: string, end: number): string[] {
  const ends: string[] = [];
  let local = '';
  let place = end - 1;
  for (; local.length < LOCAL_LENGTH + ESCAPE_DIGITS; place -= 1) {
    const character = text.charAt(place);
    if (character === MARK) ends.push(local);
    else if (isAlphanumeric(character)) local = character + local;
    else break;
  }
  ends.push(local);
  if (text.charAt(place) === '%') ends.push(local.slice(ESCAPE_DIGITS));
  return ends;
}

function domainStart(text: string, start: number): string {
  let domain = '';
  for (let place = start; domain.length < DOMAIN_LENGTH; place += 1) {
    const character = text.charAt(place);
    if (isAlphanumeric(character)) domain += character;
    else if (character !== MARK) break;
  }
  return domain;
}

// ASCII only. Not by a pattern: it is asked for each character before and behind the @ of every inquiry.
function isAlphanumeric(character: string): boolean {
  return (
    (character >= 'a' && character <= 'z') ||
    (character >= '0' && character <= '9') ||
    (character >= 'A' && character <= 'Z')
  );
}

// Begins as no word of the search does.
function keyOf(local: string, domain: string): string {
  return `@${domain}@${local.slice(-LOCAL_LENGTH)}`.toLowerCase(); // ASCII
}
