// Inputs of up to 32 KB that are meant to cost: texts, bodies, queries and headers that make something in the way take
// the square of their length, or answer more than was sent. Beside hostile-input.ts, whose inputs are wrong rather than dear.

/** What fits into one body of 32 KB beside the other fields. */
const BYTES = 31_600;

const filled = (part: string) => part.repeat(Math.floor(BYTES / Buffer.byteLength(part)));

/** As values of text fields; each is at most BYTES long. */
export const COSTLY_TEXTS: Readonly<Record<string, string>> = {
  'combining marks out of order': `a${'\u0301'.repeat(7900)}${'\u0316'.repeat(7900)}`,
  '30 combining marks, again and again': filled(`a${'\u0301\u0316'.repeat(15)}`),
  'marks that are two each': filled(`a${'\u0344\u0316'.repeat(15)}`),
  'letters that NFC makes longer': filled('\uFB2C'),
  'Hangul jamo': filled('\u1112\u1161\u11AB'),
  'four bytes a character': filled('\u{1D4B3}'),
  'letters that lower case makes longer': filled('İ'),
  'spaces inside': `a${' '.repeat(BYTES - 2)}a`,
  'spaces around': `${' '.repeat(BYTES / 2)}a${' '.repeat(BYTES / 2 - 1)}`,
  'wide spaces inside': `a${filled('\u3000').slice(2)}a`,
  'tabs and newlines': '\t\n'.repeat(BYTES / 4), // two bytes each in JSON
  'carriage returns and newlines': '\r\n'.repeat(BYTES / 4),
  'backslashes and quotes': '\\"'.repeat(BYTES / 4),
  'one letter': filled('a'),
  'digits of a time': `2026-01-01T00:00:00.${'1'.repeat(BYTES - 30)}x`,
  'parts of an address': `a@${filled('a-.').slice(2)}`,
  'apostrophes of an address': `${filled("a'+").slice(5)}@b.c`,
  'parts of a language tag': `en${filled('-abcdefgh').slice(4)}!`,
  'hyphens of a topic': `${filled('a-').slice(2)}-`,
  'hexadecimal digits': filled('f0'),
  'ids and commas': filled('0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e,'),
  'entity tags': '"1",'.repeat(BYTES / 6),
  'a host of many labels': `http://${filled('é.').slice(8)}/`,
  'a host of one label': `http://${distinct(2000)}/`,
  'a host of escaped marks': `http://a${'%CC%81'.repeat(2600)}${'%CC%96'.repeat(2600)}/`,
  'a host of marks': `http://a${'\u0301'.repeat(7800)}${'\u0316'.repeat(7800)}/`,
  'a path of dots': `http://a/${filled('b/../').slice(10)}`,
  'a path to be escaped': `http://a/${filled('é').slice(5)}`,
};

// Letters that URL() has to sort to write a host in ASCII.
function distinct(count: number): string {
  return Array.from({length: count}, (_, index) => String.fromCharCode(0x4e00 + index * 9)).join('');
}

/** JSON of one field's value. */
export const COSTLY_VALUES: Readonly<Record<string, string>> = {
  '15,000 elements': `[${'1,'.repeat(15_000)}1]`,
  '15,000 lists in each other': '['.repeat(15_000) + ']'.repeat(15_000),
  '4,000 objects in each other': `${'{"a":'.repeat(4000)}"\\u0041"${'}'.repeat(4000)}`,
  '2,600 fields': `{${numbered(2600, index => `"k${index}":"v"`)}}`,
  '2,600 fields and an escape': `{${numbered(2600, index => `"k${index}":"v"`)},"\\u0041":1}`,
  '3,000 lists beside each other and an escape': `["\\u0041",${'[[1]],'.repeat(3000)}1]`,
};

/** JSON of `metadata`. */
export const COSTLY_METADATA: Readonly<Record<string, string>> = {
  'thousands of bad keys': `{${numbered(2700, index => `"!${index}":""`)}}`,
  'the same bad key again and again': `{${'"!":1,'.repeat(5000)}"!":1}`,
  'bad keys that fit': `{${numbered(450, index => `"!${index}":""`)}}`,
  'one bad key of 31 KB': `{"${filled('!')}":""}`,
  'one key of marks': `{"a${'\u0301'.repeat(7900)}${'\u0316'.repeat(7800)}":""}`,
  'values of another type': `{${numbered(400, index => `"k${index}":null`)}}`,
  'values that are too long': `{${numbered(8, index => `"k${index}":"${'é'.repeat(1900)}"`)}}`,
  'values of marks': `{${numbered(8, index => `"k${index}":"${`a${'\u0301\u0316'.repeat(15)}`.repeat(64)}"`)}}`,
  'values out of order': `{${numbered(8, index => `"k${index}":"${'\u0301'.repeat(970)}${'\u0316'.repeat(970)}"`)}}`,
};

/** Whole bodies in JSON, whatever the route takes. */
export const COSTLY_BODIES: Readonly<Record<string, string>> = {
  ...COSTLY_VALUES,
  '4,000 unknown fields': `{${numbered(4000, index => `"${index.toString(36)}":1`)}}`,
  'unknown fields with long names': `{${numbered(99, index => `"${index}${'é'.repeat(150)}":1`)}}`,
  'the same field again and again': `{${'"a":1,'.repeat(5000)}"a":1}`,
};

/** Whole forms. */
export const COSTLY_FORMS: Readonly<Record<string, string>> = {
  '5,500 fields': numbered(5500, index => `${index}=`).replaceAll(',', '&'),
  '99 fields with long names': numbered(99, index => `${index}${'%C3%A9'.repeat(50)}=1`).replaceAll(',', '&'),
  'the same field again and again': 'a=1&'.repeat(7500),
  ampersands: '&'.repeat(BYTES),
  'pluses and escapes': `message=${'+%20'.repeat(BYTES / 4 - 10)}`,
  'a broken escape at the end': `message=${'%C3%A9'.repeat(5000)}%`,
};

const PART = '--x\r\nContent-Disposition: form-data; name="';
/** Forms as multipart/form-data whose boundary is `x`. */
export const COSTLY_PARTS: Readonly<Record<string, string>> = {
  '600 parts': `${`${PART}a"\r\n\r\n1\r\n`.repeat(600)}--x--\r\n`,
  '99 parts with long names': `${`${PART}${'n'.repeat(200)}"\r\n\r\n1\r\n`.repeat(99)}--x--\r\n`,
  'a name as long as it may be': `${PART}${'%22'.repeat(10_000)}"\r\n\r\n1\r\n--x--\r\n`,
  'an open name': PART + 'n'.repeat(32_000),
  'thousands of headers': `${PART}a"\r\n${'A: b\r\n'.repeat(5200)}\r\n1\r\n--x--\r\n`,
  'thousands of parameters': `${PART}a"${'; b=c'.repeat(6000)}\r\n\r\n1\r\n--x--\r\n`,
  'nothing but boundaries': '--x\r\n'.repeat(6500),
  'boundaries that are none': `${PART}a"\r\n\r\n${'\r\n--'.repeat(8000)}`,
  blanks: `--x\r\n${' '.repeat(32_000)}`,
};

const list = (count: number, value: string) => `[${Array.from({length: count}, () => value).join()}]`;
const json = (name: string, value: string) => `${name}=${encodeURIComponent(value)}`;

/** Queries of at most 8 KB, without the question mark. */
export const COSTLY_QUERIES: Readonly<Record<string, string>> = {
  'thousands of parameters': '&a='.repeat(2600),
  '200 parameters': numbered(200, index => `k${index}=`).replaceAll(',', '&'),
  ampersands: '&'.repeat(8000),
  'the same brackets again and again': 'filter[]=&'.repeat(790),
  'brackets that fit': numbered(199, index => `filter[where][and][${index}][a]=`).replaceAll(',', '&'),
  'lists in brackets': 'filter[where][id][inq]=a&'.repeat(199),
  'deep brackets': `filter${'[a]'.repeat(2600)}=`,
  'a filter of bad values': `filter={"where":{"and":${list(19, `{"id":{"inq":${list(95, '1')}}}`)}}}`,
  'a filter of bad fields': `filter={"where":{${numbered(1000, index => `"${index}":1`)}}}`,
  'a filter of empty conditions': `filter={"where":{"and":${list(15, `{"and":${list(15, `{"and":${list(5, '{}')}}`)}}`)}}}`,
  'a filter of orders': `filter={"order":${list(3500, '1')}}`,
  'a filter of lists': json('filter', '['.repeat(1300) + ']'.repeat(1300)),
  'a where of good values': `where={"topic":{"inq":${list(100, '"abc"')}}}`,
  'marks in a search': `q=a${'%CC%81'.repeat(650)}${'%CC%96'.repeat(650)}`,
  'marks in a topic': `topic=a${'%CC%81'.repeat(650)}${'%CC%96'.repeat(650)}`,
  'marks in an assignee': `assignee=a${'%CC%81'.repeat(650)}${'%CC%96'.repeat(650)}`,
  'a cursor': `cursor=${'A'.repeat(8000)}`,
  'a place in the feed': `after=${'A'.repeat(8000)}`,
  ids: `ids=${'0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e,'.repeat(210)}`,
  commas: `ids=${','.repeat(8000)}`,
  'a time': `createdFrom=2026-01-01T00:00:00.${'1'.repeat(7900)}`,
  escapes: `q=${'%C3%A9'.repeat(1300)}`,
  'an unknown name': `${'%C3%A9'.repeat(1300)}=`,
};

/** Header fields that Node lets in: all of them together have at most 16 KB. */
export const COSTLY_HEADERS: Readonly<Record<string, Record<string, string>>> = {
  '96 fields': Object.fromEntries(Array.from({length: 96}, (_, index) => [`X-${index}`, 'a'.repeat(140)])),
  'Accept, a quotation without an end': {Accept: `text/html;a="${','.repeat(15_000)}`},
  'Accept, many types': {Accept: 'a/b,'.repeat(3700)},
  'Accept, many weights': {Accept: 'text/html;q=0.1,'.repeat(930)},
  'Accept, many parameters': {Accept: `text/html;${'a=b;'.repeat(3700)}`},
  'Accept-Language, many': {Accept: 'text/html', 'Accept-Language': 'a-b,'.repeat(3700)},
  'Accept-Language, one': {Accept: 'text/html', 'Accept-Language': `a-${'b'.repeat(15_000)} c`},
  'Authorization, one token': {Authorization: `Bearer ${'a'.repeat(15_000)}`},
  'Authorization, dots': {Authorization: `Bearer ${'.'.repeat(15_000)}`},
  'Authorization, spaces': {Authorization: `Bearer${' '.repeat(15_000)}a`},
  'Content-Type, parameters': {'Content-Type': `application/json${';a=b'.repeat(3700)}`},
  'Content-Type, semicolons': {'Content-Type': `application/x-www-form-urlencoded${';'.repeat(15_000)}`},
  'Content-Type, spaces': {'Content-Type': `application/json;${' '.repeat(15_000)}charset=utf-8`},
  Cookie: {Cookie: 'a=b; '.repeat(3000)},
  'Idempotency-Key': {'Idempotency-Key': 'a'.repeat(15_000)},
  'If-Match': {'If-Match': '"1",'.repeat(3700)},
  'If-Match, one tag': {'If-Match': `"${'a'.repeat(15_000)}`},
  'If-None-Match': {'If-None-Match': 'W/"a",'.repeat(2500)},
  'If-None-Match, spaces': {'If-None-Match': `"a"${' '.repeat(15_000)}x`},
  Origin: {Origin: `https://${'a.'.repeat(7500)}`},
  'X-Request-Id': {'X-Request-Id': '0123456789abcdef-'.repeat(880)},
  'X-Total': {'X-Total': 'true'.repeat(3700)},
};

/** Paths of at most 8 KB. */
export const COSTLY_PATHS: Readonly<Record<string, string>> = {
  'a long id': `/inquiries/${'a'.repeat(8000)}`,
  'an id of marks': `/inquiries/a${'%CC%81'.repeat(650)}${'%CC%96'.repeat(650)}`,
  'many parts': `/inquiries${'/a'.repeat(3900)}`,
  'many slashes': `/${'/'.repeat(8000)}`,
  braces: `/inquiries/${'{id}/'.repeat(1600)}`,
  'a whole URL': `http://${'a'.repeat(8000)}/inquiries`,
};

function numbered(count: number, entry: (index: number) => string): string {
  return Array.from({length: count}, (_, index) => entry(index)).join();
}
