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

// A broadcast of a namespace that there is not: the adapter leaves what is not of its own namespace alone.
const IGNORED = ['', {type: 2, data: [], nsp: '/none'}, {rooms: []}];

/** Why a message is refused: by its bytes, before it is decoded; by its encoding; or by what it holds. */
export type RefusalReason = 'bytes' | 'encoding' | 'content';

/** A parser for the adapter that lets only valid broadcasts through and calls `onRefused` for the others. */
export function createBroadcastParser(onRefused: (reason: RefusalReason) => void) {
  return {
    encode: (message: unknown): Buffer => msgpack.encode(message) as Buffer, // the package types it as any
    decode: (bytes: Buffer): unknown => {
      const broadcast = read(bytes);
      if (typeof broadcast !== 'string') return broadcast;
      onRefused(broadcast);
      return IGNORED;
    },
  };
}

function read(bytes: Buffer): z.infer<typeof broadcastSchema> | RefusalReason {
  if (!isHarmless(bytes)) return 'bytes';
  try {
    const parsed = broadcastSchema.safeParse(msgpack.decode(bytes));
    return parsed.success ? parsed.data : 'content';
  } catch {
    return 'encoding';
  }
}

// Looked at before it is decoded, since the decoder reserves whatever a message claims to hold.
function isHarmless(bytes: Buffer): boolean {
  return bytes.length <= MAX_MESSAGE_BYTES && bytes.every(byte => byte < 0xc0 || HIGH_BYTES.has(byte));
}
