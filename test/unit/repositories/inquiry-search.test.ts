// Which texts of an inquiry are searched, and in which is looked for an address.
import {searchedInquiry, type SearchedInquiry} from '../../../src/repositories/inquiry/inquiry-search';

const BARE: SearchedInquiry = {name: 'Ada', email: 'ada@example.org', message: 'Hi'};
const BARE_WORDS = '@example@ada hi';

test.each<[string, Partial<SearchedInquiry>, string, string]>([
  ['a bare one', {}, BARE_WORDS, ' ada ada example org'],
  ['null is nothing', {company: null, phone: null, metadata: null}, BARE_WORDS, ' ada ada example org'],
  ['company and subject', {company: 'Acme GmbH', subject: 'Price'}, BARE_WORDS, ' ada ada example org acme gmbh price'],
  ['phone', {phone: '030 1234567'}, '@example@ada +765432103 030 1234567 hi', ' ada ada example org'],
  [
    'a number in the message',
    {message: 'Call 030 1234567'},
    '@example@ada +765432103 call 030 1234567',
    ' ada ada example org',
  ],
  ...(['locale', 'sourceUrl', 'privacyNoticeVersion'] as const).map(
    field =>
      [field, {[field]: 'bo@mail.test'}, '@example@ada @mail@bo hi', ' ada ada example org'] as [
        string,
        Partial<SearchedInquiry>,
        string,
        string,
      ],
  ),
  [
    'metadata',
    {metadata: {a: 'x', b: 'bo%40mail.test'}},
    '@example@ada @mail@bo =wNZ6neeV_8Qn =JhSk_k9Oh546 hi',
    ' ada ada example org',
  ],
  [
    'metadata of another shape',
    {metadata: {a: 1, b: ['bo@mail.test']}},
    '@example@ada @mail@bo =-vbyeHRnHD3O =H4JEyCnV4oTd hi',
    ' ada ada example org',
  ],
  ['spamReasons', {spamReasons: ['bo@mail.test']}, '@example@ada @mail@bo hi', ' ada ada example org'],
  [
    'a domain in Unicode, which is looked for in ASCII',
    {email: 'ada@bücher.example'},
    '@b@ada @xn@ada hi',
    ' ada ada bucher example',
  ],
])('%s', (_what, fields, words, text) => {
  expect(searchedInquiry({...BARE, ...fields})).toEqual({words, text});
});
