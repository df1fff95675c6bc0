import type {Column, ValueKind} from '../../../src/models/column';
import {isoTime, jsonSelect, jsonWriter} from '../../../src/repositories/query/json-columns';

test.each([
  ['2026-11-25 12:00:00', '2026-11-25T12:00:00.000Z'],
  ['2026-11-25 12:00:00.1', '2026-11-25T12:00:00.100Z'],
  ['2026-11-25 12:00:00.12', '2026-11-25T12:00:00.120Z'],
  ['2026-11-25 12:00:00.123', '2026-11-25T12:00:00.123Z'],
  ['0099-01-01 00:00:00.01', '0099-01-01T00:00:00.010Z'],
])('the time %s of PostgreSQL is %s', (text, iso) => {
  expect(isoTime(text)).toBe(iso);
  expect(new Date(iso).toISOString()).toBe(iso);
});

test.each(['25.11.2026 12:00:00', '11/25/2026 12:00:00', 'Wed Nov 25 12:00:00 2026'])(
  'the time %s of another DateStyle is refused rather than misread',
  text => expect(() => isoTime(text)).toThrow('DateStyle'),
);

const column = (name: string, kind: ValueKind): Column => ({name, kind, type: 'text'});
const COLUMNS = {
  id: column('id', 'plain'),
  message: column('message', 'text'),
  metadata: column('metadata', 'json'),
  version: column('version', 'number'),
  createdAt: column('created_at', 'time'),
};

test('a row is an object in the order of its columns, whatever they hold', () => {
  const message = 'a "quote", a \\ and a\nline\u2028 – 😀';
  const json = jsonWriter(COLUMNS)(['1-2', message, '{"a": [1]}', '7', '2026-11-25 12:00:00', 'not read']);
  expect(Object.entries(JSON.parse(json) as object)).toEqual([
    ['id', '1-2'],
    ['message', message],
    ['metadata', {a: [1]}],
    ['version', 7],
    ['createdAt', '2026-11-25T12:00:00.000Z'],
  ]);
});

test('null stays null in every kind, and empty text is text', () => {
  const write = jsonWriter(COLUMNS);
  expect(JSON.parse(write([null, null, null, null, null]))).toEqual({
    id: null,
    message: null,
    metadata: null,
    version: null,
    createdAt: null,
  });
  expect(JSON.parse(write(['', '', '""', '0', null]))).toMatchObject({id: '', message: '', metadata: ''});
});

test('the select list has the same order, and times in UTC', () => {
  expect(jsonSelect(COLUMNS)).toBe(
    `id AS "id", message AS "message", metadata AS "metadata", version AS "version", created_at AT TIME ZONE 'UTC' AS "createdAt"`,
  );
});
