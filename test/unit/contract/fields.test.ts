// Fields with a format of their own: locale, page URL, topic.
import {localeSchema, pageUrlSchema, topicSchema} from '../../../src/contract/fields';

test.each(['en', 'en-GB', 'zh-Hant-TW', 'de-CH-1996', 'x-klingon'.replace('x-', 'art-')])(
  'takes the locale %s',
  locale => {
    expect(localeSchema.parse(` ${locale} `)).toBe(locale);
  },
);

test.each([
  ['en_US', 'en-US'],
  ['en-US@posix', 'en-US'],
  ['de_DE.UTF-8@euro', 'de-DE'],
  ['zh_Hant_TW', 'zh-Hant-TW'],
  ['de-CH,de;q=0.9', 'de-CH'],
])('reads the locale %s as %s', (sent, locale) => {
  expect(localeSchema.parse(sent)).toBe(locale);
});

test.each([
  '',
  'C',
  'e',
  'en-',
  '-en',
  'en--GB',
  'english-language-of-the-north-of-england',
  'en-\u0660',
  '12',
  '*',
  'en GB',
  `en${'-abcdefgh'.repeat(1000)}`,
])('leaves out the locale %j', sent => {
  expect(localeSchema.parse(sent)).toBeUndefined();
});

test.each([
  ['https://example.org', 'https://example.org/'],
  ['https://example.org/a/b?email=ada@example.org#form', 'https://example.org/a/b'],
  ['http://ada:secret@example.org:8080/a', 'http://example.org:8080/a'],
  ['HTTPS://EXAMPLE.org:443/A/../B', 'https://example.org/B'],
  ['https://exämple.org/ä b', 'https://xn--exmple-cua.org/%C3%A4%20b'],
  ['https://example.org/;a=b', 'https://example.org/;a=b'],
  ['https:////example.org\\\\a', 'https://example.org//a'],
  [`https://example.org?${'x'.repeat(30_000)}`, 'https://example.org/'],
  [`https://example.org/contact#${'x'.repeat(30_000)}`, 'https://example.org/contact'],
  [`https://example.org/a?q=\u0000`, 'https://example.org/a'],
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
