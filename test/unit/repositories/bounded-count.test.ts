import {INQUIRY_STATUSES} from '../../../src/contract/status';
import {countStatement, toCount} from '../../../src/repositories/query/bounded-count';
import {INQUIRY_LIST} from '../../../src/repositories/inquiry/inquiry-list';

const NONE = {new: 0, in_progress: 0, resolved: 0, spam: 0};

test('every status is there, and the count is their sum', () => {
  expect(toCount(INQUIRY_STATUSES, [])).toEqual({count: 0, byStatus: NONE, isExact: true});
  const rows = [
    {status: 'spam', count: 4, isExact: true},
    {status: 'new', count: 3, isExact: true},
  ] as const;
  expect(toCount(INQUIRY_STATUSES, rows)).toEqual({count: 7, byStatus: {...NONE, new: 3, spam: 4}, isExact: true});
});

test('one status that is a lower bound makes the count one', () => {
  const rows = [
    {status: 'resolved', count: 100, isExact: false},
    {status: 'new', count: 3, isExact: true},
  ] as const;
  expect(toCount(INQUIRY_STATUSES, rows)).toMatchObject({count: 103, isExact: false});
});

test('the statement is one form, whatever statuses and topics are asked for', () => {
  const textOf = (status: string, topics: string[]) =>
    countStatement(
      INQUIRY_LIST,
      {
        conditions: [
          {field: 'status', operator: 'eq', value: status},
          {field: 'topic', operator: 'inq', value: topics},
        ],
      },
      10,
    );
  const [one, other] = [textOf('new', ['sales', 'press']), textOf('spam', ['careers', 'general', 'sales'])];
  expect(one.name).toBeDefined();
  expect(one.text).toBe(other.text);
});
