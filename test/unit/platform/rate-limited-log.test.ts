// RateLimitedLog: a flood of one kind of event is one line an interval, and the lines say how many there were.
import {RateLimitedLog} from '../../../src/platform/rate-limited-log';
import {givenLogger} from '../../helpers/logger';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function givenLog() {
  const {logger, lines} = givenLogger();
  const counts = () => lines.map(({msg, reason, count}) => [msg, reason, count]);
  return {log: new RateLimitedLog({logger, intervalMs: 1000}), lines, counts};
}

test('writes the first at once and the others of its interval as one line with their count', () => {
  const {log, counts} = givenLog();
  for (let i = 0; i < 500; i += 1) log.write('warn', 'thing.refused', {});
  expect(counts()).toEqual([['thing.refused', undefined, 1]]);
  jest.advanceTimersByTime(1000);
  expect(counts()).toEqual([
    ['thing.refused', undefined, 1],
    ['thing.refused', undefined, 499],
  ]);
});

test('goes on with one line an interval while the flood lasts, and forgets the kind after a quiet one', () => {
  const {log, counts} = givenLog();
  for (let second = 0; second < 3; second += 1) {
    for (let i = 0; i < 10; i += 1) log.write('warn', 'thing.refused', {});
    jest.advanceTimersByTime(1000);
  }
  expect(counts().map(([, , count]) => count)).toEqual([1, 9, 10, 10]);
  jest.advanceTimersByTime(1000);
  log.write('warn', 'thing.refused', {});
  expect(counts()).toHaveLength(5);
  log.flush();
  expect(jest.getTimerCount()).toBe(0);
});

test('counts each reason by itself, with the fields of the newest', () => {
  const {log, lines} = givenLog();
  log.write('warn', 'thing.refused', {reason: 'expired', status: 1});
  log.write('warn', 'thing.refused', {reason: 'audience', status: 2});
  log.write('error', 'thing.refused', {reason: 'expired', status: 3});
  log.flush();
  expect(lines).toMatchObject([
    {level: 'warn', reason: 'expired', status: 1, count: 1},
    {level: 'warn', reason: 'audience', status: 2, count: 1},
    {level: 'error', reason: 'expired', status: 3, count: 1},
  ]);
});
