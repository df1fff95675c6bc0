// What may pass from a Redis channel to the sockets: events of the contract and nothing else, whatever the bytes.
import * as msgpack from 'notepack.io';
import {z} from 'zod';
import {inquirySubmittedSchema, SocketEvent} from '../contract/events';
import {OBSERVATION_NAMESPACE, roomsOfInquiry} from '../contract/rooms';

const MAX_MESSAGE_BYTES = 4096;
// MessagePack's nil, false, true and short text. An event needs no other prefix above 0xbf and, being ASCII, no other
// such byte. All that can claim a length beyond 255 is above: six bytes may ask for an array of 32 GB.
const HIGH_BYTES: ReadonlySet<number> = new Set([0xc0, 0xc2, 0xc3, 0xd9]);

// What the emitter publishes: [sender, packet, options], one room each (socket.io-redis-adapter's protocol).
const broadcastSchema = z
  .tuple([
    z.string(),
    z.object({
      type: z.literal(2), // EVENT of the socket.io protocol
      data: z.tuple([z.literal(SocketEvent.INQUIRY_SUBMITTED), inquirySubmittedSchema]),
      nsp: z.literal(OBSERVATION_NAMESPACE),
    }),
    z.object({
      rooms: z.array(z.string()).length(1),
      except: z.array(z.string()).max(0).optional(),
      flags: z.object({}).optional(),
    }),
  ])
  .refine(([, packet, {rooms}]) => roomsOfInquiry(packet.data[1].data.topic).includes(rooms[0] ?? ''));

// The adapter takes a packet without content for one of another namespace, and leaves it alone.
const IGNORED = [undefined, undefined, {}];

/** A parser for the adapter that lets only valid broadcasts through; the others are counted by `onRefused`. */
export function createBroadcastParser(onRefused: (reason: unknown) => void) {
  return {
    encode: (message: unknown): Buffer => msgpack.encode(message) as Buffer, // the package types it as any
    decode: (bytes: Buffer): unknown => {
      try {
        if (!isHarmless(bytes)) throw new RangeError('the message is too long or of types that no event has');
        return broadcastSchema.parse(msgpack.decode(bytes));
      } catch (error) {
        onRefused(error);
        return IGNORED;
      }
    },
  };
}

// Looked at before it is decoded, since the decoder reserves whatever a message claims to hold.
function isHarmless(bytes: Buffer): boolean {
  return bytes.length <= MAX_MESSAGE_BYTES && bytes.every(byte => byte < 0xc0 || HIGH_BYTES.has(byte));
}
