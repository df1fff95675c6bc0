// LoopBack's filter, as clients send it, through the white list.
import {z} from 'zod';
import {
  emptyLoopBackFilter,
  type FilterFields,
  loopBackFilter,
  loopBackWhere,
} from '../../../src/rest/list/loopback-filter';

type Field = 'id' | 'status' | 'assignee' | 'createdAt';
const FIELDS: FilterFields<Field> = {
  id: {value: z.string().regex(/^[a-z]+$/)},
  status: {value: z.enum(['new', 'spam'])},
  assignee: {value: z.string(), nullable: true},
  createdAt: {value: z.iso.datetime({offset: true}).transform(text => new Date(text))},
};
const SECRET = 'value-that-must-not-be-echoed';
const TIME = '2026-01-02T03:04:05Z';

const read = (filter: unknown) => loopBackFilter(FIELDS).parse(filter);
const readWhere = (where: unknown) => read({where}).conditions;

function refusals(filter: unknown): string[] {
  const {success, error} = loopBackFilter(FIELDS).safeParse(filter);
  if (success) throw new Error('was accepted');
  expect(JSON.stringify(error.issues)).not.toContain(SECRET);
  return error.issues.map(({path, message}) => `/${path.map(String).join('/')} ${message}`);
}

test('takes JSON text and the object of the bracketed form alike', () => {
  const filter = {where: {status: 'new'}, order: ['createdAt DESC'], limit: 10, offset: 20};
  const expected = {
    conditions: [{field: 'status', operator: 'eq', value: 'new'}],
    order: 'newest',
    limit: 10,
    offset: 20,
  };
  expect(read(filter)).toEqual(expected);
  expect(read(JSON.stringify(filter))).toEqual(expected);
  expect(read({where: {status: 'new'}, order: 'createdAt DESC', limit: '10', offset: '20'})).toEqual(expected);
});

test.each([
  [{}, []],
  [{status: 'new'}, [['status', 'eq', 'new']]],
  [{status: {eq: 'new'}}, [['status', 'eq', 'new']]],
  [{status: {neq: 'new'}}, [['status', 'neq', 'new']]],
  [{status: {inq: ['new', 'spam']}}, [['status', 'inq', ['new', 'spam']]]],
  [{status: {inq: 'new'}}, [['status', 'inq', ['new']]]], // one value in brackets
  [{id: {inq: []}}, [['id', 'inq', []]]],
  [{createdAt: {gt: TIME}}, [['createdAt', 'gt', new Date(TIME)]]],
  [
    {createdAt: {gte: TIME, lt: TIME}},
    [
      ['createdAt', 'gte', new Date(TIME)],
      ['createdAt', 'lt', new Date(TIME)],
    ],
  ],
  [
    {createdAt: {between: [TIME, TIME]}},
    [
      ['createdAt', 'gte', new Date(TIME)],
      ['createdAt', 'lte', new Date(TIME)],
    ],
  ],
  [{assignee: null}, [['assignee', 'eq', null]]],
  [{assignee: {eq: null}}, [['assignee', 'eq', null]]],
  [{assignee: {neq: null}}, [['assignee', 'neq', null]]],
  [
    {and: [{status: 'new'}, {and: [{id: 'a'}]}]},
    [
      ['status', 'eq', 'new'],
      ['id', 'eq', 'a'],
    ],
  ],
])('where %j', (where, conditions) => {
  expect(readWhere(where)).toEqual(conditions.map(([field, operator, value]) => ({field, operator, value})));
});

test.each([
  ['createdAt DESC', 'newest'],
  ['createdAt ASC', 'oldest'],
  ['createdAt', 'oldest'],
  [' createdAt   desc ', 'newest'],
  [['createdAt DESC'], 'newest'],
  [['createdAt DESC', 'id DESC'], 'newest'],
  ['id ASC', 'oldest'],
  ['id DESC', 'newest'],
  [[], undefined],
  [undefined, undefined],
])('order %j is %s', (order, expected) => {
  expect(read({order}).order).toBe(expected);
});

test('skip is another name of offset', () => {
  expect(read({skip: 5}).offset).toBe(5);
  expect(read({skip: 5, offset: 5}).offset).toBe(5);
  expect(refusals({skip: 5, offset: 6})).toEqual(['/skip is another name of offset: send one of them']);
});

test.each([
  [`{"where"`, '/ must be a JSON object'],
  ['[]', '/ must be a JSON object'],
  ['null', '/ must be a JSON object'],
  ['', '/ must be a JSON object'],
  [7, '/ must be a JSON object'],
  [{include: [{relation: SECRET}]}, '/include is not offered here'],
  [{fields: {email: true}}, '/fields is not offered here'],
  ['{"__proto__": {"limit": 5}}', '/__proto__ is not offered here'],
  ['{"constructor": {"prototype": {}}}', '/constructor is not offered here'],
  ['{"where": {"__proto__": {"status": "new"}}}', '/where/__proto__ is not a field to filter by'],
  ['{"where": {"status": {"__proto__": "new"}}}', '/where/status/__proto__ is not an operator here'],
  [{where: {constructor: SECRET}}, '/where/constructor is not a field to filter by'],
  [{where: {toString: SECRET}}, '/where/toString is not a field to filter by'],
  [{where: {email: SECRET}}, '/where/email is not a field to filter by'],
  [{where: {or: [{status: 'new'}]}}, '/where/or is not offered'],
  [{where: {status: SECRET}}, '/where/status is not a value of this field'],
  [{where: {status: ['new']}}, '/where/status is not a value of this field'],
  [{where: {status: null}}, '/where/status is not a value of this field'],
  [{where: {status: {}}}, '/where/status must have an operator'],
  [{where: {status: {regexp: SECRET}}}, '/where/status/regexp is not an operator here'],
  [{where: {status: {like: SECRET}}}, '/where/status/like is not an operator here'],
  [{where: {status: {ilike: SECRET}}}, '/where/status/ilike is not an operator here'],
  [{where: {status: {nin: [SECRET]}}}, '/where/status/nin is not an operator here'],
  [{where: {status: {eq: {neq: 'new'}}}}, '/where/status/eq is not a value of this field'],
  [{where: {assignee: {inq: [null]}}}, '/where/assignee/inq/0 is not a value of this field'],
  [{where: {assignee: {gt: null}}}, '/where/assignee/gt is not a value of this field'],
  [{where: {assignee: {between: [null, 'a']}}}, '/where/assignee/between/0 is not a value of this field'],
  [{where: {createdAt: {between: [TIME]}}}, '/where/createdAt/between must be a list of two values'],
  [{where: {createdAt: {between: [TIME, TIME, TIME]}}}, '/where/createdAt/between must be a list of two values'],
  [{where: {createdAt: {gt: '+275760-09-13T00:00:00Z'}}}, '/where/createdAt/gt is not a value of this field'],
  [{where: {createdAt: {gt: '10000-01-01T00:00:00Z'}}}, '/where/createdAt/gt is not a value of this field'],
  [{where: {createdAt: {gt: 1e308}}}, '/where/createdAt/gt is not a value of this field'],
  [{where: {status: {inq: Array.from({length: 101}, () => 'new')}}}, '/where/status/inq must have at most 100 values'],
  [{where: {and: {status: 'new'}}}, '/where/and must be a list of at most 20 conditions'],
  [{where: {and: [SECRET]}}, '/where/and/0 must be an object'],
  [{where: SECRET}, '/where must be an object'],
  [{where: null}, '/where must be an object'],
  [{order: 'name ASC'}, '/order must be createdAt ASC or createdAt DESC'],
  [{order: ['createdAt DESC', 'id ASC']}, '/order must be'],
  [{order: 'createdAt DESC; DROP'}, '/order must be'],
  [{order: 'createdAt SIDEWAYS'}, '/order must be'],
  [{order: ''}, '/order must be'],
  [{order: null}, '/order must be'],
  [{order: {toString: 1, valueOf: 1}}, '/order must be'],
  [{order: [Object.create(null)]}, '/order must be'],
  [{order: {createdAt: 'DESC'}}, '/order must be'],
  [{limit: 0}, '/limit '],
  [{limit: 101}, '/limit '],
  [{limit: 1.5}, '/limit '],
  [{limit: null}, '/limit must be a whole number'],
  [{limit: true}, '/limit must be a whole number'],
  [{limit: [10]}, '/limit must be a whole number'],
  [{limit: '0x10'}, '/limit must be a whole number'],
  [{limit: '1e1'}, '/limit must be a whole number'],
  [{limit: 1e308}, '/limit '],
  [{offset: -1}, '/offset '],
  [{offset: 10_001}, '/offset must be at most 10000: use a cursor further down'],
  [{skip: 10_001}, '/offset must be at most 10000: use a cursor further down'],
])('refuses %j', (filter, expected) => {
  expect(refusals(filter).join('\n')).toContain(expected);
});

test('refuses conditions that are nested too deep or too many', () => {
  let deep: unknown = {status: 'new'};
  for (let depth = 0; depth < 50; depth++) deep = {and: [deep]};
  expect(refusals({where: deep}).join()).toContain('is nested too deep');
  const many = Array.from({length: 21}, () => ({status: 'new'}));
  expect(refusals({where: {and: many}})).toEqual(['/where/and must be a list of at most 20 conditions']);
  const nested = {and: [{and: many.slice(0, 11)}, {and: many.slice(0, 11)}]};
  expect(refusals({where: nested})).toEqual(['/where has more than 20 conditions']);
});

test('names at most twenty mistakes', () => {
  const where = Object.fromEntries(Array.from({length: 500}, (_, index) => [`field${index}`, SECRET]));
  expect(refusals({where})).toHaveLength(20);
});

test('where alone, as count takes it', () => {
  expect(loopBackWhere(FIELDS).parse('{"status":"new"}')).toEqual([{field: 'status', operator: 'eq', value: 'new'}]);
  expect(loopBackWhere(FIELDS).safeParse('{"email":"a"}').error?.issues[0]?.path).toEqual(['email']);
});

test('an empty filter, as clients send it with one id', () => {
  expect(emptyLoopBackFilter().safeParse('{}').success).toBe(true);
  for (const filter of ['{"where":{}}', '{"limit":1}', '{"include":[]}', '[]', 'x']) {
    expect(emptyLoopBackFilter().safeParse(filter).success).toBe(false);
  }
});

test('looks at no value after the 20th refusal', () => {
  let looked = 0;
  const value = z.string().refine(() => {
    looked += 1;
    return false;
  });
  const where = {and: Array.from({length: 20}, () => ({id: {inq: Array<string>(100).fill('a')}}))};
  const {error} = loopBackFilter({...FIELDS, id: {value}}).safeParse({where});
  expect([error?.issues.length, looked]).toEqual([20, 20]);
});
