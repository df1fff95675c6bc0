// LoopBack's `filter` and `where`, which are text for the document: right, nearly right, and anything.
import fc from 'fast-check';
import {anyJson, rarely} from './json-schema';

/** Rows that are there, so that not every id is unknown. */
export const KNOWN_IDS = Array.from({length: 20}, (_, index) => `0192f7c4-0000-7000-8000-0000000000${10 + index}`);

const operand: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>('new', 'spam', 'sales', 'ada', 'active', null, ...KNOWN_IDS.slice(0, 3)),
  fc
    .date({noInvalidDate: true, min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z')})
    .map(date => date.toISOString()),
);
const comparison = fc.oneof(
  operand,
  fc.dictionary(
    rarely(
      fc.constantFrom('eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'inq', 'between'),
      fc.constantFrom('like', 'regexp', 'nin', '__proto__'),
      8,
    ),
    fc.oneof(operand, fc.array(operand, {maxLength: 3}), rarely(operand, anyJson)),
    {maxKeys: 2, noNullPrototype: true},
  ),
);
const {where} = fc.letrec<{where: unknown}>(tie => ({
  where: fc.dictionary(
    rarely(
      fc.constantFrom('id', 'status', 'topic', 'assignee', 'createdAt', 'updatedAt', 'and'),
      fc.constantFrom('or', 'email', '__proto__', 'list'),
    ),
    fc.oneof({arbitrary: comparison, weight: 5}, {arbitrary: fc.array(tie('where'), {maxLength: 3}), weight: 1}),
    {maxKeys: 3, noNullPrototype: true},
  ),
}));
/** The value of `filter`: mostly right. */
export const loopBackFilter = rarely<unknown>(
  fc.record(
    {
      where,
      order: rarely<unknown>(fc.constantFrom('createdAt DESC', 'id ASC', ['createdAt ASC']), anyJson, 2),
      limit: rarely<unknown>(fc.integer({min: 1, max: 100}), anyJson),
      offset: rarely<unknown>(fc.integer({min: 0, max: 10_000}), anyJson),
    },
    {requiredKeys: []},
  ),
  anyJson,
);

/** The value of `where`. */
export const loopBackWhere = where;
