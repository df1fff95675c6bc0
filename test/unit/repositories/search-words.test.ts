// Words: folded in one way whatever the database's locale, parted, cut, and few enough for a row.
import {INVISIBLE} from '../../../src/contract/safe-text';
import {fold, MAX_WORD_LENGTH, pairsOf, runsOf, searchedOf} from '../../../src/repositories/query/search-words';

// That Unicode has, but for surrogates and those of nobody's.
const EVERY = Array.from({length: 0xf0000}, (_, point) => String.fromCodePoint(point)).filter(character =>
  /[^\p{Cn}\p{Cs}\p{Co}]/u.test(character),
);
const from = (point: number) => Array.from({length: 5000}, (_, index) => String.fromCodePoint(point + index)).join('');
const HAN = from(0x4e00);
const wordsOf = (text: string) => runsOf(fold(text)).map(run => run.text);
const stored = (fields: Partial<Parameters<typeof searchedOf>[0]>) =>
  searchedOf({short: [], long: [], others: [], ...fields});
const storedWords = (message: string) => stored({long: [message]}).words.split(' ');

// Each group is one text.
test.each([
  ['case', 'Hello', 'HELLO', 'hello'],
  ['accents', 'Zoë', 'ZOE\u0308', 'zoe', 'Żóę'],
  ['Greek final sigma', 'ΟΔΟΣ', 'οδος', 'οδοσ', 'Οδός'],
  ['Turkish dots', 'İI', 'ıi', 'iı', 'II', 'i\u0307ı'],
  ['German sharp s', 'Straße', 'STRASSE', 'STRAẞE', 'strasse'],
  ['soft hyphens', 'Donau\u00addampf', 'donaudampf'],
  ['joiners and other invisible ones', 'a\u200bb\u200cc\u200dd\ufeff', 'abcd', '\u2067ABCD\u2069', 'a\u034fbcd'],
  ['width', 'Ｗｉｄｅ１', 'wide1'],
  ['ligatures', 'ﬃ ŒUVRE Ǆ', 'ffi oeuvre dz'],
  ['letters that Unicode does not decompose', 'Łódź Đặng Øre Þór Æ', 'lodz dang ore thor ae'],
  ['Vietnamese', 'Nguyễn Đình Ưu', 'nguyen dinh uu'],
  ['Cyrillic ё, which is often written е', 'Ёлка Алёна', 'елка алена'],
  ['a Cyrillic stress', 'за\u0301мок', 'замок'],
  ['apostrophes', "м'я", 'мʼя', 'м＇я', 'м’я'.replace('’', 'ʻ')],
  ['Hebrew points', 'שָׁלוֹם', 'שלום'],
  ['Arabic vowels, forms and long strokes', 'مُحَمَّد أحمـــد', 'محمد احمد', 'ﻣﺤﻤﺪ احمد'],
  ['Arabic and Persian letters', 'علی کتاب', 'علي كتاب', 'على كتاب'],
  ['Arabic and Persian digits', '٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹', '0123456789'],
  ['Hangul in jamo', '한글', '한글'.normalize('NFD')],
  ['halfwidth katakana with sound marks', 'ｶﾞｷﾞﾊﾟ', 'ガギパ'],
  ['fractions, powers, numbers in circles', '①x²', '1x2'],
])('%s make no difference', (_what, ...texts) => {
  const [first = ''] = texts.map(fold);
  expect(texts.map(fold)).toEqual(texts.map(() => first));
});

test.each([
  ['Cyrillic й, ў and ї are letters', 'йўї', 'иуі'],
  ['marks of Devanagari', 'हिन्दी', 'हनद'],
  ['sound marks of kana', 'がぱ', 'かは'],
  ['tones of Thai', 'น้ำ', 'นำ'],
  ['umlauts in two letters', 'Müller', 'Mueller'],
])('%s make a difference', (_what, one, other) => {
  expect(fold(one)).not.toBe(fold(other));
  expect(fold(one.normalize('NFD'))).toBe(fold(one));
  expect(fold(one.toUpperCase())).toBe(fold(one));
});

test('what is folded stays as it is, character by character and in texts of any', () => {
  expect(EVERY.filter(character => fold(fold(character)) !== fold(character))).toEqual([]);
  let seed = 1;
  const random = (below: number) => (seed = (seed * 48_271) % 0x7fffffff) % below;
  const texts = Array.from({length: 20_000}, () => {
    const start = random(EVERY.length); // neighbours are of one script, and so they compose
    return Array.from({length: 8}, () => EVERY[random(3) ? (start + random(90)) % EVERY.length : random(0x400)]).join(
      '',
    );
  });
  expect(texts.filter(text => fold(fold(text)) !== fold(text))).toEqual([]);
  expect(texts.filter(text => fold(text.normalize('NFD')) !== fold(text))).toEqual([]);
});

test('neither upper nor lower case is another word, but for the iota below Greek letters, which capitals have beside', () => {
  const others = EVERY.filter(
    character => fold(character.toUpperCase()) !== fold(character) || fold(character.toLowerCase()) !== fold(character),
  );
  expect(others.filter(character => !character.normalize('NFD').includes('\u0345'))).toEqual([]);
});

test('no word has a character that nobody sees, or one that means something in a tsvector, a tsquery or a pattern', () => {
  const words = EVERY.flatMap(wordsOf).join('');
  expect(new RegExp(`[${INVISIBLE}]`, 'u').exec(words)).toBeNull();
  expect(/[\s\u0000-\u001f'"\\:*&|!<>()%_@+]/u.exec(words)).toBeNull();
});

test.each<[string, string[]]>([
  ['price-list_2027.html?a=3.5', ['price', 'list', '2027', 'html', 'a', '3', '5']],
  ["O'Brien’s C:\\temp", ['o', 'brien', 's', 'c', 'temp']],
  ['', []],
  ['… %_ -- （）', []],
  ['again and again', ['again', 'and']],
  ['🚀🚀 Labs👍🏽', ['🚀', 'labs', '👍']],
  ['👨‍👩‍👧 ❤️ 🇩🇪🇫🇷', ['👨', '👩', '👧', '❤', '🇩🇪', '🇫🇷']],
  ['iPhone手机2027年', ['iphone', '手机', '2027', '年']],
  ['ภาษาไทย 北京、上海', ['ภาษาไทย', '北京', '上海']],
  ['हिन्दी में', ['हिन्दी', 'में']],
  ['\u0301 \u093f', ['\u093f']],
])('%j has the words %j', (text, expected) => {
  expect(wordsOf(text)).toEqual(expected.map(word => word.normalize('NFC')));
});

test('pairs are of characters, also of those that UTF-16 writes in two', () => {
  expect(pairsOf('山田太')).toEqual(['山田', '田太']);
  expect(pairsOf('𠮷野')).toEqual(['𠮷野']);
  expect(pairsOf('山')).toEqual([]);
});

test('a script without blanks is stored by pairs and its last character, also across a blank or the end of a line', () => {
  expect(storedWords('山田太郎')).toEqual(['山田', '田太', '太郎', '郎']);
  expect(storedWords('山田\u3000太郎')).toEqual(['山田', '田太', '太郎', '郎']);
  expect(storedWords('山田\n太郎')).toEqual(['山田', '田太', '太郎', '郎']);
  expect(storedWords('山田。太郎')).toEqual(['山田', '田', '太郎', '郎']);
  expect(storedWords('山田 ab 太郎')).toEqual(['山田', '田', 'ab', '太郎', '郎']);
});

test('short texts are stored as a text, but for scripts without blanks and emoji, which trigrams do not find', () => {
  expect(stored({short: ['Zoë Müller', null, '🚀 Labs 山田']})).toEqual({
    text: ' zoe muller labs',
    words: '🚀 山田 田',
  });
});

test('a long word is stored by its beginning, never by half of a character', () => {
  expect(storedWords('a'.repeat(5000))).toEqual(['a'.repeat(MAX_WORD_LENGTH)]);
  const astral = `a${'\u{10330}'.repeat(100)}`; // Gothic
  expect(storedWords(astral)).toEqual([astral.slice(0, MAX_WORD_LENGTH - 1)]);
  expect(stored({short: [astral]}).text).toBe(` ${astral.slice(0, MAX_WORD_LENGTH - 1)}`);
});

test('a long word is cut wherever it is in a message, and no shorter one', () => {
  const longest = 'b'.repeat(MAX_WORD_LENGTH);
  for (let before = 0; before < 200; before += 1) {
    const message = `${'a'.repeat(before % 50)} ${'. '.repeat(before)}a.${longest}b, ${longest}`;
    expect(storedWords(message).filter(word => word.startsWith('b'))).toEqual([longest]);
    expect(storedWords(`A, ${'. a'.repeat(before)} ${longest}`).at(-1)).toBe(longest);
  }
});

test('a row has at most 1,000 words beside its addresses and numbers', () => {
  const {words} = stored({short: ['山田'], long: [HAN], phone: '030 1234567', others: ['a@b.co']});
  expect(words.split(' ')).toHaveLength(1000 + 2);
  expect(words).toMatch(/^@b@a \+765432103 山田 田 /);
});

const filled = (part: string) => Array.from(part.repeat(5000)).slice(0, 5000).join('');
test.each([
  ['ligatures of 18 letters', filled('\ufdfa')],
  ['letters of four', filled('\u1f82')],
  ['Hangul', from(0xac00)],
  ['Han', HAN],
  ['words of two scripts', filled('a中')],
  ['blanks between', filled(`中${' '.repeat(50)}`)],
  ['@', filled('@')],
  ['addresses', filled('a@')],
  ['escapes', filled('%40')],
  ['digits and parentheses', filled('0(')],
  ['numbers', filled('+1 ')],
  [
    'marks of vowels in the wrong order, with something invisible between',
    filled(`क${'\u094d\u093c'.repeat(15)}\u200b`),
  ],
  ['marks without a letter', `क${filled(`${'\u094d\u093c'.repeat(15)}\u200b`)}`],
])('5,000 %s cost what they are long', (_what, text) => {
  const most = {long: [text], short: [text.slice(0, 120), text.slice(0, 160), text.slice(0, 200)], others: [text]};
  const times = Array.from({length: 9}, () => {
    const start = performance.now();
    stored(most);
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(10);
});
