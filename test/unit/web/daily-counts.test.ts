import {countDays, lastDays} from '../../../web/src/statistics/daily-counts';

/** Counts what came at these moments, up to a bound, and how often it was asked. */
function givenMoments(moments: Date[], bound = Infinity) {
  const asked: [Date, Date][] = [];
  const countBetween = async (from: Date, to: Date) => {
    asked.push([from, to]);
    const {length} = moments.filter(moment => moment >= from && moment < to);
    return {count: Math.min(length, bound), isExact: length < bound};
  };
  return {asked, countBetween};
}

const days = lastDays(7, new Date(2026, 10, 24, 15));
const exact = (counts: number[]) => counts.map(count => ({count, isExact: true}));
const at = (day: number, hour: number) => new Date(2026, 10, day, hour);

test('the days are whole ones where the viewer is, today is the last', () => {
  expect(days).toHaveLength(8);
  expect(days[0]).toEqual(new Date(2026, 10, 18));
  expect(days[7]).toEqual(new Date(2026, 10, 25));
});

test('each day has its number', async () => {
  const {countBetween} = givenMoments([at(18, 0), at(18, 23), at(20, 12), at(24, 15)]);
  expect(await countDays(days, countBetween)).toEqual(exact([2, 0, 1, 0, 0, 0, 1]));
});

test('a span without any costs one request, a full one as many as it has days', async () => {
  const none = givenMoments([]);
  expect(await countDays(days, none.countBetween)).toEqual(exact([0, 0, 0, 0, 0, 0, 0]));
  expect(none.asked).toHaveLength(1);
  const full = givenMoments([18, 19, 20, 21, 22, 23, 24].map(day => at(day, 12)));
  expect(await countDays(days, full.countBetween)).toEqual(exact([1, 1, 1, 1, 1, 1, 1]));
  expect(full.asked).toHaveLength(7);
});

test('a span that is too full to be counted is counted by its halves, and only a day that is too full is marked', async () => {
  const {countBetween} = givenMoments(
    [18, 19, 19, 19, 20, 21, 24].map(day => at(day, 12)),
    3,
  );
  expect(await countDays(days, countBetween)).toEqual([
    {count: 1, isExact: true},
    {count: 3, isExact: false},
    ...exact([1, 1, 0, 0, 1]),
  ]);
});
