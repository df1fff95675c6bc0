// Conditions on one field by value become one list of values.
import {type Columns, type Condition, simplify} from '../../../src/repositories/query/conditions';

type Field = 'topic' | 'status' | 'assignee';
const COLUMNS: Columns<Field> = {
  topic: {name: 'topic', type: 'text'},
  status: {name: 'status', type: 'text', values: ['new', 'resolved', 'spam']},
  assignee: {name: 'assignee', type: 'text'},
};
type Short = [Field, Condition['operator'], unknown];
const simplified = (...conditions: Short[]) =>
  simplify(
    conditions.map(([field, operator, value]) => ({field, operator, value})),
    COLUMNS,
  ).map(({field, operator, value}) => [field, operator, value]);

test('the same time twice is one time', () => {
  const dates = [new Date(0), new Date(0)].map(value => ({field: 'topic', operator: 'eq', value}) as const);
  expect(simplify(dates, COLUMNS)).toEqual([{field: 'topic', operator: 'eq', value: new Date(0)}]);
});

test.each<[string, Short[], Short[]]>([
  [
    'a claim and a topic of it',
    [
      ['topic', 'inq', ['a', 'b']],
      ['topic', 'eq', 'b'],
    ],
    [['topic', 'eq', 'b']],
  ],
  [
    'a claim and another topic',
    [
      ['topic', 'inq', ['a', 'b']],
      ['topic', 'eq', 'c'],
    ],
    [['topic', 'inq', []]],
  ],
  [
    'two lists',
    [
      ['topic', 'inq', ['a', 'b', 'c']],
      ['topic', 'inq', ['b', 'c', 'd']],
    ],
    [['topic', 'inq', ['b', 'c']]],
  ],
  ['the same value twice', [['topic', 'inq', ['a', 'b', 'a']]], [['topic', 'inq', ['a', 'b']]]],
  ['not one of a few', [['status', 'neq', 'spam']], [['status', 'inq', ['new', 'resolved']]]],
  ['after one of a few', [['status', 'gt', 'new']], [['status', 'inq', ['resolved', 'spam']]]],
  [
    'between two of a few',
    [
      ['status', 'gte', 'new'],
      ['status', 'lte', 'resolved'],
    ],
    [['status', 'inq', ['new', 'resolved']]],
  ],
  ['not one of many', [['topic', 'neq', 'a']], [['topic', 'neq', 'a']]],
  ['nothing set', [['assignee', 'eq', null]], [['assignee', 'eq', null]]],
  [
    'something set, but not this',
    [
      ['assignee', 'neq', null],
      ['assignee', 'eq', 'x'],
    ],
    [
      ['assignee', 'eq', 'x'],
      ['assignee', 'neq', null],
    ],
  ],
])('%s', (_, conditions, expected) => {
  expect(simplified(...conditions)).toEqual(expected);
});
