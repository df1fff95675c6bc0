// The list's cursor: what it makes it reads back, and nothing else.
import {ProblemError} from '../../../src/rest/problems/problem-error';
import {decodeCursor, encodeCursor} from '../../../src/rest/list/cursor';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const encode = (text: string) => Buffer.from(text).toString('base64url');

test.each([
  ID,
  '00000000-0000-0000-0000-000000000000',
  '00000000-0000-7000-8000-000000000000',
  'ffffffff-ffff-7fff-bfff-ffffffffffff',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
])('reads back the position at %s', id => {
  const cursor = encodeCursor({id});
  expect(cursor).toMatch(/^[\w-]+$/); // safe in a URL as it is
  expect(decodeCursor(cursor)).toEqual({id});
});

test.each([
  ['nothing', ''],
  ['no base64', '%%%'],
  ['no uuid', encode('x')],
  ['half a uuid', encode(ID.slice(0, 18))],
  ['two uuids', encode(`${ID}${ID}`)],
  ['a uuid between blanks', encode(` ${ID}\n`)],
  ['a uuid between braces', encode(`{${ID}}`)],
  ['a time and a uuid, as JSON', encode(JSON.stringify([1, ID]))],
  ['a uuid as JSON', encode(JSON.stringify(ID))],
  ['SQL after the uuid', encode(`${ID}'--`)],
  ['NUL after the uuid', encode(`${ID}\0`)],
])('refuses %s as an invalid parameter', (_name, cursor) => {
  expect(() => decodeCursor(cursor)).toThrow(ProblemError);
  try {
    decodeCursor(cursor);
  } catch (error) {
    expect((error as ProblemError).extra.errors?.map(({parameter}) => parameter)).toEqual(['cursor']);
  }
});
