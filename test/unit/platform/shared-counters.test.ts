// SharedCounters: one batch at a time, bounded while Redis does not answer, and silent for a while after a failure.
import {randomBytes} from 'node:crypto';
import {setImmediate as turn} from 'node:timers/promises';
import {SharedCounters} from '../../../src/platform/shared-counters';
import {WindowCounters} from '../../../src/platform/window-counters';

function given() {
  const batches: string[][] = [];
  const failures: (string | undefined)[] = [];
  let answer: (results: [Error | null, unknown][]) => void = () => undefined;
  const connection = {
    status: 'ready',
    pipeline: () => {
      const commands: string[] = [];
      const pipeline = {
        set: (...parts: unknown[]) => (commands.push(`SET ${parts.join(' ')}`), pipeline as never),
        incrby: (...parts: unknown[]) => (commands.push(`INCRBY ${parts.join(' ')}`), pipeline as never),
        exec: () => {
          batches.push(commands);
          return new Promise<[Error | null, unknown][]>(resolve => (answer = resolve));
        },
      };
      return pipeline;
    },
  };
  const shared = new SharedCounters({connection, prefix: 'p:', onFailure: reason => failures.push(reason)});
  const counters = new WindowCounters({windowMs: 1000, cells: 1024, now: () => 0});
  const hit = (hash = randomBytes(32).toString('hex')) => {
    counters.hit(hash);
    shared.share('c', counters, hash);
    return hash;
  };
  return {
    batches,
    failures,
    connection,
    counters,
    hit,
    answer: (results: [Error | null, unknown][]) => answer(results),
  };
}

test('the hits of a turn go together, those of one key as one, and the answer raises the count', async () => {
  const {batches, counters, hit, answer} = given();
  const hash = hit();
  hit(hash);
  expect(batches).toEqual([]); // nobody has waited for it
  await turn();
  const key = `p:c:0:${hash.slice(0, 32)}`;
  expect(batches).toEqual([[`SET ${key} 0 PX 2000 NX`, `INCRBY ${key} 2`]]);
  answer([
    [null, 'OK'],
    [null, 9],
  ]);
  await turn();
  expect(counters.count(hash)).toBe(9);
});

test('while Redis owes an answer, what comes is gathered up to a bound, and goes when the answer is there', async () => {
  const {batches, hit, answer} = given();
  hit();
  await turn();
  for (let index = 0; index < 5000; index += 1) hit();
  await turn();
  expect(batches).toHaveLength(1);
  answer([]);
  await turn();
  expect(batches.map(({length}) => length)).toEqual([2, 4000]);
});

test('after a failure nothing is sent for a while, and nothing while there is no connection', async () => {
  const {batches, failures, connection, hit, answer} = given();
  hit();
  await turn();
  answer([
    [null, 'OK'],
    [Object.assign(new Error('NOPERM no permissions'), {name: 'ReplyError'}), undefined],
  ]);
  await turn();
  hit();
  await turn();
  expect([batches.length, failures]).toEqual([1, ['NOPERM']]);
  const other = given();
  other.connection.status = 'reconnecting';
  other.hit();
  await turn();
  expect([other.batches, connection.status]).toEqual([[], 'ready']);
});
