// WebSocketEmitter, "outreach-ws-emitter": @socket.io/redis-emitter over a publisher whose promise is kept.
// The library drops the promise of PUBLISH, so a failing Redis would end the process; here it is the answer.
import {inject} from '@loopback/core';
import {Emitter, type EmitterOptions} from '@socket.io/redis-emitter';
import type {InquirySubmitted, SocketEvent} from '../../contract/events';
import {OBSERVATION_NAMESPACE} from '../../contract/rooms';
import {BroadcastEncoder} from './broadcast-encoder';
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
  private readonly options: EmitterOptions;

  constructor(
    @inject(WebSocketBindings.PUBLISHER) private readonly publisher: Publisher,
    @inject(WebSocketBindings.CHANNEL_PREFIX) key: string,
  ) {
    this.options = {key, parser: new BroadcastEncoder()};
  }

  isReady(): boolean {
    return this.publisher.status === 'ready';
  }

  emitToRoom(room: string, event: keyof typeof SocketEvent, payload: InquirySubmitted): Promise<number> {
    return new Promise((resolve, reject) => {
      if (room === '') throw new TypeError('an emit without a room would reach every socket');
      // An emitter for each emit, so that what it publishes is this emit's, whenever it does so.
      const keepingPublisher = {
        publish: (channel: string, message: Buffer | string) => {
          this.publisher.publish(channel, message).then(resolve, reject);
        },
      };
      const emitter = new Emitter(keepingPublisher, this.options, OBSERVATION_NAMESPACE);
      emitter.to(room).emit(event, payload); // throws when the payload cannot be encoded
    });
  }
}
