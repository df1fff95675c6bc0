// What an inquiry is found by: words, folded and parted here and nowhere else, so that a database's locale has no say. What
// is stored and what is asked for go through the same functions (search-condition.ts).
import {INVISIBLE} from '../../contract/safe-text';
import {hash} from 'node:crypto';
import {addressKeys} from '../privacy/mention-keys';
import {phoneKeys, phoneKeysInProse} from './phone-numbers';

/** The texts of an inquiry, by how they are searched. */
export interface SearchedTexts {
  /** By words and parts of them. */
  short: readonly Text[];
  /** By words. */
  long: readonly Text[];
  phone?: Text;
  /** By the whole value of a name: texts, numbers, true, false and lists of texts. */
  values?: Readonly<Record<string, unknown>> | null;
  /** By the addresses in them, as all others are; who erases one looks for them. */
  others: readonly Text[];
}
type Text = string | null | undefined;

/** Of a longer word, its beginning is looked at: so many UTF-16 units. */
export const MAX_WORD_LENGTH = 64;
// Prose of the longest message has some 500 different words, or 1,000 pairs of Han characters in what fits the same
// thoughts. A row costs PostgreSQL as much as it has words: 5 microseconds each.
const MAX_WORDS = 1000;

// Each costs what a word costs.
const MAX_VALUES = 100;

// Twice what prose of the longest message is when it is decomposed. There are characters that stand for 18 others.
const MAX_DECOMPOSED_LENGTH = 20_000;

const ASCII = /^[\x00-\x7F]*$/;
const INVISIBLE_CHARACTERS = new RegExp(`[${INVISIBLE}]+`, 'gu');
// No text has more in a row when it comes (contract/safe-text.ts), but without what is invisible between them.
const MANY_MARKS = /(\p{M}{30})\p{M}+/gu;
// Accents; the vowel signs of Hebrew and Arabic, which are rarely written, and the stroke that makes an Arabic word longer. The
// marks of other scripts make another word, and so do a breve on a Cyrillic и or у and two dots on an і.
const OPTIONAL_MARKS = new RegExp(
  [
    '(?<![\\u0418\\u0438\\u0423\\u0443])\\u0306|(?<![\\u0406\\u0456])\\u0308|[\\u0300-\\u0305\\u0307\\u0309-\\u036F]',
    '[\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7]|\\u0640|[\\u0610-\\u061A\\u064B-\\u065F\\u0670]',
    '[\\u1AB0-\\u1AFF]|[\\u1DC0-\\u1DFF\\u20D0-\\u20FF]|[\\uFE20-\\uFE2F]',
  ].join('|'),
  'g',
);
// What Unicode does not decompose: letters, the sigma at the end of a word, and what Arabic and Persian keyboards have for
// the same letter.
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ...{æ: 'ae', đ: 'd', ð: 'd', ħ: 'h', ł: 'l', ø: 'o', œ: 'oe', þ: 'th', ŧ: 't', ς: 'σ'},
  ...{'\u0649': '\u064A', '\u06CC': '\u064A', '\u06A9': '\u0643', '\u0629': '\u0647'},
};
const UNDECOMPOSED_LETTERS = new RegExp(`[${Object.keys(UNDECOMPOSED).join('')}]`, 'g');
// Letters to Unicode, and apostrophes to whoever types them.
const APOSTROPHES = /[\u02B9-\u02BF]/g;
const ARABIC_DIGITS = /[\u0660-\u0669\u06F0-\u06F9]/g;

const ASCII_WORD = /[a-z0-9]+/g;
const NO_WORD = /[^a-z0-9 ]+/g;
// An emoji and a flag, which is two characters, are words of their own.
const WORD = /[\p{L}\p{M}\p{N}]+|\p{RI}{2}|\p{Extended_Pictographic}/gu;
// Scripts that put nothing between words.
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map(script => `\\p{scx=${script}}`)
  .join('');
const RUN = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, 'gu');
const IS_UNSPACED = new RegExp(`^[${UNSPACED}\\p{RI}\\p{Extended_Pictographic}]`, 'u');
const BLANKS_WITHIN = new RegExp(`(?<=[${UNSPACED}])\\s+(?=[${UNSPACED}])`, 'gu');

/**
 * The text as it is compared: without case, accents, width, ligatures and what nobody sees. German ß is ss, a Greek sigma
 * is the same at the end of a word, and a Turkish i with a dot or without one is an i. What is folded stays as it is when
 * it is folded again. Of a text that safeText() has accepted; linear in it.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  const bare = visible(text.normalize('NFKD').slice(0, MAX_DECOMPOSED_LENGTH)).replace(OPTIONAL_MARKS, '');
  if (ASCII.test(bare)) return bare.toLowerCase(); // as Latin letters mostly are without their accents
  const oneCase = bare.toLowerCase().toUpperCase().toLowerCase(); // ß has a capital of two letters, and an ı that of i
  return oneCase
    .replace(UNDECOMPOSED_LETTERS, letter => UNDECOMPOSED[letter] ?? letter)
    .replace(APOSTROPHES, "'")
    .replace(ARABIC_DIGITS, digit => String(digit.charCodeAt(0) & 0xf))
    .normalize('NFC');
}

// Normalizing a run of marks takes the square of its length.
function visible(text: string): string {
  const seen = text.replace(INVISIBLE_CHARACTERS, '');
  return seen.length === text.length ? text : seen.replace(MANY_MARKS, '$1');
}

/** A piece of a folded text: a word, an emoji, or what a script without blanks writes in one. */
export interface Run {
  text: string;
  /** May it hold several words? */
  isUnspaced: boolean;
}

/**
 * The different pieces of a folded text, in the order in which they come: parted by blanks, punctuation and symbols, and
 * where a script without blanks begins or ends.
 */
export function runsOf(folded: string): Run[] {
  const runs = new Map<string, Run>();
  visitRuns(folded, (text, isUnspaced) => {
    runs.set(text, {text, isUnspaced});
  });
  return [...runs.values()];
}

function visitRuns(folded: string, visit: (text: string, isUnspaced: boolean) => void): void {
  if (ASCII.test(folded)) {
    for (const word of folded.match(ASCII_WORD) ?? []) visit(word, false);
    return;
  }
  for (const word of new Set(folded.match(WORD))) {
    for (const run of ASCII.test(word) ? [word] : (word.match(RUN) ?? [])) visit(run, IS_UNSPACED.test(run));
  }
}

/** Each two characters of a run that follow each other. */
export function pairsOf(run: string): string[] {
  const characters = Array.from(run);
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** The beginning by which a word differs from others. */
export function cut(word: string): string {
  if (word.length <= MAX_WORD_LENGTH) return word;
  const beginning = word.slice(0, MAX_WORD_LENGTH);
  return beginning.isWellFormed() ? beginning : beginning.slice(0, -1);
}

/** What is stored of an inquiry for the search. */
export interface Searched {
  /**
   * As PostgreSQL reads a tsvector: the keys of addresses, phone numbers and values, and then at most 1,000 words of the long texts,
   * with those of scripts without blanks and the emoji of the short ones. Nothing in it needs quotes; a word may be repeated.
   */
  words: string;
  /** The words of the short texts, a blank or more before each: parts of them are looked for by trigrams. */
  text: string;
}

/** Linear in the texts. */
export function searchedOf({short, long, phone, values, others}: SearchedTexts): Searched {
  const words = new Set(addressKeys([...short, ...long, phone, ...others]));
  const foldedPhone = phone ? fold(phone) : '';
  for (const key of phoneKeys(foldedPhone)) words.add(key);
  if (values) for (const key of valueKeys(values)) words.add(key);
  const most = words.size + MAX_WORDS;
  const add = (word: string) => {
    if (words.size < most) words.add(word);
  };
  const addRun = (run: string, isUnspaced: boolean) => {
    if (isUnspaced) wordsOfUnspaced(run).forEach(add);
    else add(cut(run));
  };
  let plainLong = ''; // apart: a set would take as long for its hash as for all of its words
  let parted = '';
  const addShort = (run: string, isUnspaced: boolean) => {
    if (isUnspaced) wordsOfUnspaced(run).forEach(add);
    else parted += ` ${cut(run)}`;
  };
  for (const text of short) {
    if (!text) continue;
    const folded = fold(text);
    const plain = plainWords(folded);
    if (plain === undefined) visitRuns(withoutBlanksWithin(folded), addShort);
    else parted += ` ${plain}`;
  }
  visitRuns(foldedPhone, addRun);
  for (const text of long) {
    if (!text) continue;
    const folded = fold(text);
    phoneKeysInProse(folded).forEach(add);
    const plain = plainWords(folded);
    if (plain === undefined) visitRuns(withoutBlanksWithin(folded), addRun);
    else plainLong += ` ${plain}`; // 500 at most, and the short texts have no more
  }
  return {words: [...words].join(' ') + plainLong, text: parted};
}

function valueKeys(values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(values)
    .flatMap(([name, value]) => [value].flat().map(each => valueKey(name, String(each))))
    .slice(0, MAX_VALUES);
}

/** The word by which a value of this name is found; no word of a text has a `=`. Other values may have the same. */
export function valueKey(name: string, value: string): string {
  return `=${hash('sha1', `${name}\0${value}`, 'base64url').slice(0, VALUE_KEY_LENGTH)}`;
}
const VALUE_KEY_LENGTH = 12;

// Every visitor waits for this, and most texts are ASCII: their words need no second look and no objects, blanks between
// them are enough. PostgreSQL takes the repeated ones for one. Undefined where a word may be too long or one too many.
function plainWords(folded: string): string | undefined {
  if (folded.length > MAX_WORDS || !ASCII.test(folded)) return undefined;
  const words = folded.replace(NO_WORD, ' ');
  // A word that is too long covers one of these places.
  for (let place = MAX_WORD_LENGTH; place < words.length; place += MAX_WORD_LENGTH + 1) {
    const end = words.indexOf(' ', place);
    if ((end < 0 ? words.length : end) - words.lastIndexOf(' ', place) - 1 > MAX_WORD_LENGTH) return undefined;
  }
  return words;
}

// A name with a blank or a line that is broken is found without as well. Who looks for it with one gets two runs.
function withoutBlanksWithin(folded: string): string {
  return ASCII.test(folded) ? folded : folded.replace(BLANKS_WITHIN, '');
}

// The last character has no other one behind it, and is looked for all the same.
function wordsOfUnspaced(run: string): string[] {
  return [...pairsOf(run), Array.from(run).at(-1) ?? ''];
}
