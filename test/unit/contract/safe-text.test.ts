// safeText: what it cleans, what it refuses and how it counts; each whole class of characters, not samples.
import {hasNothingToSee, safeText} from '../../../src/contract/safe-text';
import {HOSTILE_TEXTS} from '../../helpers/hostile-input';

const line = safeText({max: 40_000});
const lines = safeText({max: 40_000, multiline: true});

/** Every character of these ranges, both ends included. */
function range(...ranges: readonly [number, number][]): string[] {
  return ranges.flatMap(([from, to]) =>
    Array.from({length: to - from + 1}, (_, index) => String.fromCodePoint(from + index)),
  );
}

function refusedBy(schema: typeof line, characters: readonly string[]): string[] {
  return characters.filter(character => !schema.safeParse(`a${character}b`).success);
}

const LINE_ENDS = '\v\f\u0085\u2028\u2029';

test('one line refuses every control character of C0 and C1, and DEL, but for those that are a blank', () => {
  const controls = range([0, 0x1f], [0x7f, 0x9f]);
  expect(refusedBy(line, controls)).toEqual(controls.filter(character => !LINE_ENDS.includes(character)));
  for (const end of LINE_ENDS) expect(line.parse(`a${end}b`)).toBe('a b');
});

test('many lines keep newline and tab of them, and every other end of a line as a newline', () => {
  const controls = range([0, 0x1f], [0x7f, 0x9f]);
  expect(refusedBy(lines, controls)).toEqual(controls.filter(character => !`\n\t${LINE_ENDS}`.includes(character)));
  expect(lines.parse('a\r\nb\r\n\r\nc\td')).toBe('a\nb\n\nc\td');
  for (const end of LINE_ENDS) expect(lines.parse(`a${end}b${end}${end}c`)).toBe('a\nb\n\nc');
});

test.each([
  '',
  '\u200b',
  '\u2060',
  '\u3164',
  '\u2800',
  '\ufe0f',
  '\u202d\u202c',
  ' \u00ad\u0085\n',
  '\u{e0041}\u115f\uffa0\u180e',
])('there is nothing to see in %j', text => {
  expect(hasNothingToSee(text)).toBe(true);
  for (const schema of [line, lines]) expect(schema.safeParse(text).error?.issues[0]?.code).toBe('too_small');
  expect(safeText({min: 0, max: 20}).parse(text)).toBe('');
});

test.each(['a', '\u0301', '\u200ba', '❤\ufe0f', '.', '\u0000', '\ue000', '👨\u200d👩'])(
  'there is something to see in %j',
  text => {
    expect(hasNothingToSee(text)).toBe(false);
  },
);

test('what nobody sees goes from the ends, and what belongs to the last character stays', () => {
  const unseen = ' \u200b\u2060\u00ad\ufeff\u0085';
  for (const schema of [line, lines]) {
    expect(schema.parse(`${unseen}a\u200bb${unseen}`)).toBe('a\u200bb');
    expect(schema.parse('❤\ufe0f')).toBe('❤\ufe0f');
    expect(schema.parse('ن\u200c')).toBe('ن\u200c');
  }
  expect(line.parse('\u202d+49 30 1234567\u202c')).toBe('+49 30 1234567');
});

test('what nobody sees stays within a text and behind what it changes, but for directions in a line', () => {
  const unseen = everyCharacter.match(/\p{Default_Ignorable_Code_Point}/gu) ?? [];
  const text = `a${unseen.join('b')}c`;
  expect(safeText({max: 20_000, multiline: true}).parse(text)).toBe(text);
  expect(safeText({max: 20_000}).parse(text)).toBe(text.replaceAll(/\p{Bidi_Control}/gu, ''));
  for (const name of ['ᠠ\u180b', '葛\u{e0100}', '👩\u200d💻', '🏴\u{e0067}\u{e007f}', '\u1100\u1160', 'ᄀ\u3164']) {
    for (const schema of [line, lines]) expect(schema.parse(name)).toBe(name);
  }
});

test('every lone surrogate is refused, every pair is kept', () => {
  const lone = range([0xd800, 0xdfff]);
  expect(refusedBy(line, lone)).toEqual(lone);
  expect(refusedBy(lines, lone)).toEqual(lone);
  expect(line.parse('😀')).toBe('😀');
});

// No two combining marks in a row: that is a rule of its own.
const everyCharacter = range([0x20, 0x7e], [0xa0, 0xd7ff], [0xe000, 0x10ffff]).join('').replaceAll(/\p{M}/gu, 'x$&');

test('every bidi control of Unicode is taken out of one line and kept in many', () => {
  const controls = everyCharacter.match(/\p{Bidi_Control}/gu) ?? [];
  expect(controls).toHaveLength(12);
  expect(line.parse(`a${controls.join('b')}c`)).toBe(`a${'b'.repeat(11)}c`);
  expect(lines.parse(`a${controls.join('b')}c`)).toBe(`a${controls.join('b')}c`);
  const marks = '\u0301'.repeat(20); // too many once the direction between them is gone
  expect(line.safeParse(`a${marks}\u200e${marks}`).success).toBe(false);
});

test('no other character is refused', () => {
  const [one, many] = [safeText({max: 2_000_000}), safeText({max: 2_000_000, multiline: true})];
  const others = everyCharacter.replaceAll(/\p{Bidi_Control}/gu, '');
  expect(Array.from(others).length).toBeGreaterThan(1_100_000);
  expect(one.safeParse(`a${others}b`).success).toBe(true);
  expect(many.safeParse(`a${everyCharacter}b`).success).toBe(true);
});

test('trims every white space at the ends and none inside', () => {
  const spaces = '\u0009\u000A\u000B\u000C\u000D \u00A0\u1680\u2000\u2003\u2028\u2029\u202F\u205F\u3000\uFEFF';
  expect(line.parse(`${spaces}a  b\u00A0c${spaces}`)).toBe('a  b\u00A0c');
  expect(line.safeParse(spaces).success).toBe(false);
});

test('normalises to NFC, not NFKC', () => {
  expect(line.parse('e\u0301 \u212B ﬃ ①')).toBe('é Å ﬃ ①');
});

test('counts code points after cleaning', () => {
  const three = safeText({max: 3, min: 2});
  for (const text of ['abc', '𝒳𝒳𝒳', 'e\u0301e\u0301', '   abc   ', '👍🏽'])
    expect(three.safeParse(text).success).toBe(true);
  for (const text of ['abcd', '𝒳𝒳𝒳𝒳', 'a', ' a ', '👩‍👩‍👧']) expect(three.safeParse(text).success).toBe(false);
});

test('refuses more than 30 combining marks in a row, and says so', () => {
  const codes = (text: string) =>
    line.safeParse(text).error?.issues.map(issue => issue.code === 'custom' && (issue.params?.code as unknown));
  for (const mark of ['\u0301', '\u0E34', '\u20DD', '\uFE0F', '\u{1D165}', '\u034F']) {
    expect([mark, codes(`a${mark.repeat(30)}b${mark.repeat(30)}`)]).toEqual([mark, undefined]);
    expect([mark, codes(`a${mark.repeat(31)}`)]).toEqual([mark, ['combining_marks']]);
    expect([mark, codes(mark.repeat(31))]).toEqual([mark, ['combining_marks']]);
  }
  expect(codes(`a${'\u0301'.repeat(15)}${'\u0316'.repeat(16)}`)).toEqual(['combining_marks']);
});

test('finds 31 combining marks wherever they stand, and never 30', () => {
  const isRefused = (text: string) => !line.safeParse(text).success;
  for (const mark of ['\u0301', '\u0E34', '\u{1D165}', '\u{E0100}']) {
    // a selector alone selects nothing: a text of them is empty
    for (let before = mark === '\u{E0100}' ? 1 : 0; before < 100; before++) {
      const place = [mark, before];
      const text = (count: number) => '字'.repeat(before) + mark.repeat(count);
      expect([...place, isRefused(text(30)), isRefused(`${text(30)}字${mark.repeat(30)}`)]).toEqual([
        ...place,
        false,
        false,
      ]);
      expect([...place, isRefused(text(31)), isRefused(`${text(31)}字`)]).toEqual([...place, true, true]);
    }
  }
});

test('the maximum holds before and after NFC, and each is one error', () => {
  const four = safeText({max: 4});
  const codes = (text: string) => four.safeParse(text).error?.issues.map(({code}) => code);
  expect(codes('\u03B1\u0313\u0300\u0345'.repeat(4))).toBeUndefined(); // four in NFD, one in NFC
  expect(codes('\u03B1\u0313\u0300\u0345'.repeat(4) + 'a')).toEqual(['too_big']);
  expect(codes('\uFB2C')).toBeUndefined(); // one, and three in NFC
  expect(codes('\uFB2C\uFB2C')).toEqual(['too_big']);
  expect(codes('\u0301'.repeat(40_000))).toEqual(['too_big']);
  expect(codes('\u0000'.repeat(17))).toEqual(['too_big']);
  expect(codes(`${' '.repeat(1000)}abcd${'\u3000'.repeat(1000)}`)).toBeUndefined();
});

test('a second cleaning changes nothing', () => {
  for (const {text} of HOSTILE_TEXTS) {
    for (const schema of [line, lines]) {
      const {success, data} = schema.safeParse(text);
      if (success) expect(schema.parse(data)).toBe(data);
    }
  }
});

test('no message repeats the text', () => {
  for (const {text} of HOSTILE_TEXTS) {
    const {error} = safeText({max: 3}).safeParse(text);
    for (const {message} of error?.issues ?? []) expect(message).not.toMatch(/zqMark7/i);
  }
});
