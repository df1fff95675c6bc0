// The real emitter on the real Redis, without a REST process in front of it.
import {randomUUID} from 'node:crypto';
import {Redis} from 'ioredis';
import {WebSocketEmitter} from '../../src/components/websocket/websocket-emitter';
import {type InquirySubmitted, toInquirySubmitted} from '../../src/contract/events';
import {roomsOfInquiry} from '../../src/contract/rooms';
import {createPublisher} from '../../src/platform/redis';
import {givenLogger} from './logger';
import {onTeardown} from './teardown';

export interface TestEmitter {
  publisher: Redis;
  /** Sends an event of that topic as the service does, one publish per room; resolves with the inquiry's id. */
  send(topic: string): Promise<string>;
}

/** `patient`: over a connection without time-outs, which a test may not be about. */
export async function givenEmitter(redis: {
  redisUrl: string;
  redisKey: string;
  patient?: boolean;
}): Promise<TestEmitter> {
  const publisher = redis.patient
    ? new Redis(redis.redisUrl, {lazyConnect: true})
    : createPublisher(redis.redisUrl, givenLogger().logger);
  onTeardown(async () => publisher.disconnect());
  await publisher.connect();
  const emitter = new WebSocketEmitter(publisher, redis.redisKey);
  return {
    publisher,
    send: async topic => {
      const event = givenEvent(topic);
      await Promise.all(roomsOfInquiry(topic).map(room => emitter.emitToRoom(room, 'INQUIRY_SUBMITTED', event)));
      return event.data.inquiryId;
    },
  };
}

/** A valid event about an inquiry that nobody stored. */
export function givenEvent(topic: string): InquirySubmitted {
  return toInquirySubmitted({id: randomUUID(), topic, createdAt: new Date().toISOString()});
}
