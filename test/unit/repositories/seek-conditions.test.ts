// A comparison of createdAt and what it becomes of ids hold for the same rows.
import {timeOfId} from '../../../src/platform/time-ordered-id';
import type {Condition, Operator} from '../../../src/repositories/query/conditions';
import {createdById} from '../../../src/repositories/query/conditions';

type Field = 'id' | 'createdAt' | 'status';
interface Row {
  id: string;
  createdAt: Date;
}

const OPERATIONS: Readonly<Record<Exclude<Operator, 'inq'>, (a: number | string, b: number | string) => boolean>> = {
  eq: (a, b) => a === b,
  neq: (a, b) => a !== b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
};

function holds({field, operator, value}: Condition<Field>, row: Row): boolean {
  const comparable = (of: unknown) => (of instanceof Date ? of.getTime() : (of as string)); // times or ids
  const own = comparable(row[field as keyof Row]);
  if (operator === 'inq') return (value as unknown[]).map(comparable).includes(own);
  return OPERATIONS[operator](own, comparable(value));
}

const ROWS: Row[] = [
  '00000000-0000-7000-8000-000000000000',
  '00000000-0001-7000-8000-000000000000',
  '017f22e2-79af-7fff-bfff-ffffffffffff',
  '017f22e2-79b0-7000-8000-000000000000',
  '017f22e2-79b0-7fff-bfff-ffffffffffff',
  '017f22e2-79b1-7000-8000-000000000000',
  'e677d21f-dbff-7fff-bfff-ffffffffffff',
  'ffffffff-ffff-7fff-bfff-ffffffffffff',
].map(id => ({id, createdAt: timeOfId(id)}));

const TIMES = [
  ...['0000-01-01T00:00:00.000Z', '1969-12-31T23:59:59.999Z', '1970-01-01T00:00:00.000Z'],
  ...['2022-02-22T19:22:21.999Z', '2022-02-22T19:22:22.000Z', '2022-02-22T19:22:22.001Z', '2022-02-22T19:22:22.002Z'],
  ...['9999-12-31T23:59:59.999Z', '+010889-08-02T05:31:50.655Z', '+010889-08-02T05:31:50.656Z'],
  '+275760-09-13T00:00:00.000Z',
].map(time => new Date(time));

function found(conditions: readonly Condition<Field>[]): Row[] {
  return ROWS.filter(row => conditions.every(condition => holds(condition, row)));
}

const SINGLE = TIMES.flatMap(value =>
  (['eq', 'neq', 'gt', 'gte', 'lt', 'lte'] as const).map(operator => ({
    title: `${operator} ${value.toISOString()}`,
    condition: {field: 'createdAt' as const, operator, value},
  })),
);

test('the rows are what the times look for', () => {
  expect(new Set(TIMES.map(time => found([{field: 'createdAt', operator: 'gte', value: time}]).length)).size).toBe(7);
});

test.each(SINGLE)('$title finds the same rows by ids', ({condition}) => {
  expect(found(createdById<Field>([condition]))).toEqual(found([condition]));
});

test.each([
  ['two times', [TIMES[2], TIMES[5]]],
  ['a time and its neighbours', TIMES.slice(3, 6)],
  ['times that no id has', [TIMES[0], TIMES[10]]],
  ['one time', [TIMES[4]]],
  ['no time', []],
])('inq %s finds the same rows by ids', (_title, value) => {
  const condition = {field: 'createdAt', operator: 'inq', value} as const;
  const byId = createdById<Field>([condition]);
  expect(found(byId)).toEqual(found([condition]));
  for (const {value: id} of byId.filter(({field}) => field === 'id')) {
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  }
});

test.each(['gt', 'gte', 'lt', 'lte'] as const)('the range %s is of ids alone', operator => {
  const byId = createdById<Field>([{field: 'createdAt', operator, value: TIMES[4]}]);
  expect(byId.map(({field}) => field)).toEqual(['id']);
});

test.each(['eq', 'inq'] as const)('%s reads a range of ids, however many there are', operator => {
  const value = operator === 'eq' ? TIMES[4] : TIMES.slice(3, 6);
  const ranges = createdById<Field>([{field: 'createdAt', operator, value}]).filter(({field}) => field === 'id');
  expect(ranges.map(({operator: of}) => of).sort()).toEqual(['gte', 'lte']);
});

test('other fields stay as they are, and several conditions all hold', () => {
  const others: Condition<Field>[] = [
    {field: 'status', operator: 'eq', value: 'new'},
    {field: 'id', operator: 'gt', value: '017f22e2-79b0-7000-8000-000000000000'},
  ];
  expect(createdById(others)).toEqual(others);
  const between: Condition<Field>[] = [
    {field: 'createdAt', operator: 'gt', value: TIMES[3]},
    {field: 'createdAt', operator: 'lt', value: TIMES[5]},
  ];
  expect(found(createdById(between))).toEqual(found(between));
  expect(found(between)).toHaveLength(2);
});
