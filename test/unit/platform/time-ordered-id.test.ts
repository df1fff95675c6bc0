// Ids hold their time and are in its order, and a range of times has the bounds in ids that hold exactly its rows.
import {boundOfTime, newId, timeOfId} from '../../../src/platform/time-ordered-id';

const NIL = '00000000-0000-0000-0000-000000000000';
const MAX = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const LATEST = new Date(2 ** 48 - 1); // in the year 10889
const at = (milliseconds: number) => new Date(milliseconds);

test('an id is a UUID of version 7 of this moment', () => {
  const before = Date.now();
  const id = newId();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(timeOfId(id).getTime()).toBeGreaterThanOrEqual(before);
  expect(timeOfId(id).getTime()).toBeLessThanOrEqual(Date.now() + 1); // the generator runs ahead when one moment has too many
});

test('each id is larger than those before it, however many a moment has', () => {
  const ids = Array.from({length: 20_000}, newId);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  ['00000000-0000-7000-8000-000000000000', '1970-01-01T00:00:00.000Z'],
  ['00000000-0001-7fff-bfff-ffffffffffff', '1970-01-01T00:00:00.001Z'],
  ['017f22e2-79b0-7cc3-98c4-dc0c0c07398f', '2022-02-22T19:22:22.000Z'], // the example of RFC 9562
  ['e677d21f-dbff-7000-8000-000000000000', '9999-12-31T23:59:59.999Z'],
  ['ffffffff-ffff-7fff-bfff-ffffffffffff', LATEST.toISOString()],
])('%s is of %s', (id, time) => {
  expect(timeOfId(id).toISOString()).toBe(time);
});

test.each<[string, Date, string, string]>([
  ['the first time', at(0), NIL, '00000000-0000-ffff-ffff-ffffffffffff'],
  [
    'a time',
    new Date('2022-02-22T19:22:22Z'),
    '017f22e2-79b0-0000-0000-000000000000',
    '017f22e2-79b0-ffff-ffff-ffffffffffff',
  ],
  ['the last time', LATEST, 'ffffffff-ffff-0000-0000-000000000000', MAX],
  ['a time before 1970', at(-1), NIL, NIL],
  ['the first time of a Date', at(-8.64e15), NIL, NIL],
  ['a time after the last one', at(2 ** 48), MAX, MAX],
  ['the last time of a Date', at(8.64e15), MAX, MAX],
])('%s has its bounds', (_title, time, first, last) => {
  expect([boundOfTime(time, 'first'), boundOfTime(time, 'last')]).toEqual([first, last]);
});

test('the ids of a time are between its bounds, and no others', () => {
  const id = newId();
  const time = timeOfId(id);
  const [before, after] = [at(time.getTime() - 1), at(time.getTime() + 1)];
  expect(boundOfTime(time, 'first') < id && id < boundOfTime(time, 'last')).toBe(true);
  expect(boundOfTime(before, 'last') < id && id < boundOfTime(after, 'first')).toBe(true);
});
