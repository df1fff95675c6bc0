import {formatCount, sumOf} from '../../../web/src/i18n/counts';
import {readPage, totalOf} from '../../../web/src/rest/requests';

test('a lower bound is shown as one, in the words of the language', () => {
  expect(formatCount({count: 100_000, isExact: false}, 'en')).toBe('100,000+');
  expect(formatCount({count: 100_000, isExact: false}, 'de')).toBe('100.000+');
  expect(formatCount({count: 99_999, isExact: true}, 'en')).toBe('99,999');
});

test('a sum with a lower bound in it is one', () => {
  const [exact, bound] = [
    {count: 2, isExact: true},
    {count: 5, isExact: false},
  ];
  expect(sumOf([exact, exact])).toEqual({count: 4, isExact: true});
  expect(sumOf([exact, bound])).toEqual({count: 7, isExact: false});
});

test('a total is a lower bound only where the service says so', async () => {
  const total = new Headers({'X-Total-Count': '100000', 'X-Total-Count-Exact': 'false'});
  expect(totalOf(total)).toEqual({count: 100_000, isExact: false});
  expect(totalOf(new Headers({'X-Total-Count': '3'}))).toEqual({count: 3, isExact: true});
  const page = await readPage({}, () => Promise.resolve({body: [{id: 'a'}], headers: total}));
  expect(page).toEqual({data: [{id: 'a'}], total: 100_000, meta: {isTotalExact: false}});
});
