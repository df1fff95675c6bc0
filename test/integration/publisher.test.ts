// How a publisher writes to Redis: what is published together leaves together.
import {givenEmitter} from '../helpers/emitter';
import {givenRedisKey, sharedRedisUrl} from '../helpers/gateway';

test('what is published in one turn of the event loop leaves in one write, and each publish is answered', async () => {
  const {publisher} = await givenEmitter({redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()});
  const {stream} = publisher;
  const published = ['one', 'two', 'three'].map(message => publisher.publish(givenRedisKey(), message));
  expect(stream.writableLength).toBeGreaterThan(0); // a stream that writes each at once keeps nothing
  await new Promise(resolve => process.nextTick(resolve));
  expect([stream.writableLength, stream.writableCorked]).toEqual([0, 0]);
  expect(await Promise.all(published)).toEqual([0, 0, 0]);
});
