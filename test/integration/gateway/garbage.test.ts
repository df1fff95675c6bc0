// Garbage on the Redis channels: it crashes no gateway, reaches no client, moves no socket and leaves no personal
// data in the log; good events still flow.
import {randomBytes} from 'node:crypto';
import * as msgpack from 'notepack.io';
import {Emitter} from '@socket.io/redis-emitter';
import {OBSERVATION_NAMESPACE, roomsOfInquiry} from '../../../src/contract/rooms';
import {givenEmitter, givenEvent, type TestEmitter} from '../../helpers/emitter';
import {eventually} from '../../helpers/eventually';
import {
  givenGateway,
  givenObserver,
  givenRedisKey,
  sharedRedisUrl,
  type TestGateway,
  type TestObserver,
} from '../../helpers/gateway';
import {givenTokenIssuer} from '../../helpers/tokens';

const PERSONAL = 'ada.lovelace@example.org';
const redis = {redisUrl: '', redisKey: givenRedisKey()};
const encode = (value: unknown) => msgpack.encode(value) as Buffer; // the package types it as any
const channel = (room: string) => `${redis.redisKey}#${OBSERVATION_NAMESPACE}#${room}`;

let gateway: TestGateway;
let emitter: TestEmitter;
let all: TestObserver;
let sales: TestObserver;

beforeAll(async () => {
  redis.redisUrl = sharedRedisUrl();
  const issuer = await givenTokenIssuer();
  const token = await issuer.sign();
  // Megabytes may take longer on a busy machine than outreach gives a publish.
  [gateway, emitter] = await Promise.all([givenGateway({issuer, ...redis}), givenEmitter({...redis, patient: true})]);
  [all, sales] = await Promise.all([givenObserver(gateway.url, token), givenObserver(gateway.url, token, ['sales'])]);
});

const ROOMS = {rooms: ['inquiries'], except: [], flags: {}};

/** What the emitter would send, but for what is changed. */
function message(changes: {event?: unknown; name?: unknown; nsp?: unknown; type?: unknown; options?: unknown} = {}) {
  const {event = givenEvent('sales'), name = 'INQUIRY_SUBMITTED', nsp = OBSERVATION_NAMESPACE, type = 2} = changes;
  return encode(['emitter', {type, data: [name, event], nsp}, 'options' in changes ? changes.options : ROOMS]);
}

async function refusedMessages(): Promise<number> {
  const text = await gateway.registry.metrics();
  return Number(/^outreach_gateway_refused_messages_total (\d+)$/m.exec(text)?.[1]);
}

/** Sends two good events after the garbage: they arrive, and they are all that arrived. */
async function expectOnlyGoodEvents(): Promise<void> {
  for (const observer of [all, sales]) observer.events.length = 0;
  const ids = [await emitter.send('sales'), await emitter.send('sales')];
  for (const observer of [all, sales]) {
    await observer.receives(...ids);
    expect(observer.events.map(({data}) => data.inquiryId)).toEqual(ids);
  }
  expect(gateway.text()).not.toContain(PERSONAL);
}

const event = givenEvent('sales');
const GARBAGE: [string, Buffer | string][] = [
  ['nothing', ''],
  ['a text', PERSONAL],
  ['JSON', JSON.stringify(['emitter', {type: 2, data: ['INQUIRY_SUBMITTED', event]}, ROOMS])],
  ['random bytes', randomBytes(64)],
  ['a good message with a byte too many', Buffer.concat([message(), Buffer.from([0])])],
  ['a good message cut short', Buffer.from(message()).subarray(0, -3)],
  ['null', encode(null)],
  ['a number', encode(42)],
  ['an empty array', encode([])],
  ['an empty map', encode({})],
  ['nested maps', encode({a: {b: {c: [{d: PERSONAL}]}}})],
  ['nulls in place of packet and options', encode(['emitter', null, null])],
  ['numbers in place of packet and options', encode(['emitter', 1, 2])],
  ['no options', message({options: undefined})],
  ['null options', message({options: null})],
  ['options without rooms', message({options: {}})],
  ['no room, which would reach everybody', message({options: {...ROOMS, rooms: []}})],
  ['two rooms', message({options: {...ROOMS, rooms: roomsOfInquiry('sales')}})],
  ['rooms that are a text', message({options: {...ROOMS, rooms: 'inquiries'}})],
  ['rooms that are numbers', message({options: {...ROOMS, rooms: [1]}})],
  ['a room of another topic', message({options: {...ROOMS, rooms: ['inquiries:press']}})],
  [
    'a topic for the observers of another',
    message({event: givenEvent('press'), options: {rooms: ['inquiries:sales']}}),
  ],
  ['rooms left out of reach', message({options: {...ROOMS, except: ['inquiries']}})],
  ['another event', message({name: 'chat', event: PERSONAL})],
  ['an event name that is a map', message({name: {toString: PERSONAL}})],
  ['a reserved event', message({name: 'disconnect', event: {}})],
  ['another packet type', message({type: 1})],
  ['a connection packet', message({type: 0})],
  ['another namespace', message({nsp: '/'})],
  ['no payload', message({event: null})],
  ['a payload that is a text', message({event: PERSONAL})],
  ['a payload with a personal field', message({event: {...event, email: PERSONAL}})],
  ['inquiry data with a personal field', message({event: {...event, data: {...event.data, name: PERSONAL}}})],
  ['a payload with a personal name of a field', message({event: {...event, [PERSONAL]: true}})],
  ['a personal value in a known field', message({event: {...event, source: PERSONAL}})],
  ['an id that is none', message({event: {...event, data: {...event.data, inquiryId: PERSONAL}}})],
  ['another event type', message({event: {...event, type: 'outreach.inquiry.resolved.v1'}})],
  ['a topic that is no slug', message({event: {...event, data: {...event.data, topic: '../inquiries'}}})],
  ['prototype keys', message({event: {...event, ['__proto__']: {polluted: true}}})],
  [
    'a second payload',
    encode(['emitter', {type: 2, data: ['INQUIRY_SUBMITTED', event, PERSONAL], nsp: '/observation'}, ROOMS]),
  ],
  ['a megabyte', randomBytes(1_000_000)],
  ['a huge payload', message({event: {...event, source: 'x'.repeat(1_000_000)}})],
  ['ten thousand arrays in each other', Buffer.alloc(10_000, 0x91)],
  ['four thousand arrays in each other', Buffer.alloc(4000, 0x91)],
  ['a length of 2 GB in six bytes', Buffer.from([0xc9, 0x7f, 0xff, 0xff, 0xff, 0x00])],
  ['lengths that add up to 50 GB', Buffer.concat(Array(200).fill(Buffer.from([0xdd, 0x01, 0xff, 0xff, 0xff])))],
];

test.each(GARBAGE)(
  '%s on the channel is counted, reaches nobody, and good events still flow',
  async (_title, bytes) => {
    const before = await refusedMessages();
    await emitter.publisher.publish(channel('inquiries#'), bytes);
    await emitter.publisher.publish(channel('inquiries:sales#'), bytes);
    await emitter.publisher.publish(channel(''), bytes); // the one that reaches every gateway
    await expectOnlyGoodEvents();
    expect(await refusedMessages()).toBe(before + 3);
  },
);

test('refused messages are one line a second with their number, without their content or a stack', async () => {
  const own = {redisUrl: redis.redisUrl, redisKey: givenRedisKey()};
  const issuer = await givenTokenIssuer();
  const flooded = await givenGateway({issuer, ...own});
  const startedAt = performance.now();
  const bad = message({event: {...event, email: PERSONAL}});
  const FLOOD = 2000;
  for (let sent = 0; sent < FLOOD; sent += 100) {
    const to = `${own.redisKey}#${OBSERVATION_NAMESPACE}#`; // of which every gateway hears
    await Promise.all(Array.from({length: 100}, () => emitter.publisher.publish(to, bad)));
  }
  const refusals = () => flooded.lines.filter(({msg}) => msg === 'gateway.message.refused');
  await eventually(() => expect(refusals().reduce((sum, {count}) => sum + Number(count), 0)).toBe(FLOOD));
  expect(refusals().length).toBeLessThanOrEqual(2 + (performance.now() - startedAt) / 1000);
  for (const line of refusals()) expect(line).toMatchObject({level: 'warn', reason: 'content'});
  expect(flooded.text()).not.toContain(PERSONAL);
  expect(flooded.text()).not.toContain('"stack"');
});

test('requests to move, list or disconnect sockets, as another node would send them, do nothing', async () => {
  const rooms = [...gateway.io.of(OBSERVATION_NAMESPACE).adapter.rooms.keys()].sort();
  const opts = {rooms: [], except: []};
  const sid = all.socket.id;
  const requests = [
    ...[{sid}, {opts}].flatMap(target => [
      {type: 2, ...target, room: 'inquiries:press', rooms: ['inquiries:press']}, // join
      {type: 3, ...target, room: 'inquiries', rooms: ['inquiries']}, // leave
      {type: 4, ...target, close: true}, // disconnect
    ]),
    {type: 0, rooms: []},
    {type: 1},
    {type: 5, opts}, // fetch sockets: would answer with tokens
    {type: 6, uid: 'another', data: ['INQUIRY_SUBMITTED', event]},
    {type: 7, requestId: 'r', packet: {type: 2, data: ['INQUIRY_SUBMITTED', event], nsp: '/observation'}, opts: ROOMS},
  ].map(request => ({requestId: 'r', ...request}));
  const bodies = [...requests.flatMap(request => [JSON.stringify(request), encode(request)]), '{', 'null'];
  const answers = emitter.publisher.duplicate();
  await answers.connect();
  const overheard: string[] = [];
  answers.on('pmessage', (_pattern, from: string) => overheard.push(from));
  await answers.psubscribe(`${redis.redisKey}-response#*`);
  for (const kind of ['request', 'response']) {
    for (const body of bodies) {
      const to = `${redis.redisKey}-${kind}#${OBSERVATION_NAMESPACE}#`;
      const listening = await emitter.publisher.publish(to, body);
      expect(listening).toBe(kind === 'response' ? 1 : 0); // only this test's own ear
    }
  }
  new Emitter(emitter.publisher, {key: redis.redisKey}, OBSERVATION_NAMESPACE).disconnectSockets(true);
  await expectOnlyGoodEvents();
  expect([all.socket.connected, sales.socket.connected]).toEqual([true, true]);
  expect([...gateway.io.of(OBSERVATION_NAMESPACE).adapter.rooms.keys()].sort()).toEqual(rooms);
  expect(new Set(overheard)).toEqual(new Set([`${redis.redisKey}-response#${OBSERVATION_NAMESPACE}#`]));
  expect(overheard).toHaveLength(bodies.length); // nothing but what this test sent
  answers.disconnect();
});

test('a valid event for another namespace, another room or another prefix is not delivered', async () => {
  const {publisher} = emitter;
  const emit = (key: string, namespace: string, room?: string) => {
    const other = new Emitter(publisher, {key}, namespace);
    return (room === undefined ? other : other.to(room)).emit('INQUIRY_SUBMITTED', givenEvent('sales'));
  };
  emit(redis.redisKey, '/', 'inquiries');
  emit(redis.redisKey, '/observation-2', 'inquiries');
  emit(`${redis.redisKey}-2`, OBSERVATION_NAMESPACE, 'inquiries');
  emit(redis.redisKey, OBSERVATION_NAMESPACE, 'inquiries:press');
  emit(redis.redisKey, OBSERVATION_NAMESPACE, all.socket.id);
  emit(redis.redisKey, OBSERVATION_NAMESPACE);
  await expectOnlyGoodEvents();
});
