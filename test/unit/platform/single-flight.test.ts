// Who shares a read with whom: nobody gets what was read before they asked, and however many ask, two reads are enough.
import {SingleFlight} from '../../../src/platform/single-flight';

interface Read {
  key: string;
  succeed(value: string): void;
  fail(error: Error): void;
}

let reads: Read[];
let flights: SingleFlight<string>;

beforeEach(() => {
  reads = [];
  flights = new SingleFlight();
});

const ask = (key = 'a') =>
  flights.run(key, () => new Promise((resolve, reject) => reads.push({key, succeed: resolve, fail: reject})));

/** Lets everything happen that does not wait for a read. */
const settle = () => new Promise(resolve => setImmediate(resolve));

async function end(index: number, value: string): Promise<void> {
  reads[index]?.succeed(value);
  await settle();
}

test('one that comes alone reads at once, and nothing is kept of it', async () => {
  const alone = ask();
  expect([reads.length, flights.size]).toEqual([1, 1]);
  await end(0, 'first');
  expect([await alone, flights.size]).toEqual(['first', 0]);
  const later = ask();
  await end(1, 'second');
  expect(await later).toBe('second');
});

test('all who come while a read runs share the next one, which begins when it is over', async () => {
  const answers = [ask(), ask(), ask(), ask()];
  await settle();
  expect(reads).toHaveLength(1);
  await end(0, 'before');
  expect(reads).toHaveLength(2);
  const late = [ask(), ask()]; // the second read has begun
  await end(1, 'between');
  expect(reads).toHaveLength(3);
  await end(2, 'after');
  expect(await Promise.all([...answers, ...late])).toEqual([
    'before',
    'between',
    'between',
    'between',
    'after',
    'after',
  ]);
  expect(flights.size).toBe(0);
});

test('no answer is older than its question, in any order of coming and ending', async () => {
  let clock = 0;
  let random = 20261125;
  const next = (below: number) => (random = (random * 1103515245 + 12345) % 2 ** 31) % below;
  const open: (() => void)[] = [];
  const answers: Promise<void>[] = [];
  const run = () => {
    const askedAt = ++clock;
    const read = () =>
      new Promise<number>(resolve =>
        open.push(
          (
            begun => () =>
              resolve(begun)
          )(++clock),
        ),
      );
    answers.push(counting.run(`${next(3)}`, read).then(begun => expect(begun).toBeGreaterThan(askedAt)));
  };
  const counting = new SingleFlight<number>();
  for (let step = 0; step < 2000; step++) {
    if (next(3) > 0) run();
    else open.splice(next(Math.max(1, open.length)), 1)[0]?.();
    if (next(2) > 0) await settle();
  }
  while (counting.size > 0) {
    open.splice(0).forEach(finish => finish());
    await settle();
  }
  await Promise.all(answers);
  expect(answers.length).toBeGreaterThan(1000);
});

test('another key waits for nobody', async () => {
  const [a, b] = [ask('a'), ask('b')];
  expect(reads.map(({key}) => key)).toEqual(['a', 'b']);
  await end(1, 'of b');
  expect(await b).toBe('of b');
  await end(0, 'of a');
  expect(await a).toBe('of a');
});

test('a failure rejects for those who share it and for nobody else', async () => {
  const [first, second, third] = [ask(), ask(), ask()].map(answer => answer.catch((error: unknown) => String(error)));
  reads[0]?.fail(new Error('no'));
  await settle();
  expect(await first).toBe('Error: no');
  reads[1]?.fail(new Error('neither'));
  expect(await Promise.all([second, third])).toEqual(['Error: neither', 'Error: neither']);
  await settle();
  expect(flights.size).toBe(0);
  const later = ask();
  await end(2, 'again');
  expect(await later).toBe('again');
});

test('a read that throws before it begins is a failure like any other', async () => {
  const broken = () => {
    throw new Error('at once');
  };
  const [first, second] = [flights.run('a', broken), flights.run('a', broken)];
  await expect(first).rejects.toThrow('at once');
  await expect(second).rejects.toThrow('at once');
  await settle();
  expect(flights.size).toBe(0);
});
