// Entity tags: what an inquiry gets, and what If-Match may say.
import {etagOf, ifMatchSchema, parseIfMatch} from '../../../src/rest/http/etag';

test('the tag of an inquiry is its version, strong', () => {
  expect(etagOf({version: 3})).toBe('"3"');
  expect(parseIfMatch(etagOf({version: 3}))).toEqual([3]);
});

test.each([
  ['*', '*'],
  [' * ', '*'],
  ['"1"', [1]],
  [' "1" ', [1]],
  ['"1","2"', [1, 2]],
  ['"1" , "2"\t,  "3"', [1, 2, 3]],
  [', "1",, "2",', [1, 2]], // RFC 9110, 5.6.1: empty elements count for nothing
  ['W/"1"', []], // weak tags never match in If-Match
  ['W/"1", "2"', [2]],
  ['"a,b", "4"', [4]],
  ['""', []],
  ['"01"', []],
  ['"0"', []],
  ['"-1"', []],
  ['"1.0"', []],
  ['"1e3"', []],
  ['"2147483647"', [2147483647]],
  ['"2147483648"', []],
  ['"99999999999999999999"', []],
  ['"\u00FF"', []],
])('%s asks for %j', (text, expected) => {
  expect(parseIfMatch(text)).toEqual(expected);
});

test.each([
  '',
  ' ',
  ',',
  ', ,',
  '1',
  '"1',
  '1"',
  'w/"1"',
  'W/ "1"',
  "'1'",
  '"1" "2"',
  '"1";"2"',
  '*, "1"',
  '"1", *',
  '**',
  '"a b"',
  '"\u0001"',
  '"1"x',
])('%j is malformed', text => {
  expect(parseIfMatch(text)).toBeUndefined();
});

test('a long or hostile header is judged at once', () => {
  const hostile = [' '.repeat(100_000), ','.repeat(100_000), '"1" '.repeat(30_000), 'W/'.repeat(50_000)];
  const start = performance.now();
  for (const text of hostile) expect(ifMatchSchema.safeParse(text).success).toBe(false);
  expect(performance.now() - start).toBeLessThan(500);
});
