// E-mail addresses: what is taken as typed, what is repaired, and which of them are the same one.
import {canonicalAddress, emailSchema} from '../../../src/contract/email-address';

test.each([
  'ada@example.org',
  'Ada.Lovelace+news@Example.ORG',
  "o'neil@a-b.example",
  'a@b.co',
  'a@b.c',
  'r&d@example.org',
  'a/b@example.org',
  'x=y@example.org',
  '.!#$%*?^_`{|}~-@example.org',
  'ivan@xn--e1afmkfd.xn--p1ai',
  'ivan@пример.рф',
  'zoe@bücher.example',
  'Zoe@BÜCHER.example',
  'info@例え.テスト',
  `a@نامه\u200cای.com`,
  `${'a'.repeat(64)}@example.org`,
])('takes the address %s as typed', address => {
  expect(emailSchema.parse(` ${address}\n`)).toBe(address);
});

test.each([
  ['zoe.o’neil@example.org', "zoe.o'neil@example.org"],
  ['zoe.oʼneil@bücher.example', "zoe.o'neil@bücher.example"],
  ['\u202aada@example.org\u202c', 'ada@example.org'],
  ['ada\u00ad@exam\u200bple.org\ufeff', 'ada@example.org'],
  ['ada@exam\u200cple.org', 'ada@example.org'],
  ['a\u200dda@b\u200bücher.example', 'ada@bücher.example'],
  ['\ufe0fa\u3164d\u{e0061}a@exam\u1160p\u180fle.org\u{1d173}', 'ada@example.org'],
  ['ada@b\u17b4ücher\u{e0100}.example', 'ada@bücher.example'],
  ['ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ', 'ada@example.org'],
  ['info@例え。テスト', 'info@例え.テスト'],
  ['zoe@bu\u0308cher.example', 'zoe@bücher.example'],
])('repairs %j', (typed, address) => {
  expect(emailSchema.parse(typed)).toBe(address);
});

test.each([
  '',
  'ada',
  '@example.org',
  'ada@',
  'ada@example',
  'ada@@example.org',
  'ada@example..org',
  'ada@-example.org',
  'ada@example-.org',
  'ada@example.org.',
  `ada@${'a'.repeat(64)}.org`,
  'ada@example.org\r\nBcc: eve@evil.test',
  'ada@example.org,eve@evil.test',
  'ada@example.org;eve@evil.test',
  'Ada <ada@example.org>',
  'ada @example.org',
  '"ada"@example.org',
  'ada@[127.0.0.1]',
  'ädä@example.org',
  'ada@example.org\u0000',
  'ada@example.org\u0085',
  'ada@bücher',
  'ada@bücher..example',
  'ada@bücher.example.',
  'ada@bü%63her.example',
  'ada@eve.test/bücher.example',
  'ada@eve.test#bücher.example',
  'ada@eve.test:bücher.example',
  'ada@bücher\u00a0.example',
  'ada@bü\ud800cher.example',
  'ada@bücher.1',
  `ada@${'ü'.repeat(64)}.example`,
])('refuses the address %j', address => {
  expect(emailSchema.safeParse(address).error?.issues).toEqual([
    expect.objectContaining({message: 'must be an e-mail address', path: []}),
  ]);
});

test.each([
  `${'a'.repeat(250)}@example.org`,
  `ada@${'ü'.repeat(30)}.${'é.'.repeat(120)}org`,
  `ada@example.org${'\u200b'.repeat(2000)}x`,
])('refuses what is too long: %s', address => {
  expect(emailSchema.safeParse(address).error?.issues.map(({code}) => code)).toEqual(['too_big']);
});

test.each([
  ['ada@example.org', 'ADA@Example.ORG'],
  ['zoe@bücher.example', 'zoe@xn--bcher-kva.example'],
  ['zoe@BÜCHER.example', 'ZOE@XN--BCHER-KVA.example'],
  ['ivan@пример.рф', 'ivan@xn--e1afmkfd.xn--p1ai'],
  ['ivan@ПРИМЕР.рф', 'ivan@пример.xn--p1ai'],
  ['zoe@straße.example', 'zoe@xn--strae-oqa.example'],
  ["zoe.o'neil@example.org", 'zoe.o’neil@example.org'],
  ['info@例え.jp', 'info@例え。ｊｐ'],
])('%s and %s are one address', (one, other) => {
  const [first, second] = [one, other].map(typed => canonicalAddress(emailSchema.parse(typed)));
  expect(first).toBe(second);
  expect(first).toMatch(/^[!-~]+@[a-z0-9.-]+$/);
});

test.each([
  ['ada@example.org', 'ada@example.com'],
  ['zoe@bücher.example', 'zoe@bucher.example'],
  ['zoe@straße.example', 'zoe@strasse.example'],
  ["o'neil@example.org", 'oneil@example.org'],
  ['a.b@example.org', 'ab@example.org'],
])('%s and %s are two addresses', (one, other) => {
  expect(canonicalAddress(emailSchema.parse(one))).not.toBe(canonicalAddress(emailSchema.parse(other)));
});

test('a second reading changes nothing', () => {
  for (const typed of ['zoe.o’neil@BÜCHER.example', 'ａ＠例え。ｊｐ', 'ada@example.org', `a@نامه\u200cای.com`]) {
    const address = emailSchema.parse(typed);
    expect(emailSchema.parse(address)).toBe(address);
    expect(canonicalAddress(canonicalAddress(address))).toBe(canonicalAddress(address));
  }
});
