// WebSocketEmitter, "outreach-ws-emitter": @socket.io/redis-emitter over a publisher whose promise is kept.
// The library drops the promise of PUBLISH, so a failing Redis would end the process; here it is the answer.
import {inject} from '@loopback/core';
import {Emitter} from '@socket.io/redis-emitter';
import * as msgpack from 'notepack.io';
import type {InquirySubmitted, SocketEvent} from '../../contract/events';
import {OBSERVATION_NAMESPACE} from '../../contract/rooms';
import {WebSocketBindings} from './keys';
import type {EventEmitter, Publisher, PublisherConnection} from './types';

/** Stands where Redis is not configured: never ready, so nothing is ever published. */
export const noPublisher: PublisherConnection = {
  status: 'disabled',
  publish: () => Promise.reject(new Error('REDIS_URL is not set')),
  connect: () => Promise.resolve(),
  disconnect: () => undefined,
};

export class WebSocketEmitter implements EventEmitter {
  private readonly emitter: Emitter;
  private answer: Promise<number> | undefined;

  constructor(
    @inject(WebSocketBindings.PUBLISHER) private readonly publisher: Publisher,
    @inject(WebSocketBindings.CHANNEL_PREFIX) key: string,
  ) {
    const keepingPublisher = {
      publish: (channel: string, message: Buffer | string) => {
        this.answer = publisher.publish(channel, message);
      },
    };
    this.emitter = new Emitter(keepingPublisher, {key, parser: new BroadcastEncoder()}, OBSERVATION_NAMESPACE);
  }

  isReady(): boolean {
    return this.publisher.status === 'ready';
  }

  async emitToRoom(room: string, event: keyof typeof SocketEvent, payload: InquirySubmitted): Promise<number> {
    if (room === '') throw new TypeError('an emit without a room would reach every socket');
    this.emitter.to(room).emit(event, payload); // publishes before it returns; throws when the payload cannot be encoded
    const {answer} = this;
    this.answer = undefined;
    if (!answer) throw new Error('the emitter has published nothing');
    return answer;
  }
}

const ARRAY_OF_THREE = Buffer.from([0x93]);

/**
 * A parser for the emitter: encodes what it publishes, [sender, packet, options], with the packet of an event encoded once for
 * all of its rooms, since only the options differ. The bytes are those of notepack.io, the emitter's own one.
 */
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
