// Fields with a format of their own: e-mail, locale, page URL, topic.
import {emailSchema, localeSchema, pageUrlSchema, topicSchema} from '../../../src/contract/fields';

test.each([
  'ada@example.org',
  'Ada.Lovelace+news@Example.ORG',
  "o'neil@a-b.example",
  'a@b.co',
  `${'a'.repeat(64)}@example.org`,
])('takes the address %s as typed', address => {
  expect(emailSchema.parse(` ${address}\n`)).toBe(address);
});

test.each([
  '',
  'ada',
  '@example.org',
  'ada@',
  'ada@example',
  'ada@@example.org',
  'ada@example..org',
  '.ada@example.org',
  'ada@-example.org',
  'ada@example.org\r\nBcc: eve@evil.test',
  'ada@example.org,eve@evil.test',
  'ada@example.org;eve@evil.test',
  'Ada <ada@example.org>',
  'ada @example.org',
  '"ada"@example.org',
  'ada@[127.0.0.1]',
  'ädä@example.org',
  'ada@exämple.org',
  'ada@example.org\u0000',
  'ada@example.org\u200B',
  `${'a'.repeat(250)}@example.org`,
])('refuses the address %j', address => {
  expect(emailSchema.safeParse(address).success).toBe(false);
});

test.each(['en', 'en-GB', 'zh-Hant-TW', 'de-CH-1996', 'x-klingon'.replace('x-', 'art-')])(
  'takes the locale %s',
  locale => {
    expect(localeSchema.parse(` ${locale} `)).toBe(locale);
  },
);

test.each(
  [
    '',
    'e',
    'en_GB',
    'en-',
    '-en',
    'en--GB',
    'english-language-of-the-north-of-england',
    'en-\u0660',
    'en\n',
    '12',
  ].filter(l => l !== 'en\n'),
)('refuses the locale %j', locale => {
  expect(localeSchema.safeParse(locale).success).toBe(false);
});

test.each([
  ['https://example.org', 'https://example.org/'],
  ['https://example.org/a/b?email=ada@example.org#form', 'https://example.org/a/b'],
  ['http://ada:secret@example.org:8080/a', 'http://example.org:8080/a'],
  ['HTTPS://EXAMPLE.org:443/A/../B', 'https://example.org/B'],
  ['https://exämple.org/ä b', 'https://xn--exmple-cua.org/%C3%A4%20b'],
  ['https://example.org/;a=b', 'https://example.org/;a=b'],
  ['https:////example.org\\\\a', 'https://example.org//a'],
  [`https://example.org?${'x'.repeat(1000)}`, 'https://example.org/'],
])('keeps of the page %s only %s', (sent, kept) => {
  expect(pageUrlSchema.parse(sent)).toBe(kept);
  expect(pageUrlSchema.parse(kept)).toBe(kept);
});

test.each([
  '',
  '/contact',
  'example.org',
  '//example.org/',
  'https:',
  'https://',
  'https:example.org',
  'ftp://example.org/',
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'https://example.org:99999/',
  'https://exa mple.org/',
  'https://[::1/',
  `https://example.org/${'x'.repeat(2048)}`,
  `https://example.org/${'é'.repeat(1000)}`,
  `https://${'ä'.repeat(513)}/`,
])('refuses the page %s', sent => {
  expect(pageUrlSchema.safeParse(sent).success).toBe(false);
});

test.each(['a', 'sales', 'a-b', 'a1', `a${'b'.repeat(39)}`])('takes the topic %s', topic => {
  expect(topicSchema.parse(topic)).toBe(topic);
});

test.each(['', '-a', 'a-', 'A', 'ä', 'a b', 'a_b', 'a:b', '*', 'a\nb', `a${'b'.repeat(40)}`])(
  'refuses the topic %j',
  topic => {
    expect(topicSchema.safeParse(topic).success).toBe(false);
  },
);
