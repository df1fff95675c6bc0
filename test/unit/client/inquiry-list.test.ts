// The rows of the live list: their order, their bounds, and which of two states wins.
import {InquiryList} from '../../../src/client/live-list/feed-state';
import {givenInquiry} from '../../helpers/scripted-service';

const names = (list: InquiryList) => list.inquiries.map(({name}) => name);
const rows = (...numbers: number[]) => numbers.map(number => givenInquiry(number));

test('is newest first, whatever the order in which rows come, and by id within a millisecond', () => {
  const list = new InquiryList(10);
  list.replace(rows(2, 3, 1), true);
  const twins = [
    {...givenInquiry(4), id: 'b', name: 'b'},
    {...givenInquiry(4), id: 'a', name: 'a'},
  ];
  list.apply(twins.map(inquiry => ({inquiry})));
  expect(names(list)).toEqual(['b', 'a', 'Visitor 3', 'Visitor 2', 'Visitor 1']);
});

test('an earlier version does not replace a later one, and the same version read later does', () => {
  const list = new InquiryList(10);
  const row = {...givenInquiry(1), version: 2};
  list.replace([row], true);
  list.apply([{inquiry: {...row, version: 1, message: 'Earlier'}}]);
  expect(list.inquiries[0]?.message).toBe('Hello');
  list.apply([{inquiry: {...row, message: '[gone]'}}]); // redacted: somebody else's address was erased
  expect(list.inquiries[0]?.message).toBe('[gone]');
});

test('rows and the array stay the same objects while nothing changes, also in a list read anew', () => {
  const list = new InquiryList(10);
  const row = givenInquiry(1);
  list.replace([row], true);
  const before = list.inquiries;
  list.apply([{inquiry: {...row}}, {removed: 'unknown'}]);
  expect(list.inquiries).toBe(before);
  list.replace([{...row}, ...rows(2)], true);
  expect(list.inquiries[1]).toBe(row);
});

test('changes are applied in their order', () => {
  const list = new InquiryList(10);
  const row = givenInquiry(1);
  list.apply([{inquiry: row}, {removed: row.id}]);
  expect(names(list)).toEqual([]);
  list.apply([{removed: row.id}, {inquiry: row}]);
  expect(names(list)).toEqual(['Visitor 1']);
});

test('has no holes: below the oldest row of a part of all there is nothing, and above it everything', () => {
  const list = new InquiryList(3);
  const [old, ...newest] = rows(1, 5, 6);
  list.replace(newest, false);
  list.apply([{inquiry: old as (typeof newest)[0]}]);
  expect(names(list)).toEqual(['Visitor 6', 'Visitor 5']);
  list.apply(rows(5, 7, 8).map(inquiry => ({inquiry})));
  expect(list.inquiries).toHaveLength(3);
  expect(names(list).slice(0, 2)).toEqual(['Visitor 8', 'Visitor 7']);
});

test('counts what changes, out of sight too, and nothing else', () => {
  const list = new InquiryList(10);
  const [old, row] = rows(1, 5);
  if (!old || !row) throw new Error('there are two');
  list.replace([row], false);
  const counted = (change: Parameters<InquiryList['apply']>[0][0]) => {
    const [before, shown] = [list.changes, list.inquiries];
    list.apply([change]);
    return [list.changes > before, list.inquiries !== shown];
  };
  expect(counted({inquiry: {...row, version: 2}})).toEqual([true, true]);
  expect(counted({inquiry: {...row, version: 2}})).toEqual([false, false]);
  expect(counted({inquiry: row})).toEqual([false, false]); // an earlier version
  expect(counted({inquiry: old})).toEqual([true, false]);
  expect(counted({removed: 'unknown'})).toEqual([true, false]); // perhaps below the oldest
  list.replace([row], true);
  expect(counted({removed: 'unknown'})).toEqual([false, false]);
});

test('a list of everything takes what turns up late, and is bounded', () => {
  const list = new InquiryList(2);
  list.replace(rows(5), true);
  list.apply(rows(1).map(inquiry => ({inquiry})));
  expect(names(list)).toEqual(['Visitor 5', 'Visitor 1']);
  list.apply(rows(6).map(inquiry => ({inquiry})));
  expect(names(list)).toEqual(['Visitor 6', 'Visitor 5']);
  list.apply([...list.inquiries.map(({id}) => ({removed: id})), ...rows(2).map(inquiry => ({inquiry}))]);
  expect(names(list)).toEqual([]); // there may be others between
});
