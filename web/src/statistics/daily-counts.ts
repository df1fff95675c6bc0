// How many inquiries came on each day, by topic, from `GET /inquiries/count` alone: no inquiry is read for it. A span
// without inquiries costs one request, however long; a full one costs a request a day, since the count of the second
// half is what the first has left. Of a span that is too full to be counted both halves are asked for.
import type {Count} from '../i18n/counts';

/** Inclusive `from`, exclusive `to`. */
export type CountBetween = (from: Date, to: Date) => Promise<Count>;

/** `byTopic` holds a number for each of `days`; topics without inquiries are left out. */
export interface DailyCounts {
  days: Date[];
  byTopic: {topic: string; counts: Count[]}[];
}

/** The numbers of one day, one of each topic in `byTopic`. */
export function ofDay({byTopic}: DailyCounts, day: number): Count[] {
  return byTopic.map(({counts}) => counts[day] ?? {count: 0, isExact: true});
}

/** The last `count` days where whoever asks is, each by its first moment; the day after the last one ends the list. */
export function lastDays(count: number, now = new Date()): Date[] {
  // Not 24 hours apart, and not at the same hour: days with a change of the clock are others.
  return Array.from(
    {length: count + 1},
    (_, index) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - (count - 1) + index),
  );
}

/** One number for each pair of neighbours in `days`. */
export async function countDays(days: readonly Date[], countBetween: CountBetween): Promise<Count[]> {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || first === last) return [];
  return split(days, await countBetween(first, last), countBetween);
}

async function split(days: readonly Date[], total: Count, countBetween: CountBetween): Promise<Count[]> {
  const length = days.length - 1;
  if (total.count === 0 || length === 1) return Array.from({length}, () => total);
  const middle = Math.floor(length / 2);
  const [first, second] = [days.slice(0, middle + 1), days.slice(middle)];
  const [from, to] = [first[0], first.at(-1)];
  if (!from || !to) return [];
  const before = await countBetween(from, to);
  // What comes in between two requests can only be of today, the last day; it must not count below zero elsewhere.
  const after =
    total.isExact && before.isExact
      ? {count: Math.max(0, total.count - before.count), isExact: true}
      : await countBetween(to, days[length] ?? to);
  return [...(await split(first, before, countBetween)), ...(await split(second, after, countBetween))];
}
