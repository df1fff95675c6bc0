// Who shares an INSERT with whom, who waits, who is refused, and who hears what, with writes that the test ends.
import {StatementTimeoutError} from '../../../src/datasources/postgres/errors';
import {UnavailableError} from '../../../src/platform/errors';
import {BatchedInsert} from '../../../src/repositories/inquiry/batched-insert';

interface Write {
  rows: readonly number[];
  succeed(stored?: readonly boolean[]): void;
  fail(error: Error): void;
}

let writes: Write[];
let batches: BatchedInsert<number>;

beforeEach(() => {
  jest.useFakeTimers();
  writes = [];
  batches = givenBatches({batchSize: 3, queueLimit: 7});
});

afterEach(() => jest.useRealTimers());

// The size of a row is its number.
function givenBatches(
  limits: {batchSize: number; queueLimit: number},
  {batchBytes = Infinity} = {},
): BatchedInsert<number> {
  return new BatchedInsert<number>({
    ...limits,
    batchBytes,
    sizeOf: row => row,
    inFlight: 2,
    maxQueueWaitMs: 2000,
    retryMs: 10_000,
    write: rows =>
      new Promise((resolve, reject) => {
        writes.push({rows, succeed: (stored = rows.map(() => true)) => resolve(stored), fail: reject});
      }),
  });
}

/** What became of each row, in words, and when: `outcomes` fills as they settle. */
function insert(...rows: number[]): Record<number, string> {
  const outcomes: Record<number, string> = {};
  for (const row of rows) {
    batches.insert(row).then(
      stored => (outcomes[row] = stored ? 'stored' : 'known'),
      (error: unknown) => (outcomes[row] = error instanceof UnavailableError ? 'unavailable' : String(error)),
    );
  }
  return outcomes;
}

const settle = () => jest.advanceTimersByTimeAsync(0);
const written = () => writes.map(({rows}) => rows);

test('a row that comes alone is written at once', () => {
  insert(1);
  expect(written()).toEqual([[1]]);
});

test('what comes while two INSERTs are in flight shares the next one, in the order of coming', async () => {
  insert(1, 2, 3, 4, 5, 6);
  expect(written()).toEqual([[1], [2]]);
  expect(batches.waiting).toBe(4);
  writes[1]?.succeed();
  await settle();
  expect(written()).toEqual([[1], [2], [3, 4, 5]]);
  writes[0]?.succeed();
  await settle();
  expect(written()).toEqual([[1], [2], [3, 4, 5], [6]]);
});

test('each INSERT takes its share of all that wait or are in flight, so that none is left with a single row', async () => {
  batches = givenBatches({batchSize: 64, queueLimit: 100});
  insert(...Array.from({length: 32}, (_, row) => row));
  expect(written()).toEqual([[0], [1]]);
  writes[0]?.succeed();
  await settle();
  expect(writes[2]?.rows).toHaveLength(16); // of 30 that wait and one that is in flight
  writes[1]?.succeed();
  await settle();
  expect(writes[3]?.rows).toHaveLength(14);
  expect(batches.waiting).toBe(0);
});

test('each caller hears of its own row, and only when its INSERT is over', async () => {
  const outcomes = insert(1, 2, 3, 4, 5, 6);
  writes[0]?.succeed();
  await settle();
  expect(outcomes).toEqual({1: 'stored'});
  writes[2]?.succeed([true, false, true]);
  await settle();
  expect(outcomes).toEqual({1: 'stored', 3: 'stored', 4: 'known', 5: 'stored'});
});

test('a batch that is refused is written again in halves: the bad row fails alone', async () => {
  const outcomes = insert(1, 2, 3, 4, 5, 6);
  writes[0]?.succeed();
  await settle();
  writes[2]?.fail(new Error('a check is violated'));
  await settle();
  expect(written().slice(3)).toEqual([[3, 4]]);
  writes[3]?.fail(new Error('a check is violated'));
  await settle();
  writes[4]?.succeed();
  await settle();
  writes[5]?.fail(new Error('a check is violated'));
  await settle();
  writes[6]?.succeed([false]);
  await settle();
  expect(written().slice(3)).toEqual([[3, 4], [3], [4], [5], [6]]);
  expect(outcomes).toEqual({1: 'stored', 3: 'stored', 4: 'Error: a check is violated', 5: 'known'});
});

test('a batch that takes PostgreSQL too long is written in halves, and only the row that does so alone is refused', async () => {
  const tooLong = () => new StatementTimeoutError('PostgreSQL', {cause: new Error('57014')});
  const outcomes = insert(1, 2, 3, 4, 5, 6);
  writes[0]?.succeed();
  await settle();
  for (const write of [2, 3, 4]) {
    writes[write]?.fail(tooLong());
    await settle();
  }
  writes[5]?.succeed();
  await settle();
  writes[6]?.succeed();
  await settle();
  expect(written().slice(2)).toEqual([[3, 4, 5], [3, 4], [3], [4], [5], [6]]);
  expect(outcomes).toEqual({1: 'stored', 3: 'unavailable', 4: 'stored', 5: 'stored'});
});

test('a row that came too long ago is not tried in a smaller batch any more', async () => {
  const outcomes = insert(1, 2, 3, 4);
  writes[0]?.succeed();
  await settle();
  await jest.advanceTimersByTimeAsync(9000);
  insert(5);
  await jest.advanceTimersByTimeAsync(1500);
  writes[2]?.fail(new Error('a check is violated'));
  await settle();
  expect(outcomes).toEqual({1: 'stored', 3: 'Error: a check is violated', 4: 'Error: a check is violated'});
  expect(written()).toEqual([[1], [2], [3, 4], [5]]);
});

test('a batch that is written in halves is given up when nobody answers', async () => {
  const outcomes = insert(1, 2, 3, 4, 5, 6);
  writes[0]?.succeed();
  await settle();
  writes[2]?.fail(new Error('a check is violated'));
  await settle();
  writes[3]?.fail(new UnavailableError('PostgreSQL', {cause: new Error('no answer')}));
  await settle();
  expect(outcomes).toEqual({1: 'stored', 3: 'unavailable', 4: 'unavailable', 5: 'unavailable'});
  expect(written().slice(3)).toEqual([[3, 4], [6]]);
});

test('an INSERT has no more bytes than it may, and a row that is larger alone has one of its own', async () => {
  batches = givenBatches({batchSize: 64, queueLimit: 100}, {batchBytes: 10});
  insert(1, 2, 4, 5, 6, 30, 3);
  for (const write of [0, 1, 2, 3]) {
    writes[write]?.succeed();
    await settle();
  }
  expect(written()).toEqual([[1], [2], [4, 5], [6], [30], [3]]);
});

test('a batch whose fate nobody knows is not written again: all are rejected', async () => {
  const outcomes = insert(1, 2, 3, 4, 5);
  writes[0]?.succeed();
  await settle();
  writes[2]?.fail(new UnavailableError('PostgreSQL', {cause: new Error('connection lost')}));
  await settle();
  expect(outcomes).toEqual({1: 'stored', 3: 'unavailable', 4: 'unavailable'});
  expect(written()).toEqual([[1], [2], [3, 4], [5]]);
});

test('more than may wait are refused at once, and the others are not disturbed', async () => {
  const outcomes = insert(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  await settle();
  expect(outcomes).toEqual({10: 'unavailable', 11: 'unavailable'}); // two in flight, seven waiting
  for (let count = 0; count < 5; count++) {
    writes[count]?.succeed();
    await settle();
  }
  expect(Object.values(outcomes).filter(outcome => outcome === 'stored')).toHaveLength(9);
});

test('a row that has waited too long is refused and never written; a later one is written', async () => {
  const early = insert(1, 2, 3);
  await jest.advanceTimersByTimeAsync(1500);
  const late = insert(4);
  await jest.advanceTimersByTimeAsync(1000);
  writes[0]?.succeed();
  await settle();
  expect(early).toEqual({1: 'stored', 3: 'unavailable'});
  expect(written()).toEqual([[1], [2], [4]]);
  writes[2]?.succeed();
  await settle();
  expect(late).toEqual({4: 'stored'});
});

test('after a failure the next row is written as if nothing had been', async () => {
  insert(1);
  writes[0]?.fail(new Error('refused'));
  await settle();
  const outcomes = insert(2);
  writes[1]?.succeed();
  await settle();
  expect(outcomes).toEqual({2: 'stored'});
});
