// WebSocketEmitter: each emit has the promise of its own PUBLISH, on a channel of its own room.
import * as msgpack from 'notepack.io';
import type {PublisherConnection} from '../../../../src/components/websocket/types';
import {BroadcastEncoder, noPublisher, WebSocketEmitter} from '../../../../src/components/websocket/websocket-emitter';
import {toInquirySubmitted} from '../../../../src/contract/events';
import {topicRoom} from '../../../../src/contract/rooms';
import {newId} from '../../../../src/platform/time-ordered-id';

const GIVEN = {id: '0192f7c4-5b1e-7c3a-9d2f-0123456789ab', topic: 'sales', createdAt: new Date(0).toISOString()};
const EVENT = toInquirySubmitted(GIVEN);

interface Published {
  channel: string;
  message: Buffer | string;
  resolve: (receivers: number) => void;
  reject: (error: Error) => void;
}

/** A publisher that answers when the test says so. */
function givenPublisher(status = 'ready') {
  const published: Published[] = [];
  const publish = (channel: string, message: Buffer | string) =>
    new Promise<number>((resolve, reject) => published.push({channel, message, resolve, reject}));
  return {published, status, publish};
}

test('publishes one message on the channel of the room, with that room alone', () => {
  const publisher = givenPublisher();
  const emitter = new WebSocketEmitter(publisher, 'prefix');
  void emitter.emitToRoom('inquiries', 'INQUIRY_SUBMITTED', EVENT);
  void emitter.emitToRoom('inquiries:sales', 'INQUIRY_SUBMITTED', EVENT);
  expect(publisher.published.map(({channel}) => channel)).toEqual([
    'prefix#/observation#inquiries#',
    'prefix#/observation#inquiries:sales#',
  ]);
  expect(publisher.published.map(({message}) => msgpack.decode(message as Buffer) as unknown)).toEqual(
    ['inquiries', 'inquiries:sales'].map(room => [
      'emitter',
      {type: 2, data: ['INQUIRY_SUBMITTED', EVENT], nsp: '/observation'},
      {rooms: [room], except: [], flags: {}},
    ]),
  );
});

test('emits that are under way at once each settle with their own publish, in whatever order those settle', async () => {
  const publisher = givenPublisher();
  const emitter = new WebSocketEmitter(publisher, 'prefix');
  const emits = ['a', 'b', 'c'].map(room => emitter.emitToRoom(room, 'INQUIRY_SUBMITTED', EVENT));
  const [a, b, c] = publisher.published;
  c?.resolve(3);
  b?.reject(new Error('b failed'));
  a?.resolve(1);
  expect(await Promise.allSettled(emits)).toEqual([
    {status: 'fulfilled', value: 1},
    {status: 'rejected', reason: new Error('b failed')},
    {status: 'fulfilled', value: 3},
  ]);
});

test('an emit that cannot be encoded rejects, and is not taken for the one before it', async () => {
  const publisher = givenPublisher();
  const emitter = new WebSocketEmitter(publisher, 'prefix');
  const good = emitter.emitToRoom('a', 'INQUIRY_SUBMITTED', EVENT);
  publisher.published[0]?.resolve(1);
  const unencodable = toInquirySubmitted({...GIVEN, id: 'short'}); // no code of ours can make one
  await expect(emitter.emitToRoom('b', 'INQUIRY_SUBMITTED', unencodable)).rejects.toThrow();
  expect(await good).toBe(1);
  expect(publisher.published).toHaveLength(1);
});

test('a publisher that throws is a rejection too', async () => {
  const publisher = {
    status: 'ready',
    publish: () => {
      throw new Error('closed');
    },
  };
  await expect(new WebSocketEmitter(publisher, 'k').emitToRoom('a', 'INQUIRY_SUBMITTED', EVENT)).rejects.toThrow(
    'closed',
  );
});

test('refuses an emit without a room, which would reach every socket', async () => {
  const publisher = givenPublisher();
  const emitter = new WebSocketEmitter(publisher, 'prefix');
  await expect(emitter.emitToRoom('', 'INQUIRY_SUBMITTED', EVENT)).rejects.toThrow(TypeError);
  expect(publisher.published).toEqual([]);
});

test.each(['wait', 'connecting', 'connect', 'reconnecting', 'close', 'end'])(
  'is not ready while it is "%s"',
  status => {
    expect(new WebSocketEmitter(givenPublisher(status), 'k').isReady()).toBe(false);
  },
);

test('is ready when the connection is', () => {
  expect(new WebSocketEmitter(givenPublisher(), 'k').isReady()).toBe(true);
});

test('the publisher of a process without Redis is never ready and publishes nothing', async () => {
  const none: PublisherConnection = noPublisher;
  expect(new WebSocketEmitter(none, 'k').isReady()).toBe(false);
  await expect(none.publish('channel', 'message')).rejects.toThrow('REDIS_URL is not set');
  await none.connect();
  none.disconnect();
});

// The bytes of the emitter's own parser, without encoding each event anew.
describe('BroadcastEncoder', () => {
  type Message = Parameters<BroadcastEncoder['encode']>[0];
  const broadcast = (room: string, given: typeof GIVEN): Message => [
    'emitter',
    {type: 2, data: ['INQUIRY_SUBMITTED', toInquirySubmitted(given)], nsp: '/observation'},
    {rooms: [room], except: [], flags: {}},
  ];

  test('encodes as notepack does, event after event and room after room', () => {
    const encoder = new BroadcastEncoder();
    const long = 'a'.repeat(40); // the longest topic: in a text of another format
    for (let count = 0; count < 3; count += 1) {
      for (const topic of ['sales', 'x', long]) {
        for (const room of ['inquiries', topicRoom(topic)]) {
          const message = broadcast(room, {id: newId(), topic, createdAt: new Date(count * 1e12 + 1).toISOString()});
          expect(encoder.encode(message)).toEqual(msgpack.encode(message));
        }
      }
    }
  });

  test.each([
    ['id', {...GIVEN, id: `${GIVEN.id}0`}],
    ['time', {...GIVEN, createdAt: '1970-01-01T00:00:00Z'}],
  ])('refuses an event whose %s has another length, and not the next one', (_, given) => {
    const encoder = new BroadcastEncoder();
    expect(() => encoder.encode(broadcast('inquiries', given))).toThrow(TypeError);
    const message = broadcast('inquiries', GIVEN);
    expect(encoder.encode(message)).toEqual(msgpack.encode(message));
  });
});
