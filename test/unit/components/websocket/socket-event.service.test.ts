// OutreachSocketEventService: one emit for each room, every outcome counted, and nothing of it reaches the caller.
import {Registry} from 'prom-client';
import {NOTIFY_RESULTS, NotifyMetrics, type NotifyResult} from '../../../../src/components/websocket/notify-metrics';
import {
  OutreachSocketEventService,
  PUBLISH_TIMEOUT_MS,
} from '../../../../src/components/websocket/socket-event.service';
import type {EventEmitter} from '../../../../src/components/websocket/types';
import {toInquirySubmitted} from '../../../../src/contract/events';
import {eventually} from '../../../helpers/eventually';
import {givenLogger} from '../../../helpers/logger';

const ID = '0192f7c4-5b1e-7c3a-9d2f-0123456789ab';
const EVENT = toInquirySubmitted({id: ID, topic: 'sales', createdAt: new Date(0).toISOString()});

type EmitToRoom = (...call: Parameters<EventEmitter['emitToRoom']>) => Promise<number>;
const never: EmitToRoom = () => new Promise(() => undefined);

afterEach(() => jest.useRealTimers());

/** A turn of the event loop: events leave after the answers of theirs. */
const turn = () => new Promise(setImmediate);

/** Timers are due when the test says so. */
function useOwnClock(): void {
  jest.useFakeTimers({doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance', 'hrtime', 'Date']});
}

/** Lets time pass, and the turn of the event loop in which timers are due. */
async function pass(ms: number): Promise<void> {
  await turn();
  await jest.advanceTimersByTimeAsync(ms);
  await turn();
}

function givenService(emitToRoom: EmitToRoom, isReady = () => true) {
  const emits: Parameters<EmitToRoom>[] = [];
  const recorded = givenLogger();
  const registry = new Registry();
  const emitter: EventEmitter = {
    isReady,
    emitToRoom: (...call) => {
      emits.push(call);
      return emitToRoom(...call);
    },
  };
  const service = new OutreachSocketEventService(emitter, recorded.logger, new NotifyMetrics(registry));
  /** The results that were counted, those with zero left out. */
  const counted = async () => {
    const metric = await registry.getSingleMetric('outreach_notify_total')?.get();
    const values = (metric?.values ?? []).map(({labels, value}) => [labels.result, value] as const);
    return Object.fromEntries(values.filter(([, value]) => value > 0)) as Partial<Record<NotifyResult, number>>;
  };
  return {service, emits, registry, counted, ...recorded};
}

test('emits the event once to each room of the inquiry', async () => {
  const {service, emits, counted, lines} = givenService(async () => 2);
  service.notifyInquirySubmitted(EVENT);
  await service.drain(1000);
  expect(emits).toEqual([
    ['inquiries', 'INQUIRY_SUBMITTED', EVENT],
    ['inquiries:sales', 'INQUIRY_SUBMITTED', EVENT],
  ]);
  expect(await counted()).toEqual({delivered: 2});
  expect(lines).toEqual([]);
});

test('returns nothing, and lets the answers of the turn leave before any emit', async () => {
  const {service, emits} = givenService(never);
  const notify: (event: typeof EVENT) => unknown = service.notifyInquirySubmitted.bind(service);
  const returned = notify(EVENT);
  expect(returned).toBeUndefined();
  await Promise.resolve().then(() => expect(emits).toEqual([])); // an answer takes microtasks
  await turn();
  expect(emits).toHaveLength(2);
  expect(service.pending).toBe(2);
});

test('an emitter that was ready when the inquiry was stored, and is not when its turn comes, emits nothing', async () => {
  let isReady = true;
  const {service, emits, counted} = givenService(never, () => isReady);
  service.notifyInquirySubmitted(EVENT);
  isReady = false;
  await service.drain(1000);
  expect([emits, service.pending]).toEqual([[], 0]);
  expect(await counted()).toEqual({not_ready: 1});
});

test('emits nothing while the emitter is not ready, and counts that once', async () => {
  const {service, emits, counted} = givenService(never, () => false);
  service.notifyInquirySubmitted(EVENT);
  expect(service.isReady()).toBe(false);
  expect([emits, service.pending]).toEqual([[], 0]);
  expect(await counted()).toEqual({not_ready: 1});
});

test.each([
  ['rejects', async () => Promise.reject(new Error('READONLY'))],
  [
    'throws, as an encoder may,',
    () => {
      throw new RangeError('cyclic');
    },
  ],
])('a room whose emit %s does not keep the event from the other room', async (_title, fail) => {
  for (const failing of ['inquiries', 'inquiries:sales']) {
    const {service, emits, counted, lines} = givenService(room => (room === failing ? fail() : Promise.resolve(1)));
    service.notifyInquirySubmitted(EVENT);
    await service.drain(1000);
    expect(emits.map(([room]) => room)).toEqual(['inquiries', 'inquiries:sales']);
    expect(await counted()).toEqual({delivered: 1, failed: 1});
    expect(lines).toHaveLength(1);
    expect(service.pending).toBe(0);
  }
});

test.each<[string, EmitToRoom]>([
  ['delivered', async () => 1],
  ['no_gateway', async () => 0],
  ['failed', async () => Promise.reject(new Error('Connection is closed.'))],
])('counts %s, once for each room', async (result, emitToRoom) => {
  const {service, counted} = givenService(emitToRoom);
  service.notifyInquirySubmitted(EVENT);
  await service.drain(1000);
  expect(await counted()).toEqual({[result]: 2});
});

test('counts timeout, once for each room, when the time of a publish is over, and not before', async () => {
  useOwnClock();
  const {service, counted, lines} = givenService(never);
  service.notifyInquirySubmitted(EVENT);
  await pass(PUBLISH_TIMEOUT_MS - 1);
  expect([service.pending, await counted()]).toEqual([2, {}]);
  await pass(1);
  expect([service.pending, await counted()]).toEqual([0, {timeout: 2}]);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({msg: 'inquiry.notify.lost', reason: 'answer_timeout', inquiryId: ID});
});

test('every result is a series from the start, so that it can be alerted on', async () => {
  const {registry} = givenService(never);
  const text = await registry.metrics();
  for (const result of NOTIFY_RESULTS) expect(text).toContain(`outreach_notify_total{result="${result}"} 0`);
});

test('logs one warning for an inquiry whose event was lost: its id, the results and the kind of error, no more', async () => {
  const reply = Object.assign(new Error('OOM while publishing ada@example.org'), {name: 'ReplyError'});
  const {service, lines} = givenService(async () => Promise.reject(reply));
  service.notifyInquirySubmitted(EVENT);
  await service.drain(1000);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    level: 'warn',
    msg: 'inquiry.notify.lost',
    inquiryId: ID,
    results: ['failed', 'failed'],
    err: {type: 'ReplyError'},
  });
  expect(JSON.stringify(lines)).not.toContain('ada@example.org');
});

test('drops further events once 256 publishes are in flight, and takes them again afterwards', async () => {
  const settle: (() => void)[] = [];
  const {service, emits, counted} = givenService(() => new Promise(resolve => settle.push(() => resolve(1))));
  for (let index = 0; index < 200; index++) service.notifyInquirySubmitted(EVENT);
  await turn();
  expect([emits.length, service.pending, service.isReady()]).toEqual([256, 256, false]);
  expect(await counted()).toEqual({not_ready: 72});
  settle.splice(0).forEach(done => done());
  await service.drain(1000);
  expect([service.pending, service.isReady()]).toEqual([0, true]);
  service.notifyInquirySubmitted(EVENT);
  await turn();
  expect(emits).toHaveLength(258);
});

/** A service whose publishes end when the test says so, on a clock of its own. */
function givenPublishes() {
  useOwnClock();
  const answers: {resolve: (gateways: number) => void; reject: (error: Error) => void}[] = [];
  const given = givenService(() => new Promise((resolve, reject) => answers.push({resolve, reject})));
  const notify = (times: number) => {
    for (let index = 0; index < times; index++) given.service.notifyInquirySubmitted(EVENT);
  };
  /** Ends all that are in flight; resolves with how they can be answered late. */
  const end = async (outcome: 'answer' | 'silence' | Error) => {
    await turn();
    const ended = answers.splice(0);
    if (outcome === 'silence') await pass(PUBLISH_TIMEOUT_MS);
    else ended.forEach(({resolve, reject}) => (outcome === 'answer' ? resolve(1) : reject(outcome)));
    await given.service.drain(1000);
    return ended;
  };
  return {...given, notify, end};
}

test('after a timeout one inquiry at a time is published, until one of them is answered', async () => {
  const {notify, end, emits, counted} = givenPublishes();
  notify(3);
  expect(await end('silence')).toHaveLength(6);
  for (const silence of ['silence', new Error('Connection is closed.')] as const) {
    notify(3);
    expect(await end(silence)).toHaveLength(2);
  }
  notify(3);
  expect(await end('answer')).toHaveLength(2);
  notify(3);
  expect(await end('silence')).toHaveLength(6);
  notify(3);
  expect(await end(Object.assign(new Error('READONLY'), {name: 'ReplyError'}))).toHaveLength(2); // an answer too
  notify(3);
  expect(await end('answer')).toHaveLength(6);
  expect(emits).toHaveLength(26);
  expect(await counted()).toEqual({timeout: 14, failed: 4, delivered: 8, not_ready: 8});
});

test.each<[string, (late: {resolve: (gateways: number) => void; reject: (error: Error) => void}) => void]>([
  ['an answer', ({resolve}) => resolve(1)],
  ['an error reply', ({reject}) => reject(Object.assign(new Error('READONLY'), {name: 'ReplyError'}))],
])('%s that comes after its time is over opens the way for all again, and is not counted', async (_title, answer) => {
  const {service, notify, end, counted} = givenPublishes();
  notify(1);
  const [late] = await end('silence');
  expect(service.isReady()).toBe(true); // for one
  if (late) answer(late);
  await pass(0);
  notify(20);
  expect(await end('answer')).toHaveLength(40);
  expect(await counted()).toEqual({timeout: 2, delivered: 40});
});

test('an emitter that always throws never fills them', async () => {
  const {service, counted} = givenService(() => {
    throw new TypeError('Could not encode');
  });
  for (let index = 0; index < 1000; index++) {
    service.notifyInquirySubmitted(EVENT);
    await service.drain(1000);
  }
  expect([service.pending, service.isReady()]).toEqual([0, true]);
  expect(await counted()).toEqual({failed: 2000});
});

test('draining waits for what is in flight', async () => {
  const settle: (() => void)[] = [];
  const {service, counted} = givenService(() => new Promise(resolve => settle.push(() => resolve(1))));
  service.notifyInquirySubmitted(EVENT);
  let drained = false;
  const draining = service.drain(10_000).then(() => (drained = true));
  await eventually(() => expect(settle).toHaveLength(2));
  settle[0]?.();
  await turn(); // a drain that did not wait would be over
  expect(drained).toBe(false);
  settle[1]?.();
  await draining;
  expect(await counted()).toEqual({delivered: 2});
});

test('draining gives up after its time, and with nothing in flight it is over at once', async () => {
  const {service} = givenService(never);
  const idleAt = performance.now();
  await service.drain(10_000);
  expect(performance.now() - idleAt).toBeLessThan(1000);
  service.notifyInquirySubmitted(EVENT);
  const startedAt = performance.now();
  await service.drain(100);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(95);
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
