import {countDays, lastDays} from '../../../web/src/statistics/daily-counts';

/** Counts what came at these moments, and how often it was asked. */
function givenMoments(moments: Date[]) {
  const asked: [Date, Date][] = [];
  const countBetween = async (from: Date, to: Date) => {
    asked.push([from, to]);
    return moments.filter(moment => moment >= from && moment < to).length;
  };
  return {asked, countBetween};
}

const days = lastDays(7, new Date(2026, 10, 24, 15));
const at = (day: number, hour: number) => new Date(2026, 10, day, hour);

test('the days are whole ones where the viewer is, today is the last', () => {
  expect(days).toHaveLength(8);
  expect(days[0]).toEqual(new Date(2026, 10, 18));
  expect(days[7]).toEqual(new Date(2026, 10, 25));
});

test('each day has its number', async () => {
  const {countBetween} = givenMoments([at(18, 0), at(18, 23), at(20, 12), at(24, 15)]);
  expect(await countDays(days, countBetween)).toEqual([2, 0, 1, 0, 0, 0, 1]);
});

test('a span without any costs one request, a full one as many as it has days', async () => {
  const none = givenMoments([]);
  expect(await countDays(days, none.countBetween)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(none.asked).toHaveLength(1);
  const full = givenMoments([18, 19, 20, 21, 22, 23, 24].map(day => at(day, 12)));
  expect(await countDays(days, full.countBetween)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  expect(full.asked).toHaveLength(7);
});
