// The parser between Redis and the adapter: it passes events of the contract, refuses all else quickly, and never throws.
import * as msgpack from 'notepack.io';
import {Emitter} from '@socket.io/redis-emitter';
import {randomBytes} from 'node:crypto';
import {type InquirySubmitted, toInquirySubmitted} from '../../../src/contract/events';
import {OBSERVATION_NAMESPACE, roomsOfInquiry} from '../../../src/contract/rooms';
import {createBroadcastParser} from '../../../src/gateway/redis-subscriber';

const ID = '0192f7c4-5b1e-7c3a-9d2f-0123456789ab';
const EVENT = toInquirySubmitted({id: ID, topic: 'sales', createdAt: new Date(0).toISOString()});
const IGNORED = ['', {type: 2, data: [], nsp: '/none'}, {rooms: []}];

let refused: unknown[];
let parser: ReturnType<typeof createBroadcastParser>;

beforeEach(() => {
  refused = [];
  parser = createBroadcastParser(reason => refused.push(reason));
});

/** The bytes that the real emitter publishes. */
function published(room: string, event: InquirySubmitted = EVENT): Buffer {
  const messages: Buffer[] = [];
  const publisher = {publish: (_channel: string, message: Buffer) => messages.push(message)};
  new Emitter(publisher, {key: 'k'}, OBSERVATION_NAMESPACE).to(room).emit('INQUIRY_SUBMITTED', event);
  return messages[0] ?? Buffer.alloc(0);
}

test('passes what the emitter publishes, to each room of the inquiry, as it is', () => {
  for (const room of roomsOfInquiry('sales')) {
    expect(parser.decode(published(room))).toEqual([
      'emitter',
      {type: 2, data: ['INQUIRY_SUBMITTED', EVENT], nsp: '/observation'},
      {rooms: [room], except: [], flags: {}},
    ]);
  }
  expect(refused).toEqual([]);
});

test('passes the longest topic and the latest time there can be', () => {
  const event = toInquirySubmitted({
    id: ID,
    topic: 'x'.repeat(40),
    createdAt: new Date('9999-12-31T23:59:59.999Z').toISOString(),
  });
  for (const room of roomsOfInquiry(event.data.topic)) {
    expect(parser.decode(published(room, event))).not.toEqual(IGNORED);
  }
});

test('refuses an event for a room that is not its own', () => {
  expect(parser.decode(published('inquiries:press'))).toEqual(IGNORED);
  expect(parser.decode(published('lobby'))).toEqual(IGNORED);
  expect(refused).toHaveLength(2);
});

test('refuses every message that differs from a good one in a byte of its structure, and passes none that it changed', () => {
  const good = published('inquiries');
  const expected = JSON.stringify(parser.decode(good));
  for (let index = 0; index < good.length; index++) {
    const bad = Buffer.from(good);
    bad[index] = 0xc1; // the one byte that MessagePack never uses
    expect(parser.decode(bad)).toEqual(IGNORED);
    expect(parser.decode(good.subarray(0, index))).toEqual(IGNORED);
  }
  expect(refused).toHaveLength(2 * good.length);
  expect(JSON.stringify(parser.decode(good))).toBe(expected);
});

test('refuses random bytes, alone and in place of a part of a good message, without throwing', () => {
  for (let round = 0; round < 2000; round++) {
    expect(parser.decode(randomBytes(round % 300))).toEqual(IGNORED);
    const good = published('inquiries');
    randomBytes(8).copy(good, Math.floor(Math.random() * 20)); // within the structure before the payload
    expect(() => parser.decode(good)).not.toThrow();
  }
});

test.each([
  ['an extension of 2 GB', Buffer.from([0xc9, 0x7f, 0xff, 0xff, 0xff, 0x00])],
  [
    'arrays of 268 MB each in each other',
    Buffer.concat(Array.from({length: 200}, () => Buffer.from('dd01ffffff', 'hex'))),
  ],
  ['a map of 4 billion fields', Buffer.from('dfffffffff', 'hex')],
  ['a deep nesting', Buffer.alloc(4000, 0x91)],
  ['32 MB', Buffer.alloc(32_000_000, 0x91)],
])('refuses %s at once, and reserves no memory for it', (_title, bytes) => {
  const [startedAt, memory] = [performance.now(), process.memoryUsage().rss];
  expect(parser.decode(bytes)).toEqual(IGNORED);
  expect(performance.now() - startedAt).toBeLessThan(500);
  expect(process.memoryUsage().rss - memory).toBeLessThan(100_000_000);
});

test('drops flags and fields of the packet that the contract does not have', () => {
  const packet = {type: 2, data: ['INQUIRY_SUBMITTED', EVENT], nsp: '/observation', id: 7, attachments: 1};
  const options = {rooms: ['inquiries'], flags: {binary: true, timeout: 1, local: true}, extra: 1};
  expect(parser.decode(msgpack.encode(['emitter', packet, options]) as Buffer)).toEqual([
    'emitter',
    {type: 2, data: ['INQUIRY_SUBMITTED', EVENT], nsp: '/observation'},
    {rooms: ['inquiries'], flags: {}},
  ]);
});
