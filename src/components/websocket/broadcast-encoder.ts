// Encodes what the emitter publishes, [sender, packet, options], with the packet of an event encoded once for all of its
// rooms: only the options differ.
import * as msgpack from 'notepack.io';

const ARRAY_OF_THREE = Buffer.from([0x93]);

/** A parser for the emitter; its bytes are those of notepack.io, the emitter's own one. */
export class BroadcastEncoder {
  private payload: unknown;
  private packet: Buffer = Buffer.alloc(0);

  /** Throws when the packet cannot be encoded. A payload must not be changed after its first room. */
  encode([sender, packet, options]: [sender: string, packet: {data: unknown[]}, options: object]): Buffer {
    const [, payload] = packet.data;
    if (payload === undefined || payload !== this.payload) {
      this.packet = encode(packet);
      this.payload = payload;
    }
    return Buffer.concat([ARRAY_OF_THREE, encode(sender), this.packet, encode(options)]);
  }
}

function encode(value: unknown): Buffer {
  return msgpack.encode(value) as Buffer; // the package types it as any
}
