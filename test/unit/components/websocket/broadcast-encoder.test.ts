// BroadcastEncoder: the bytes of the emitter's own parser, with each event encoded once.
import * as msgpack from 'notepack.io';
import {BroadcastEncoder} from '../../../../src/components/websocket/broadcast-encoder';

const packet = (payload: unknown): {type: number; data: unknown[]; nsp: string} => ({
  type: 2,
  data: ['INQUIRY_SUBMITTED', payload],
  nsp: '/observation',
});
const to = (room: string) => ({rooms: [room], except: [], flags: {}});
type Message = Parameters<BroadcastEncoder['encode']>[0];

test('encodes as notepack does, event after event and room after room', () => {
  const encoder = new BroadcastEncoder();
  for (const payload of [{id: 'a', text: 'ö'}, {id: 'b'}, 'text', 7, undefined, undefined]) {
    for (const room of ['inquiries', 'inquiries:sales']) {
      const message: Message = ['emitter', packet(payload), to(room)];
      expect(encoder.encode(message)).toEqual(msgpack.encode(message));
    }
  }
});

test('reads an event once for all of its rooms', () => {
  let reads = 0;
  const payload = {
    get id() {
      reads += 1;
      return 'a';
    },
  };
  const encoder = new BroadcastEncoder();
  for (const room of ['inquiries', 'inquiries:sales']) encoder.encode(['emitter', packet(payload), to(room)]);
  const once = reads;
  msgpack.encode(packet(payload));
  expect(once).toBe(reads - once);
});

test('an event that cannot be encoded is no event of the next one', () => {
  const encoder = new BroadcastEncoder();
  const bad = {
    get id(): string {
      throw new Error('unreadable');
    },
  };
  expect(() => encoder.encode(['emitter', packet(bad), to('inquiries')])).toThrow('unreadable');
  const message: Message = ['emitter', packet({id: 'b'}), to('inquiries')];
  expect(encoder.encode(message)).toEqual(msgpack.encode(message));
});
