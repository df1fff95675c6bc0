// How a publisher writes to Redis, what becomes of a publish when the process stands still, and what is left at the end.
import {once} from 'node:events';
import {NotifyMetrics} from '../../../src/components/websocket/notify-metrics';
import {OutreachSocketEventService, PUBLISH_TIMEOUT_MS} from '../../../src/components/websocket/socket-event.service';
import {WebSocketEmitter} from '../../../src/components/websocket/websocket-emitter';
import {createRegistry} from '../../../src/platform/metrics';
import {createPublisher, createSubscriber} from '../../../src/platform/redis';
import {givenEmitter, givenEvent} from '../../helpers/emitter';
import {eventually} from '../../helpers/eventually';
import {givenRedisKey, sharedRedisUrl} from '../../helpers/gateway';
import {givenLogger} from '../../helpers/logger';
import {standStill} from '../../helpers/stand-still';
import {steadyPort} from '../../helpers/tcp-proxy';

test('what is published in one turn of the event loop leaves in one write, and each publish is answered', async () => {
  const {publisher} = await givenEmitter({redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()});
  const {stream} = publisher;
  const published = ['one', 'two', 'three'].map(message => publisher.publish(givenRedisKey(), message));
  expect(stream.writableLength).toBeGreaterThan(0); // a stream that writes each at once keeps nothing
  await new Promise(resolve => process.nextTick(resolve));
  expect([stream.writableLength, stream.writableCorked]).toEqual([0, 0]);
  expect(await Promise.all(published)).toEqual([0, 0, 0]);
});

test('a process that stands still for longer than a publish may take drops no event when it goes on', async () => {
  const redisKey = givenRedisKey();
  const {publisher} = await givenEmitter({redisUrl: sharedRedisUrl(), redisKey, patient: true});
  const [registry, {logger, lines}] = [createRegistry(), givenLogger()];
  const emitter = new WebSocketEmitter(publisher, redisKey);
  const service = new OutreachSocketEventService(emitter, logger, new NotifyMetrics(registry));
  service.notifyInquirySubmitted(givenEvent('sales'));
  await new Promise(setImmediate); // it has left
  standStill(PUBLISH_TIMEOUT_MS + 100); // and is answered meanwhile
  await new Promise(resolve => setTimeout(resolve, 0)); // timers that are due come before what has arrived
  for (let index = 0; index < 20; index++) service.notifyInquirySubmitted(givenEvent('sales'));
  await service.drain(10_000);
  const text = await registry.metrics();
  const counted = [...text.matchAll(/^outreach_notify_total\{result="(\w+)"\} ([1-9]\d*)$/gm)].map(
    ([, ...pair]) => pair,
  );
  expect(counted).toEqual([['no_gateway', '42']]); // answered, by a Redis to which nobody listens
  expect(lines.filter(({results}) => String(results).includes('timeout'))).toEqual([]);
});

const CONNECTIONS = [
  ['publisher', createPublisher],
  ['subscriber', createSubscriber],
] as const;

test.each(CONNECTIONS)('a %s that we disconnect ourselves is not logged as lost', async (_name, create) => {
  const {logger, lines} = givenLogger();
  const redis = create(sharedRedisUrl(), logger);
  await redis.connect();
  redis.disconnect();
  await once(redis, 'end');
  expect(lines).toEqual([]);
});

test.each(CONNECTIONS)('nor is a %s that we disconnect while it connects', async (_name, create) => {
  const {logger, lines} = givenLogger();
  for (let turns = 0; turns < 5; turns += 1) {
    const redis = create(sharedRedisUrl(), logger);
    const ended = new Promise(resolve => redis.once('end', resolve)); // `events.once` rejects at an error
    redis.connect().catch(() => undefined); // it is not to be connected any more
    for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
    redis.disconnect();
    await ended;
  }
  expect(lines).toEqual([]);
});

test.each(CONNECTIONS)(
  'a %s that is disconnected while there is no Redis keeps the process alive no longer',
  async (_name, create) => {
    const timers = () => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length;
    const before = timers();
    const redis = create(`redis://127.0.0.1:${await steadyPort()}`, givenLogger().logger);
    redis.connect().catch(() => undefined); // refused, and tried again
    await eventually(() => expect(redis.status).toBe('reconnecting'));
    redis.disconnect();
    await eventually(() => expect(timers()).toBeLessThanOrEqual(before), 1000);
  },
);
