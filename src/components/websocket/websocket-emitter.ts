// WebSocketEmitter, "outreach-ws-emitter": @socket.io/redis-emitter over a publisher whose promise is kept.
// The library drops the promise of PUBLISH, so a failing Redis would end the process; here it is the answer.
import {inject} from '@loopback/core';
import {Emitter} from '@socket.io/redis-emitter';
import * as msgpack from 'notepack.io';
import {type InquirySubmitted, type SocketEvent, toInquirySubmitted} from '../../contract/events';
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
  private readonly rooms = new Map<string, ReturnType<Emitter['to']>>();
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
    this.roomOf(room).emit(event, payload); // publishes before it returns; throws when the payload cannot be encoded
    const {answer} = this;
    this.answer = undefined;
    if (!answer) throw new Error('the emitter has published nothing');
    return answer;
  }

  private roomOf(room: string): ReturnType<Emitter['to']> {
    const known = this.rooms.get(room);
    if (known) return known;
    if (room === '') throw new TypeError('an emit without a room would reach every socket');
    const operator = this.emitter.to(room);
    this.rooms.set(room, operator);
    return operator;
  }
}

/** What the emitter publishes: [sender, packet, options] (socket.io-redis-adapter's protocol). */
type Broadcast = [
  sender: string,
  packet: {type: number; data: [event: string, payload: InquirySubmitted]; nsp: string},
  options: {rooms: string[]; except: string[]; flags: object},
];

// As long as any id and any time: MessagePack writes the length of a text before it.
const SAMPLE = {id: '00000000-0000-7000-8000-000000000000', createdAt: '2000-01-01T00:00:00.000Z'};

/**
 * A parser for the emitter. The events of a topic differ in id and time alone, so that what is published to a room is
 * encoded once, by notepack.io as the emitter itself would, and for each event these are put into it.
 */
export class BroadcastEncoder {
  /** By room and topic: the bytes between two ids, and of those the bytes between two times. */
  private readonly patterns = new Map<string, string[][]>();

  /** Throws for an id or time of another length than they have. */
  encode(broadcast: Broadcast): Buffer {
    const [, packet, {rooms}] = broadcast;
    const {inquiryId, topic, receivedAt} = packet.data[1].data;
    if (inquiryId.length !== SAMPLE.id.length || receivedAt.length !== SAMPLE.createdAt.length) {
      throw new TypeError('an event has an id or a time of another length');
    }
    const key = `${rooms.join()} ${topic}`;
    let pattern = this.patterns.get(key);
    if (!pattern) this.patterns.set(key, (pattern = patternOf(broadcast, topic)));
    return Buffer.from(pattern.map(bytes => bytes.join(receivedAt)).join(inquiryId), 'latin1');
  }
}

function patternOf([sender, packet, options]: Broadcast, topic: string): string[][] {
  const sample = {...packet, data: [packet.data[0], toInquirySubmitted({...SAMPLE, topic})]};
  const bytes = msgpack.encode([sender, sample, options]) as Buffer; // the package types it as any
  return bytes
    .toString('latin1')
    .split(SAMPLE.id)
    .map(between => between.split(SAMPLE.createdAt));
}
