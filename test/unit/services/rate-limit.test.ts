// RateLimit: keyed hashes in fixed memory, and nothing of a client or an address.
import {inspect} from 'node:util';
import {RateLimit} from '../../../src/services/guards/rate-limit';

const LIMITS = {client: 2, flood: 5, email: 2, burst: 10};

function givenRateLimit() {
  let time = 0;
  const limit = new RateLimit({limits: LIMITS, now: () => time});
  return {limit, advance: (ms: number) => (time += ms)};
}

test('counts clients, addresses and everybody apart; addresses in whichever spelling', () => {
  const {limit} = givenRateLimit();
  expect([limit.hitClient('192.0.2.1'), limit.hitClient('192.0.2.1'), limit.hitClient('192.0.2.2')]).toEqual([1, 2, 1]);
  expect([limit.hitEmail('Ada@Bücher.example'), limit.hitEmail('ada@xn--bcher-kva.example')]).toEqual([1, 2]);
  expect(limit.hitEmail('192.0.2.1')).toBe(1);
  expect([limit.hitAll(), limit.hitAll()]).toEqual([1, 2]);
});

test('everybody is counted by the minute, and a client by ten', () => {
  const {limit, advance} = givenRateLimit();
  limit.hitClient('192.0.2.1');
  limit.hitAll();
  advance(60_000);
  expect([limit.hitClient('192.0.2.1'), limit.hitAll(), limit.resetSeconds]).toEqual([2, 1, 540]);
  advance(540_000);
  expect(limit.hitClient('192.0.2.1')).toBe(1);
});

test('a million clients and addresses take no more memory than one, and newcomers are still let in', () => {
  const {limit} = givenRateLimit();
  limit.hitClient('192.0.2.1');
  limit.hitEmail('ada@example.org');
  const used = () => {
    const {heapUsed, arrayBuffers} = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  let most = 0;
  for (let index = 0; index < 1_000_000; index += 1) {
    most = Math.max(most, limit.hitClient(`2001:db8:${index.toString(16)}::/64`));
    if (index % 10 === 0) limit.hitEmail(`visitor.${index}@example.org`);
  }
  expect(used() - before).toBeLessThan(64 * 1024 * 1024); // what is garbage; a Map of them would be 150 MB
  expect(most).toBeLessThan(60); // the default limit
});

test('what is kept holds neither a client nor an address, and is of a key that lives for a day', () => {
  const {limit, advance} = givenRateLimit();
  limit.hitClient('203.0.113.77');
  limit.hitEmail('zqMark7@example.org');
  const kept = () =>
    inspect(limit, {depth: Infinity, showHidden: true, maxArrayLength: Infinity, maxStringLength: Infinity});
  const first = kept();
  expect(first).not.toMatch(/203\.0\.113|zqmark7/i);
  const keyOf = (text: string) => /key: '([0-9a-f]{64})'/.exec(text)?.[1];
  expect(keyOf(first)).toBeDefined();
  advance(86_400_000);
  limit.hitClient('203.0.113.77');
  expect(keyOf(kept())).not.toBe(keyOf(first));
});
