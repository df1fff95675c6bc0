// RoundRobin: clients take turns, and the longest queue is found without a search.
import {RoundRobin} from '../../../src/platform/round-robin';

function givenQueue(items: string): RoundRobin<string> {
  const queue = new RoundRobin<string>();
  for (const item of items.split(' ')) queue.add(item.charAt(0), item);
  return queue;
}

function takeAll(queue: RoundRobin<string>): string[] {
  const taken: string[] = [];
  for (let item = queue.take(); item !== undefined; item = queue.take()) taken.push(item);
  return taken;
}

test('serves one item of each client in turn, each client’s in the order of coming', () => {
  const queue = givenQueue('a1 a2 a3 a4 b1 c1 c2');
  expect(queue.peek()).toBe('a1');
  expect(takeAll(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3', 'a4']);
  expect(queue.length).toBe(0);
});

test('a client that comes late waits for at most one item of each other client', () => {
  const queue = givenQueue('a1 a2 a3 a4 a5');
  queue.take();
  queue.add('v', 'v1');
  expect([queue.take(), queue.take()]).toEqual(['a2', 'v1']);
});

test('passes over a client that may not begin, which keeps its turn', () => {
  const queue = givenQueue('a1 a2 b1 b2');
  const notA = (client: string) => client !== 'a';
  expect([queue.peek(notA), queue.take(notA), queue.take(), queue.take(notA)]).toEqual(['b1', 'b1', 'a1', 'b2']);
  expect([queue.take(notA), queue.length]).toEqual([undefined, 1]);
});

test('drops the newest item of the client with the most', () => {
  const queue = givenQueue('a1 a2 a3 b1 b2 c1');
  expect([queue.dropFromLongest(), queue.dropFromLongest(), queue.length]).toEqual(['a3', 'b2', 4]);
  expect(takeAll(queue)).toEqual(['a1', 'b1', 'c1', 'a2']);
  expect(queue.dropFromLongest()).toBeUndefined();
});

test('says which client would have the most with one more', () => {
  const queue = givenQueue('a1 a2 a3 b1 b2');
  expect(['a', 'b', 'c'].map(client => queue.wouldBeLongest(client))).toEqual([true, true, false]);
  queue.dropFromLongest();
  expect(['a', 'b', 'c'].map(client => queue.wouldBeLongest(client))).toEqual([true, true, false]);
  expect(new RoundRobin().wouldBeLongest('a')).toBe(true);
});

test('counts rightly whatever is added, taken and dropped', () => {
  const queue = new RoundRobin<number>();
  const held = new Map<string, number[]>();
  for (let step = 0; step < 5000; step += 1) {
    const client = String((step * 7919) % 13);
    if (step % 3 !== 2) {
      queue.add(client, step);
      held.set(client, [...(held.get(client) ?? []), step]);
      continue;
    }
    const item = step % 2 === 0 ? queue.take() : queue.dropFromLongest();
    const [owner = '', items = []] = [...held].find(([, numbers]) => numbers.includes(item ?? -1)) ?? [];
    if (step % 2 !== 0) expect(items.length).toBe(Math.max(...[...held.values()].map(numbers => numbers.length)));
    held.set(
      owner,
      items.filter(number => number !== item),
    );
  }
  expect(queue.length).toBe([...held.values()].flat().length);
});
