// E-mail addresses as people type and paste them, and the one form in which they are compared. An internationalized domain
// is one address in either spelling, Unicode's and ASCII's (IDNA, as URL() reads it), which is what browsers send.
import {z} from 'zod';
import {INVISIBLE} from './safe-text';

/** Longest address (RFC 5321), as typed and in ASCII. */
const MAX_LENGTH = 254;
/** A text that is so many times longer is not looked at, whatever of it nobody sees. */
const INVISIBLE_FACTOR = 4;

// What HTML's `type=email` accepts, with a dot in the domain.
const ADDRESS =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+$/;
const ASCII = /^[\x00-\x7F]*$/;
// No character that means something else in a URL, where the domain is read as a host.
const DOMAIN = /^[a-zA-Z0-9.\u0080-\u{10FFFF}-]+$/u;

const INVISIBLE_CHARACTERS = new RegExp(`[${INVISIBLE}]`, 'gu');
const INVISIBLE_BUT_JOINERS = new RegExp(`(?![\\u200c\\u200d])[${INVISIBLE}]`, 'gu'); // some domains need joiners
const WIDE = /[\uFF01-\uFF5E]/g; // what input methods for Chinese and Japanese make of ASCII
const WIDE_OFFSET = 0xfee0;
const IDEOGRAPHIC_STOPS = /[\u3002\uFF61]/g;
/** What keyboards and word processors make of an apostrophe. */
export const TYPOGRAPHIC_APOSTROPHES = '\u2018\u2019\u02BC\uFF07';
const APOSTROPHES = new RegExp(`[${TYPOGRAPHIC_APOSTROPHES}]`, 'g');

/**
 * An address as typed, at most 254 characters, without what nobody sees in it. The local part is ASCII; a typographic
 * apostrophe in it is an apostrophe.
 */
export const emailSchema = z
  .string()
  .check(payload => {
    if (isAddress(payload.value)) return;
    const {value: input, issues} = payload;
    const typed = input.trim();
    const address = typed.length > INVISIBLE_FACTOR * MAX_LENGTH ? typed : repair(typed);
    if (address.length > MAX_LENGTH) {
      issues.push({code: 'too_big', origin: 'string', maximum: MAX_LENGTH, inclusive: true, input, continue: false});
      return;
    }
    payload.value = address;
    if (isAddress(canonicalAddress(address))) return;
    const message = 'must be an e-mail address';
    issues.push({code: 'custom', params: {code: 'format'}, message, input, continue: false});
  })
  .max(MAX_LENGTH, {abort: true})
  .meta({format: 'email', examples: ['ada@example.org']});

/**
 * The form in which addresses are compared, of one that `emailSchema` has accepted: lower case, the domain in ASCII. Of what
 * is no address it is none either.
 */
export function canonicalAddress(address: string): string {
  if (ASCII.test(address)) return address.toLowerCase();
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const url = `http://${domain}/`;
  return domain.length <= MAX_LENGTH && DOMAIN.test(domain) && URL.canParse(url)
    ? `${address.slice(0, at).toLowerCase()}@${new URL(url).hostname}`
    : address.toLowerCase();
}

function isAddress(text: string): boolean {
  return text.length <= MAX_LENGTH && ADDRESS.test(text);
}

function repair(typed: string): string {
  const seen = typed.replace(INVISIBLE_CHARACTERS, '');
  if (ASCII.test(seen)) return seen;
  const narrow = typed
    .replace(INVISIBLE_BUT_JOINERS, '')
    .replace(APOSTROPHES, "'")
    .replace(WIDE, character => String.fromCharCode(character.charCodeAt(0) - WIDE_OFFSET))
    .replace(IDEOGRAPHIC_STOPS, '.');
  const at = narrow.lastIndexOf('@');
  return `${narrow.slice(0, at + 1).replace(INVISIBLE_CHARACTERS, '')}${narrow.slice(at + 1).normalize('NFC')}`;
}
