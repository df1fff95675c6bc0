// So many at a time, so many waiting, and no more.
import {ConcurrencyLimiter} from '../../../src/services/concurrency-limiter';
import {Unavailable} from '../../../src/services/domain-errors';

const OPTIONS = {retryAfterSeconds: 5, detail: 'Try again.'};

test('whoever finds all permits taken waits for one, and one more is refused', async () => {
  const limiter = new ConcurrencyLimiter({permits: 2, queueLimit: 1, ...OPTIONS});
  const [first, second] = [await limiter.acquire(), await limiter.acquire()];
  const entered: string[] = [];
  const third = limiter.run(async () => void entered.push('third'));
  const refusal = await limiter.acquire().catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Unavailable);
  expect(refusal).toMatchObject({message: 'Try again.', retryAfterSeconds: 5});
  expect(entered).toEqual([]);
  first();
  await third;
  expect(entered).toEqual(['third']);
  second();
});

test('a permit is released, also after work that failed', async () => {
  const limiter = new ConcurrencyLimiter({permits: 1, queueLimit: 0, ...OPTIONS});
  await expect(limiter.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const release = await limiter.acquire();
  await expect(limiter.acquire()).rejects.toThrow(Unavailable);
  release();
  (await limiter.acquire())();
});
