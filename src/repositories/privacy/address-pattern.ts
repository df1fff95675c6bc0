// How an e-mail address may be written in a text, as a pattern by which PostgreSQL finds it and takes it out.
import {TYPOGRAPHIC_APOSTROPHES} from '../../contract/email-address';
import {INVISIBLE} from '../../contract/safe-text';
import {unicodeLabel} from './mention-keys';

/**
 * A PostgreSQL pattern of the address in any case, plain or percent-encoded, its domain in Unicode or in ASCII, with any
 * apostrophe, also with characters in it that nobody sees. As a part of a longer address, such as `joann@example.org` for
 * `ann@example.org` or `ann@example.org.uk` for `ann@example.org`, it is another one. What no address has does not make it
 * longer: two dots or hyphens before it, the number of a list, the next sentence. What stands before the address is the
 * pattern's only group, and stays. Where an invisible character stands before or after the address, both readings count.
 * Linear in the text.
 */
export function addressPattern(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  const labels = domain.split('.').map(label => {
    const unicode = unicodeLabel(label);
    return unicode === undefined ? spelled(label) : `(?:${spelled(label)}|${spelled(unicode)})`;
  });
  const dot = `${INVISIBLE_OR_NOTHING}(?:[.\\u3002]|%2[eE])${INVISIBLE_OR_NOTHING}`;
  // Consumed, not looked behind at: PostgreSQL looks behind from the text's start, anew for each match.
  const isNotLonger = `(?:^|[^a-zA-Z0-9.'+_${TYPOGRAPHIC_APOSTROPHES}-])[.'+_${TYPOGRAPHIC_APOSTROPHES}-]*`;
  const listNumber = `(?:^|[${BLANKS}"${INVISIBLE}])[0-9]{1,3}[.]`; // the quote begins a text in JSON
  const before = `(%[0-9a-fA-F]{2}|[.][.]|--|${listNumber}|${isNotLonger})`;
  const countryOf = '[.](?:[a-z]{2}|[A-Z]{2})(?![a-zA-Z0-9])'; // not `.He`, which begins a sentence
  const after = `(?![a-zA-Z0-9]|-[a-zA-Z0-9]|${countryOf}|[.][a-zA-Z0-9-]+[.][a-zA-Z])`;
  return before + [spelled(local), spelled('@'), labels.join(dot)].join(INVISIBLE_OR_NOTHING) + after;
}

// Not \s, of which the database's locale has a say.
const BLANKS = '\\t-\\r \\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000';
const INVISIBLE_OR_NOTHING = `[${INVISIBLE}]*`;
const IS_INVISIBLE = new RegExp(`[${INVISIBLE}]`, 'u');

// The text in any case and encoding, with invisible characters between its own.
function spelled(text: string): string {
  const seen = Array.from(text).filter(character => !IS_INVISIBLE.test(character)); // as joiners in a domain
  return seen.map(anySpelling).join(INVISIBLE_OR_NOTHING);
}

function anySpelling(character: string): string {
  if (/[0-9]/.test(character)) return character;
  if (/[a-z]/.test(character)) return `[${character}${character.toUpperCase()}]`;
  if (character === "'") {
    const apostrophes = `'${TYPOGRAPHIC_APOSTROPHES}`;
    return `(?:[${apostrophes}]|${Array.from(apostrophes, percentEncoded).join('|')})`;
  }
  if (character < '\u0080') return `(?:\\${character}|${percentEncoded(character)})`;
  const cases = [...new Set([character, character.toUpperCase(), character.toLowerCase()])].filter(
    each => Array.from(each).length === 1 && each >= '\u0080', // not ß, which is SS, and not ı, whose I is i as well
  );
  return `(?:${cases.join('|')}|${cases.map(percentEncoded).join('|')})`;
}

function percentEncoded(character: string): string {
  return Array.from(Buffer.from(character), byte => `%${byte.toString(16).padStart(2, '0')}`)
    .join('')
    .replace(/[a-f]/g, letter => `[${letter}${letter.toUpperCase()}]`);
}
