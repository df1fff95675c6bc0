// What zod found wrong, as a problem: the first 20 of it, how many there are, where, and never a value.
import {z} from 'zod';
import {MAX_ERRORS} from '../../../src/contract/problem';
import {invalidBody, invalidParameters} from '../../../src/rest/problems/input-errors';

const schema = z.strictObject({name: z.string().min(1), list: z.array(z.string()).max(3), note: z.string().max(3)});

function problemOf(value: unknown) {
  const {error} = schema.safeParse(value);
  if (!error) throw new Error('was accepted');
  return invalidBody(error.issues, value);
}

const unknown = (count: number) => Object.fromEntries(Array.from({length: count}, (_, index) => [`k${index}`, 1]));

test.each([
  [1, 'One field is not valid.'],
  [20, '20 fields are not valid.'],
  [21, '21 fields are not valid; `errors` has the first 20.'],
  [5000, '5000 fields are not valid; `errors` has the first 20.'],
])('%i unknown fields', (count, detail) => {
  const {message, extra} = problemOf({name: 'a', list: [], note: 'b', ...unknown(count)});
  expect(message).toBe(detail);
  expect(extra.errors).toHaveLength(Math.min(count, MAX_ERRORS));
  expect(extra.errors?.[0]).toEqual({pointer: '/k0', code: 'unknown', detail: 'is not known'});
});

test('counts what is wrong in several ways together', () => {
  const {message, extra} = problemOf({name: '', list: [1, 'a', 1], ...unknown(30)});
  expect(message).toBe('34 fields are not valid; `errors` has the first 20.');
  expect(extra.errors?.slice(0, 5)).toEqual([
    {pointer: '/name', code: 'too_small', min: 1, detail: 'must not be empty'},
    {pointer: '/list/0', code: 'type', detail: 'must be a string'},
    {pointer: '/list/2', code: 'type', detail: 'must be a string'},
    {pointer: '/note', code: 'required', detail: 'is required'},
    {pointer: '/k0', code: 'unknown', detail: 'is not known'},
  ]);
  expect(extra.errors).toHaveLength(MAX_ERRORS);
});

test('parameters are named, cut short and printable', () => {
  const keys = [`é${'x'.repeat(100)}`, ...Object.keys(unknown(40))];
  const {kind, message, extra} = invalidParameters([{code: 'unrecognized_keys', keys, path: [], message: ''}], {});
  expect([kind, message]).toEqual(['invalid-parameter', '41 parameters are not valid; `errors` has the first 20.']);
  expect(extra.errors?.[0]).toEqual({parameter: `?${'x'.repeat(63)}`, code: 'unknown', detail: 'is not known'});
  expect(extra.errors).toHaveLength(MAX_ERRORS);
});

test('a limit is beside its code, and a code that is not documented is none', () => {
  const limited = z.strictObject({
    name: z.string().max(3),
    list: z.array(z.string()).max(2),
    count: z.int().min(5),
    own: z.string().refine(() => false, {error: 'must be short', params: {code: 'too_big', max: 9}}),
    other: z.string().refine(() => false, {error: 'must be else', params: {code: 'no_such_code', max: 'x'}}),
  });
  const value = {name: 'abcd', list: ['', '', ''], count: 1, own: '', other: ''};
  const {extra} = invalidBody(limited.safeParse(value).error?.issues ?? [], value);
  expect(extra.errors).toEqual([
    {pointer: '/name', code: 'too_big', max: 3, detail: 'must be at most 3 characters'},
    {pointer: '/list', code: 'too_big', max: 2, detail: 'must be at most 2 items'},
    {pointer: '/count', code: 'too_small', min: 5, detail: 'must be at least 5'},
    {pointer: '/own', code: 'too_big', max: 9, detail: 'must be short'},
    {pointer: '/other', code: 'format', detail: 'must be else'},
  ]);
});
