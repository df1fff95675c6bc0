// Phone numbers: one is found however it was typed, another one is not.
import {phoneKeys, phoneKeysInProse, phoneNumbersIn, phoneQuery} from '../../../src/repositories/query/phone-numbers';

// What PostgreSQL does with the query.
function finds(query: string, keys: readonly string[]): boolean {
  return phoneNumbersIn(query).some(number =>
    phoneQuery(number)
      .split(' | ')
      .some(term => {
        const [, key = '', isBeginning] = /^'(.*)'(:\*)?$/.exec(term) ?? [];
        return keys.some(stored => (isBeginning ? stored.startsWith(key) : stored === key));
      }),
  );
}

// Each spelling of a number finds each other one.
const NUMBERS = {
  Berlin: [
    ...['+49 30 1234567', '0049 30 1234567', '030 1234567', '(030) 123-45 67', '+49 (0)30 1234567', '+49(30)1234567'],
    ...[
      '030/1234567',
      '030.123.45.67',
      '+49–30–1234567',
      '0049 (0) 30 1234567'.replace('(0) ', '(0)'),
      '+493012345 67',
    ],
  ],
  Roma: ['+39 06 1234 5678', '06 1234 5678', '0039 06 12345678', '0612345678'],
  Paris: ['+33 1 23 45 67 89', '01 23 45 67 89', '0033 1 23456789'],
  London: ['+44 (0)20 7946 0958', '020 7946 0958', '+44 20 79460958'],
  Oslo: ['+47 22 12 34 56', '22123456', '22 12 34 56'],
  'New York': ['+1 (212) 555-0123', '(212) 555-0123', '1-212-555-0123', '212.555.0123', '001 212 5550123'],
  Moscow: ['+7 495 123-45-67', '8 (495) 123-45-67', '84951234567', '(495) 123-45-67'],
  Lisbon: ['+351 21 123 4567', '21 123 4567', '00351211234567'],
};
const SPELLINGS = Object.entries(NUMBERS).flatMap(([town, spellings]) =>
  spellings.map(spelling => [town, spelling] as const),
);

test.each(SPELLINGS)('in %s, %s finds every spelling and no number of another town', (town, query) => {
  const found = SPELLINGS.filter(([, spelling]) => finds(query, phoneKeys(spelling)));
  expect(found.map(([, spelling]) => spelling)).toEqual(NUMBERS[town as keyof typeof NUMBERS]);
});

test.each([
  ['030 1234567', '030 1234568'],
  ['030 1234567', '040 1234567'],
  ['030 1234567', '+43 40 1234567'],
  ['+49 30 1234567', '+49 40 1234567'],
  ['+49 30 1234567', '+43 30 1234567'],
  ['0151 12345678', '0511 12345678'],
  ['0151 12345678', '0511 2345678'],
  ['+84 912345678', '+49 12345678'],
  ['+49 30 1234567', '1234567'],
  ['0000 0000', '030 1234567'],
  ['000 0007', '030 1234567'],
  ['1234567', '12345678'],
])('%s does not find %s', (query, other) => {
  expect(finds(query, phoneKeys(other))).toBe(false);
});

test.each([
  ['030 1234567 ext. 12'],
  ['030 1234567 x12'],
  ['030 1234567-12'],
  ['030 1234567 (9-17)'],
  ['030 1234567 / 0171 7654321'],
  ['0171 7654321 / +49 30 1234567'],
  ['Tel. 030 1234567'],
])('a field with %s is found by 030 1234567', field => {
  expect(finds('030 1234567', phoneKeys(field))).toBe(true);
  expect(finds('+49 30 1234567', phoneKeys(field))).toBe(true);
});

test.each([
  ['Please call +49 30 1234567!', true],
  ['Ruf an:030 1234567.', true],
  ['am 24.12. 030 1234567', true],
  ['order 2027 030 1234567', true],
  ['(030) 1234567 (10:00-18:00)', true],
  ['030 1234567, 24/7', true],
  ['030 1234567 24/7', true],
  ['no. 30 1234567', false],
  ['IBAN DE02 1203 0000 0000 2020 51', false],
])('in a message, %j has the number: %s', (message, expected) => {
  expect(finds('030 1234567', phoneKeysInProse(message))).toBe(expected);
});

test.each([
  ['Ada 030 1234567', ['030 1234567']],
  ['030 1234567, 040 7654321 Ada', ['030 1234567', '040 7654321']],
  ['2027', []],
  ['12.12.27', []],
  ['0000000', []],
])('%j asks for %j', (query, expected) => {
  expect(phoneNumbersIn(query)).toEqual(expected);
});

test('a key is a word of no text, and short', () => {
  expect(phoneKeys('+49 30 1234567')).toEqual(['+76543210394']);
  expect(phoneKeys('1'.repeat(32))).toEqual([]);
  expect(phoneKeys('030')).toEqual([]);
  expect(phoneQuery('+49 30 1234567')).toBe("'+76543210394':* | '+765432103'");
});
