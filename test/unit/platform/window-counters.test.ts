// WindowCounters: never too low, too high by little, in memory that does not grow.
import {createHash} from 'node:crypto';
import {WindowCounters} from '../../../src/platform/window-counters';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

function givenCounters(cells = 1024) {
  let time = 5000;
  const counters = new WindowCounters({windowMs: 1000, cells, now: () => time});
  return {counters, advance: (ms: number) => (time += ms)};
}

test('counts each key by itself, and begins anew with each window', () => {
  const {counters, advance} = givenCounters();
  const counts = ['a', 'a', 'b', 'a'].map(key => counters.hit(hashOf(key)));
  expect(counts).toEqual([1, 2, 1, 3]);
  advance(999);
  expect(counters.hit(hashOf('a'))).toBe(4);
  advance(1);
  expect(counters.hit(hashOf('a'))).toBe(1);
});

test('says in how many whole seconds it begins anew, also after windows in which nobody came', () => {
  const {counters, advance} = givenCounters();
  expect(counters.resetSeconds).toBe(1);
  advance(10_300); // 0.7 s are left of the eleventh window
  expect(counters.hit(hashOf('a'))).toBe(1);
  expect(counters.resetSeconds).toBe(1);
  advance(699);
  expect(counters.hit(hashOf('a'))).toBe(2);
  advance(1);
  expect(counters.hit(hashOf('a'))).toBe(1);
});

test('with many more keys than cells no count is too low, and newcomers are counted a little too high', () => {
  const {counters} = givenCounters(2 ** 12);
  const known = hashOf('known');
  for (let count = 0; count < 5; count += 1) counters.hit(known);
  const total = 40_000; // about 10 for each cell
  const first = Array.from({length: total}, (_, index) => counters.hit(hashOf(`key ${index}`)));
  expect(counters.hit(known)).toBeGreaterThanOrEqual(6);
  expect(Math.min(...first)).toBe(1);
  expect(Math.max(...first)).toBeLessThan(25);
});

test('windows of several processes begin at the same time, and have the same number', () => {
  let time = 5;
  const counters = new WindowCounters({windowMs: 1000, cells: 16, now: () => time, epochMs: 7_999_990});
  expect([counters.window, counters.resetSeconds]).toEqual([7999, 1]);
  time += 10;
  expect(counters.window).toBe(8000);
  time += 2500;
  expect([counters.window, counters.resetSeconds]).toEqual([8002, 1]);
});

test('a count that others know to be higher goes on from there, and a lower one changes nothing', () => {
  const counters = new WindowCounters({windowMs: 1000, cells: 16, now: () => 0});
  const key = '0000000100000002';
  counters.raise(key, 7);
  expect(counters.hit(key)).toBe(8);
  counters.raise(key, 2);
  expect(counters.count(key)).toBe(8);
});
