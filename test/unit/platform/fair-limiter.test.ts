// FairLimiter: so much at a time, clients in turn, and who waits most is refused first.
import {FairLimiter, type FairLimiterOptions} from '../../../src/platform/fair-limiter';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function givenLimiter(options: Partial<FairLimiterOptions> = {}) {
  const limiter = new FairLimiter({
    concurrency: 2,
    sharedConcurrency: 10,
    concurrentBytes: 100,
    turnBytes: 1000,
    queueLimit: 4,
    maxWaitMs: 1000,
    ...options,
  });
  const events: string[] = [];
  const enter = async (client: string, bytes = 1) => {
    const isAdmitted = await limiter.enter(client, bytes);
    events.push(`${client} ${isAdmitted ? 'in' : 'refused'}`);
  };
  const settle = () => jest.advanceTimersByTimeAsync(0);
  return {limiter, events, enter, settle};
}

test('what finds room begins at once, without waiting for anything', () => {
  const {limiter} = givenLimiter();
  expect([limiter.enter('a', 1), limiter.enter('a', 1)]).toEqual([true, true]);
  expect(limiter.enter('a', 1)).toBeInstanceOf(Promise);
  expect(limiter.waiting).toBe(1);
});

test('clients that wait take turns', async () => {
  const {limiter, events, enter, settle} = givenLimiter({concurrency: 1, queueLimit: 10});
  for (const client of ['a', 'a', 'a', 'b', 'c']) void enter(client);
  for (let count = 0; count < 5; count += 1) {
    await settle();
    limiter.leave(events.at(-1)?.charAt(0) ?? '', 1);
  }
  await settle();
  expect(events).toEqual(['a in', 'a in', 'b in', 'c in', 'a in']);
});

test('one client has all of the room while it is alone, and a share while another one is served', async () => {
  const {limiter, events, enter, settle} = givenLimiter({concurrency: 4, sharedConcurrency: 2, queueLimit: 10});
  const next = async () => {
    await settle();
    return events.splice(0).join(', ');
  };
  for (let count = 0; count < 6; count += 1) void enter('flood');
  expect(await next()).toBe('flood in, flood in, flood in, flood in');
  void enter('visitor');
  expect(await next()).toBe('');
  limiter.leave('flood', 1);
  expect(await next()).toBe('flood in'); // it was there first
  limiter.leave('flood', 1);
  expect(await next()).toBe('visitor in');
  limiter.leave('flood', 1);
  expect(await next()).toBe(''); // two of the flood are left, which is its share
  limiter.leave('flood', 1);
  expect(await next()).toBe('flood in');
});

test('who waits for a share does not hold up others', async () => {
  const {limiter, events, enter, settle} = givenLimiter({concurrency: 4, sharedConcurrency: 2, queueLimit: 10});
  void enter('visitor');
  for (let count = 0; count < 4; count += 1) void enter('flood');
  await settle();
  expect(events.splice(0)).toEqual(['visitor in', 'flood in', 'flood in']);
  expect(limiter.enter('other', 1)).toBe(true);
  limiter.leave('other', 1);
  limiter.leave('visitor', 1);
  await settle();
  expect(events).toEqual(['flood in', 'flood in']); // alone again
});

test('as many bytes begin as may, and what is larger alone is worked on alone', async () => {
  const {limiter, events, enter, settle} = givenLimiter({concurrency: 10});
  for (const [client, bytes] of [
    ['a', 60],
    ['b', 40],
    ['c', 500],
    ['d', 1],
  ] as const)
    void enter(client, bytes);
  await settle();
  expect(events).toEqual(['a in', 'b in']);
  limiter.leave('a', 60);
  await settle();
  expect(events).toEqual(['a in', 'b in']);
  limiter.leave('b', 40);
  await settle();
  expect(events).toEqual(['a in', 'b in', 'c in']);
  limiter.leave('c', 500);
  await settle();
  expect(events).toEqual(['a in', 'b in', 'c in', 'd in']);
});

test('when too many wait, the client with the most is refused, also for what waits already', async () => {
  const {limiter, events, enter, settle} = givenLimiter();
  for (let count = 0; count < 6; count += 1) void enter('flood');
  await settle();
  expect([limiter.isFull('flood'), limiter.isFull('visitor')]).toEqual([true, false]);
  void enter('flood');
  void enter('visitor');
  await settle();
  expect(events.slice(2)).toEqual(['flood refused', 'flood refused']);
  expect(limiter.waiting).toBe(4);
  limiter.leave('flood', 1);
  limiter.leave('flood', 1);
  await settle();
  expect(events.slice(4)).toEqual(['flood in', 'visitor in']);
});

test('what has waited too long is refused when its turn comes', async () => {
  const {limiter, events, enter, settle} = givenLimiter({concurrency: 1});
  void enter('a');
  void enter('b');
  await jest.advanceTimersByTimeAsync(1500);
  void enter('c');
  limiter.leave('a', 1);
  await settle();
  expect(events).toEqual(['a in', 'b refused', 'c in']);
});

test('in one turn of the event loop as many bytes begin as may, and the others in the next ones', async () => {
  const {events, enter} = givenLimiter({concurrency: 10, concurrentBytes: 1000, turnBytes: 50, queueLimit: 10});
  const turns: string[][] = [];
  for (const [client, bytes] of [
    ['a', 30],
    ['b', 20],
    ['c', 40],
    ['d', 200],
    ['e', 1],
  ] as const)
    void enter(client, bytes);
  for (let turn = 0; turn < 4; turn += 1) {
    await Promise.resolve().then(() => Promise.resolve()); // what was admitted says so
    turns.push(events.splice(0));
    jest.advanceTimersToNextTimer();
  }
  expect(turns).toEqual([['a in', 'b in'], ['c in'], ['d in'], ['e in']]);
});
