// Phone numbers as words of the search, so that one is found however it was typed: +49 30 1234567, 0049 (0)30 1234567,
// 030 1234567. A key is the number's digits from right to left, without what stands for "abroad" or "another town": the end
// of a number is the same in all of its forms. Of folded texts (search-words.ts), whose digits are ASCII; linear in them.

// The longest number, and the country codes (ITU-T E.164).
const MAX_DIGITS = 15;
const COUNTRY = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;
// Fewer are a year, a price or a short code. Without leading zeros.
const MIN_DIGITS = 7;
// From so many on, with zeros, a part may be a number, and what follows an extension or opening hours.
const MIN_DIGITS_OF_PART = 9;
const REST = '[\\d ()./\\u2010-\\u2015\\u2212-]{5,40}\\d';
const NUMBER = new RegExp(`\\+?\\(?\\d${REST}`, 'g');
// In prose other numbers stand beside.
const NUMBER_IN_PROSE = new RegExp(`(?<!\\d)(?:\\+\\(?\\d|\\(?0)${REST}`, 'g');
const TRUNK_ZERO = '(0)';
// Of countries 1 and 7, where another town is called by a 1 or an 8 and not by a zero.
const TEN_DIGITS = /^(?:(?:\+|00)[17]|[178])(\d{10})$/;

/**
 * The keys of the numbers in a field for them, each by all of it and by the parts of it that may be the number. Words that
 * no text has, since they begin with a plus.
 */
export function phoneKeys(field: string): string[] {
  return (field.match(NUMBER) ?? []).flatMap(apart).flatMap(keysOf);
}

/** The same of a message: of numbers that begin with a plus or a zero. */
export function phoneKeysInProse(text: string): string[] {
  return (text.match(NUMBER_IN_PROSE) ?? []).flatMap(apart).flatMap(keysOf);
}

/** What may be phone numbers in a text that somebody looks for, as they stand there. */
export function phoneNumbersIn(text: string): string[] {
  return (text.match(NUMBER) ?? []).flatMap(apart).filter(number => isLong(withoutZeros(dial(number))));
}

/** A tsquery of the numbers that end as this one does, and of those that are this one without its country. */
export function phoneQuery(number: string): string {
  const dialled = dial(number);
  const [, tenDigits] = TEN_DIGITS.exec(dialled) ?? [];
  if (tenDigits !== undefined) return endingAs(tenDigits);
  const digits = withoutZeros(dialled);
  const national = /^(?:\+|00)/.test(dialled) ? withoutZeros(digits.replace(COUNTRY, '')) : '';
  return isLong(national) ? `${endingAs(digits)} | '${toKey(national)}'` : endingAs(digits);
}

function endingAs(digits: string): string {
  return `'${toKey(digits)}':*`;
}

// Two numbers beside each other, not one with a stroke behind the town.
function apart(number: string): string[] {
  if (!number.includes('/')) return [number];
  const numbers = number.split('/');
  return numbers.every(each => isLong(withoutZeros(dial(each)))) ? numbers : [number];
}

function keysOf(number: string): string[] {
  const groups = number.replace(TRUNK_ZERO, '').match(/\d+/g) ?? [];
  let all = '';
  return groups
    .map(group => (all += group))
    .filter((digits, index) => digits.length >= MIN_DIGITS_OF_PART || index === groups.length - 1)
    .map(withoutZeros)
    .filter(digits => isLong(digits) && digits.length <= MAX_DIGITS)
    .map(toKey);
}

// As it is dialled.
function dial(number: string): string {
  return number.replace(TRUNK_ZERO, '').replace(/[^\d+]/g, '');
}

function withoutZeros(dialled: string): string {
  return dialled.replace(/^\+?0*/, '');
}

function isLong(digits: string): boolean {
  return digits.length >= MIN_DIGITS;
}

function toKey(digits: string): string {
  let reversed = '';
  for (const digit of digits) reversed = digit + reversed;
  return `+${reversed}`;
}
