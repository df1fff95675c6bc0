// What somebody looks for, as a condition in SQL: all words of a text, each by its beginning, and in the short texts by a part; a
// phone number however it is typed; a domain in either spelling; and values of metadata. See search-words.ts for what they are
// compared with.
import type {Parameters} from './conditions';
import {domainSpellings} from '../privacy/domain-spellings';
import {phoneNumbersIn, phoneQuery} from './phone-numbers';
import {cut, fold, pairsOf, type Run, runsOf, valueKey} from './search-words';

// Trigrams find no shorter part of a word, but its beginning.
const MIN_PART_LENGTH = 3;

/** What is looked for: all of it must be there. */
export interface Search {
  text?: string;
  /** Values by their names, as text. */
  metadata?: Readonly<Record<string, string>>;
}

/** A text without any word finds nothing. Of a short text; takes the square of its length. */
export function searchCondition({text, metadata = {}}: Search, parameters: Parameters): string {
  const values = Object.entries(metadata).map(([name, value]) => valueCondition(name, value, parameters));
  const all = text === undefined ? values : [textCondition(text, parameters), ...values];
  return all.join(' AND ');
}

// By the key of the value, and then by the value itself: text, an item of a list, or what is written like it without quotes.
function valueCondition(name: string, value: string, parameters: Parameters): string {
  const written: unknown[] = [value, [value]];
  if (String(Number(value)) === value) written.push(Number(value));
  if (value === 'true' || value === 'false') written.push(value === 'true');
  const candidates = written.map(each => JSON.stringify({[name]: each}));
  return `(${holds(`'${valueKey(name, value)}'`, parameters)} AND metadata @> ANY (${parameters.add(candidates, 'jsonb[]')}))`;
}

function textCondition(text: string, parameters: Parameters): string {
  const conditions = domainSpellings(text).flatMap(spelling => conditionsOf(fold(spelling), parameters));
  return conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;
}

// Any of these.
function conditionsOf(folded: string, parameters: Parameters): string[] {
  const words = allWords(folded, parameters);
  if (words.length === 0) return [];
  const numbers = phoneNumbersIn(folded);
  if (numbers.length === 0) return [all(words)];
  const rest = numbers.reduce((text, number) => text.replace(number, ' '), folded);
  const typedOtherwise = numbers.map(number => holds(phoneQuery(number), parameters));
  return [all(words), all([...typedOtherwise, ...allWords(rest, parameters)])];
}

function allWords(folded: string, parameters: Parameters): string[] {
  return runsOf(folded).map(run => conditionOf(run, parameters));
}

function all(conditions: readonly string[]): string {
  return `(${conditions.join(' AND ')})`;
}

// Words have letters, marks and digits only: nothing in them means anything in a tsquery's quotes or to LIKE.
function conditionOf({text, isUnspaced}: Run, parameters: Parameters): string {
  const pairs = isUnspaced ? pairsOf(text) : [];
  if (pairs.length > 0) return holds(pairs.map(pair => `'${pair}'`).join(' & '), parameters);
  const word = cut(text);
  const anywhere = holds(`'${word}':*`, parameters);
  if (isUnspaced) return anywhere;
  const pattern = parameters.add(Array.from(word).length < MIN_PART_LENGTH ? `% ${word}%` : `%${word}%`, 'text');
  return `(${anywhere} OR search_text LIKE ${pattern})`;
}

function holds(query: string, parameters: Parameters): string {
  return `search_words @@ ${parameters.add(query, 'tsquery')}`;
}
