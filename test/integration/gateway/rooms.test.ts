// The rooms of a socket never overlap, whatever it observes and however often: one event each.
import {OBSERVATION_NAMESPACE} from '../../../src/contract/rooms';
import {givenEmitter, type TestEmitter} from '../../helpers/emitter';
import {
  givenGateway,
  givenObserver,
  givenRedisKey,
  sharedRedisUrl,
  type TestGateway,
  type TestObserver,
} from '../../helpers/gateway';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let issuer: TokenIssuer;
let gateway: TestGateway;
let emitter: TestEmitter;
let token: string;

beforeAll(async () => {
  const redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
  issuer = await givenTokenIssuer();
  token = await issuer.sign();
  [gateway, emitter] = await Promise.all([givenGateway({issuer, ...redis}), givenEmitter(redis)]);
});

/** The observation rooms that the gateway has the socket in, but for its own. */
function roomsOf({socket}: TestObserver): string[] {
  const rooms = gateway.io.of(OBSERVATION_NAMESPACE).sockets.get(socket.id ?? '')?.rooms ?? new Set<string>();
  return [...rooms].filter(room => room !== socket.id).sort();
}

test('observing again replaces the rooms, and each event of them comes exactly once', async () => {
  const observer = await givenObserver(gateway.url, token);
  const steps: {topics?: string[]; rooms: string[]; hears: string[]}[] = [
    {rooms: ['inquiries'], hears: ['sales', 'press', 'support']},
    {topics: ['sales'], rooms: ['inquiries:sales'], hears: ['sales']},
    {topics: ['press', 'sales', 'press'], rooms: ['inquiries:press', 'inquiries:sales'], hears: ['sales', 'press']},
    {rooms: ['inquiries'], hears: ['sales', 'press', 'support']},
    {topics: ['support'], rooms: ['inquiries:support'], hears: ['support']},
    {topics: ['*'], rooms: ['inquiries'], hears: ['sales', 'press', 'support']},
    {topics: ['sales', '*'], rooms: ['inquiries'], hears: ['sales', 'press', 'support']},
  ];
  for (const {topics, rooms, hears} of steps) {
    expect(await observer.socket.timeout(5000).emitWithAck('observe', topics ? {topics} : {})).toEqual({
      ok: true,
      granted: topics ? [...new Set(topics)] : ['*'],
      denied: [],
    });
    expect(roomsOf(observer)).toEqual(rooms);
    observer.events.length = 0;
    const sent = {sales: await emitter.send('sales'), press: await emitter.send('press')};
    const support = await emitter.send('support');
    const expected = hears.map(topic => ({...sent, support})[topic]);
    const barrier = await passBarrier(observer);
    const heard = observer.events.map(({data}) => data.inquiryId).filter(id => id !== barrier);
    expect(heard).toEqual(expected);
  }
});

test('two observes sent in one go leave the rooms of the last one only', async () => {
  const observer = await givenObserver(gateway.url, token, ['press']);
  const answers = [{}, {topics: ['sales']}, {}, {topics: ['sales', 'support']}].map(request =>
    observer.socket.timeout(5000).emitWithAck('observe', request),
  );
  await Promise.all(answers);
  expect(roomsOf(observer)).toEqual(['inquiries:sales', 'inquiries:support']);
});

test('observing no topic leaves every room', async () => {
  const observer = await givenObserver(gateway.url, token);
  expect(await observer.socket.timeout(5000).emitWithAck('observe', {topics: []})).toEqual({
    ok: true,
    granted: [],
    denied: [],
  });
  expect(roomsOf(observer)).toEqual([]);
});

test('a topic that is not configured is denied, also to a token that names it', async () => {
  const named = await issuer.sign({topics: ['sales', 'aliens']});
  const denied = await givenObserver(gateway.url, token, ['aliens', 'sales']);
  expect(denied.ack).toEqual({ok: true, granted: ['sales'], denied: ['aliens']});
  const all = await givenObserver(gateway.url, named);
  expect(all.ack).toEqual({ok: true, granted: ['sales'], denied: ['aliens']});
  const only = await givenObserver(gateway.url, named, ['aliens']);
  expect(only.ack).toEqual({ok: false, granted: [], denied: ['aliens'], error: 'forbidden'});
});

test('what no topic can be named is denied and becomes no room, and the topics beside it are observed', async () => {
  const none = ['Sales', 'sales ', 'inquiries', 'inquiries:press', '**', '', '__proto__', 'ü'.repeat(1000), '\u0000'];
  const observer = await givenObserver(gateway.url, token, [...none, 'sales']);
  expect(observer.ack).toEqual({ok: true, granted: ['sales'], denied: none});
  expect(roomsOf(observer)).toEqual(['inquiries:sales']);
  const only = await givenObserver(gateway.url, token, none);
  expect(only.ack).toEqual({ok: false, granted: [], denied: none, error: 'forbidden'});
  expect(roomsOf(only)).toEqual([]);
});

test.each([
  {topics: undefined, rooms: ['inquiries']},
  {topics: ['*'], rooms: ['inquiries']},
  {topics: ['sales', 'press'], rooms: ['inquiries:press', 'inquiries:sales']},
])('with the claim $topics the star observes all of it, and what is granted can be asked for', async claim => {
  const claimed = await issuer.sign(claim);
  const [silent, star] = [await givenObserver(gateway.url, claimed), await givenObserver(gateway.url, claimed, ['*'])];
  expect(star.ack).toEqual({ok: true, granted: claim.topics ?? ['*'], denied: []});
  expect(star.ack).toEqual(silent.ack);
  const again = await givenObserver(gateway.url, claimed, star.ack.granted);
  expect(again.ack).toEqual(star.ack);
  for (const observer of [silent, star, again]) expect(roomsOf(observer)).toEqual(claim.rooms);
});

test('with a claim of no topic the star is forbidden', async () => {
  const observer = await givenObserver(gateway.url, await issuer.sign({topics: []}), ['*']);
  expect(observer.ack).toEqual({ok: false, granted: [], denied: [], error: 'forbidden'});
  expect(roomsOf(observer)).toEqual([]);
});

test('a socket that left is in no room, so its gateway keeps nothing of it', async () => {
  const observer = await givenObserver(gateway.url, token);
  const id = observer.socket.id ?? '';
  const {adapter} = gateway.io.of(OBSERVATION_NAMESPACE);
  expect(adapter.sids.has(id)).toBe(true);
  observer.socket.emit('observe', {topics: ['careers']}, () => undefined);
  observer.close();
  const barrier = await givenObserver(gateway.url, token, ['press']);
  await passBarrier(barrier);
  expect([adapter.sids.has(id), adapter.rooms.has('inquiries:careers')]).toEqual([false, false]);
});

// One more event through the same subscription and then an answer on the observer's own connection: whatever was
// sent to it before has arrived before. Resolves with the inquiry of that event.
async function passBarrier(observer: TestObserver): Promise<string> {
  const barrier = await givenObserver(gateway.url, token);
  const id = await emitter.send('partnership');
  await barrier.receives(id);
  await observer.socket.timeout(5000).emitWithAck('observe', {topics: []});
  barrier.close();
  return id;
}
