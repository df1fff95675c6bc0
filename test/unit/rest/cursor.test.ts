// The list's cursor: what it makes it reads back, and nothing else.
import {ProblemError} from '../../../src/contract/problem';
import {decodeCursor, encodeCursor} from '../../../src/rest/cursor';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each([
  '1970-01-01T00:00:00.000Z',
  '2026-01-02T03:04:05.678Z',
  '9999-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00.000Z',
])('reads back the position at %s, to the millisecond', time => {
  const position = {createdAt: new Date(time), id: ID};
  const cursor = encodeCursor(position);
  expect(cursor).toMatch(/^[\w-]+$/); // safe in a URL as it is
  expect(decodeCursor(cursor)).toEqual(position);
});

test.each([
  ['nothing', ''],
  ['no base64', '%%%'],
  ['no JSON', Buffer.from('{').toString('base64url')],
  ['null', encode(null)],
  ['an object', encode({createdAt: 1, id: ID})],
  ['too little', encode([1])],
  ['too much', encode([1, ID, 1])],
  ['a time as text', encode(['1', ID])],
  ['a fraction', encode([1.5, ID])],
  ['a time before PostgreSQL’s', encode([-3e14, ID])],
  ['a time after JavaScript’s', encode([8.64e15 + 1, ID])],
  ['an infinite time', Buffer.from(`[1e999,"${ID}"]`).toString('base64url')],
  ['no uuid', encode([1, 'x'])],
  ['SQL after the uuid', encode([1, `${ID}'--`])],
  ['a prototype', Buffer.from('{"__proto__":[1]}').toString('base64url')],
])('refuses %s as an invalid parameter', (_name, cursor) => {
  expect(() => decodeCursor(cursor)).toThrow(ProblemError);
  try {
    decodeCursor(cursor);
  } catch (error) {
    expect((error as ProblemError).extra.errors?.map(({parameter}) => parameter)).toEqual(['cursor']);
  }
});
