// A peer that does not read costs a gateway a bounded amount of memory and then its connection; its neighbours notice
// nothing. Bursts are one write, and still one event each.
import type {Socket} from 'node:net';
import {OBSERVATION_NAMESPACE} from '../../../src/contract/rooms';
import type {ObservationSocket} from '../../../src/gateway/observation-rooms';
import {MAX_WAITING_BYTES} from '../../../src/gateway/socket-writer';
import {givenEmitter, givenEvent, type TestEmitter} from '../../helpers/emitter';
import {eventually} from '../../helpers/eventually';
import {givenGateway, givenObserver, givenRedisKey, sharedRedisUrl, type TestGateway} from '../../helpers/gateway';
import {givenRawObserver} from '../../helpers/raw-observer';
import {standStill} from '../../helpers/stand-still';
import {givenTokenIssuer} from '../../helpers/tokens';

const MOST_EVENTS = 100_000; // far more than the kernel takes for a peer that does not read
const AT_ONCE = 500;
const MANY_AT_ONCE = 10_000; // more than the kernel takes in one go
const EVENT_BYTES = 1024;

let gateway: TestGateway;
let emitter: TestEmitter;
let token: string;

beforeAll(async () => {
  const redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
  const issuer = await givenTokenIssuer();
  token = await issuer.sign();
  [gateway, emitter] = await Promise.all([givenGateway({issuer, ...redis}), givenEmitter(redis)]);
});

async function stalledSockets(): Promise<number> {
  const text = await gateway.registry.metrics();
  return Number(/^outreach_gateway_stalled_sockets_total (\d+)$/m.exec(text)?.[1]);
}

/** The gateway's ends of the connections that it has now. */
function connectionsOf({io}: TestGateway): Socket[] {
  return [...io.of(OBSERVATION_NAMESPACE).sockets.values()].map(({request}) => request.socket);
}

/** To one socket, which the gateway does only in answers. */
function emitAnything(socket: ObservationSocket | undefined, ...event: string[]): void {
  (socket as unknown as {emit(...event: string[]): void}).emit(...event); // its types know only the contract's event
}

function inquiriesIn(text: string): string[] {
  return [...text.matchAll(/"inquiryId":"([^"]+)"/g)].map(([, id]) => id ?? '');
}

/** Sends events in one turn of the event loop; resolves with their inquiries right after they were written. */
async function sendAtOnce(count: number): Promise<string[]> {
  const events = Array.from({length: count}, () => givenEvent('sales'));
  for (const event of events) gateway.io.of(OBSERVATION_NAMESPACE).to('inquiries').emit('INQUIRY_SUBMITTED', event);
  await new Promise(setImmediate); // in the turn in which the gateway writes, and after it
  return events.map(({data}) => data.inquiryId);
}

test('an observer that stops reading is cut off and counted, and its neighbour gets every event', async () => {
  const stalled = await givenRawObserver(gateway.url, token);
  stalled.socket.pause();
  const [connection] = connectionsOf(gateway);
  const neighbour = await givenRawObserver(gateway.url, token);
  let tail = '';
  neighbour.socket.on('data', chunk => (tail = (tail + Buffer.from(chunk).toString('latin1')).slice(-EVENT_BYTES)));
  const sent: string[] = [];
  let mostWaiting = 0;
  while ((await stalledSockets()) === 0 && sent.length < MOST_EVENTS) {
    sent.push(...(await sendAtOnce(AT_ONCE)));
    mostWaiting = Math.max(mostWaiting, connection?.writableLength ?? 0);
    await eventually(() => expect(inquiriesIn(tail).at(-1)).toBe(sent.at(-1)));
  }
  expect(await stalledSockets()).toBe(1);
  expect(mostWaiting).toBeGreaterThan(MAX_WAITING_BYTES);
  expect(mostWaiting).toBeLessThan(MAX_WAITING_BYTES + AT_ONCE * EVENT_BYTES);
  await eventually(() => expect(connectionsOf(gateway)).toHaveLength(1));
  expect(inquiriesIn(neighbour.text())).toEqual(sent);
  neighbour.socket.destroy();
});

test('an observer that reads gets all of a burst, also when the process stands still right after it', async () => {
  const before = await stalledSockets();
  const observer = await givenRawObserver(gateway.url, token);
  const [connection] = connectionsOf(gateway).slice(-1);
  const sent = await sendAtOnce(MANY_AT_ONCE);
  expect(connection?.writableLength).toBeGreaterThan(MAX_WAITING_BYTES);
  standStill(1500); // until the gateway looks for peers that do not read
  await eventually(() => expect(inquiriesIn(observer.text())).toHaveLength(sent.length));
  expect(inquiriesIn(observer.text())).toEqual(sent);
  expect(await stalledSockets()).toBe(before);
  observer.socket.destroy();
});

test('a burst is few writes, and each of its events arrives once', async () => {
  const raw = await givenRawObserver(gateway.url, token);
  const observer = await givenObserver(gateway.url, token);
  const topical = await givenObserver(gateway.url, token, ['sales', 'press']);
  const both = await givenObserver(gateway.url, token, ['press']);
  let reads = 0;
  raw.socket.on('data', () => (reads += 1));
  const ids: string[] = [];
  const send = (topic: string) => emitter.send(topic).then(id => void ids.push(id));
  await Promise.all(Array.from({length: 60}, (_, index) => send(index % 2 === 0 ? 'sales' : 'press')));
  for (const each of [observer, topical]) {
    await each.receives(...ids);
    expect(each.events).toHaveLength(60);
  }
  await eventually(() => expect(both.events).toHaveLength(30));
  expect(new Set(both.events.map(({data}) => data.topic))).toEqual(new Set(['press']));
  await eventually(() => expect(raw.text().split('INQUIRY_SUBMITTED')).toHaveLength(61));
  expect(reads).toBeLessThan(60);
});

test('an answer does not overtake the events that were sent before it', async () => {
  const {socket, text} = await givenRawObserver(gateway.url, token);
  const own = connectionsOf(gateway).length - 1;
  const answering = [...gateway.io.of(OBSERVATION_NAMESPACE).sockets.values()][own];
  const event = givenEvent('sales');
  gateway.io.of(OBSERVATION_NAMESPACE).to('inquiries').emit('INQUIRY_SUBMITTED', event);
  emitAnything(answering, 'LATER'); // in the same turn of the event loop
  await eventually(() => expect(text()).toContain('LATER'));
  expect(text().indexOf(event.data.inquiryId)).toBeGreaterThan(0);
  expect(text().indexOf(event.data.inquiryId)).toBeLessThan(text().indexOf('LATER'));
  socket.destroy();
});

test.each([0, 60, 125, 126, 1000, 65_535, 65_536, 70_000])('a message of %d more bytes arrives whole', async more => {
  const {socket} = await givenObserver(gateway.url, token);
  const text = 'ü'.repeat(Math.floor(more / 2)) + 'x'.repeat(more % 2);
  const received = new Promise(resolve => socket.onAny((_event, value) => resolve(value)));
  const own = gateway.io.of(OBSERVATION_NAMESPACE).sockets.get(socket.id ?? '');
  emitAnything(own, 'TEST', text);
  expect(await received).toBe(text);
  socket.disconnect();
});
