// RequestScheduler: a turn of the event loop begins a few requests, connections that wait come first, and probes wait for
// nothing.
import {IncomingMessage, ServerResponse} from 'node:http';
import {Socket} from 'node:net';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {RequestScheduler} from '../../../src/rest/server/request-scheduler';
import {MAX_UNDER_WAY_PER_CLIENT} from '../../../src/rest/server/unread-connections';

const PER_TURN = 16;
const MOST_ACCEPTING_TURNS = 64;

function givenRequest(client: string): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  return Object.assign(request, {url: '/inquiries', headers: {client}, complete: true});
}

function givenScheduler() {
  const begun: string[] = [];
  const scheduler = new RequestScheduler({
    handle: async ({request}) => {
      begun.push(String(request.headers.client));
      await nextTurn();
    },
    clientOf: ({headers}) => String(headers.client),
    hasOwnConnections: true,
    onCut: () => undefined,
  });
  // Each over a connection of its own.
  const send = (client: string, {times = 1, url = '/inquiries'} = {}) => {
    for (let count = 0; count < times; count += 1) {
      const request = Object.assign(givenRequest(client), {url});
      scheduler.accept(request, new ServerResponse(request));
    }
  };
  return {scheduler, begun, send};
}

test('of what comes in one turn, a few begin in it and in each of the next ones', async () => {
  const {scheduler, begun, send} = givenScheduler();
  send('flood', {times: 40});
  const counts = [begun.length];
  for (let turn = 0; turn < 3; turn += 1) {
    await nextTurn();
    counts.push(begun.length);
  }
  expect(counts).toEqual([PER_TURN, 2 * PER_TURN, 40, 40]);
  expect(scheduler.waiting).toBe(0);
});

test('clients that wait take turns', async () => {
  const {begun, send} = givenScheduler();
  send('flood', {times: 3 * PER_TURN});
  send('visitor');
  await nextTurn();
  expect(begun.indexOf('visitor')).toBeLessThanOrEqual(PER_TURN + 1);
});

test('a probe begins at once, however many wait', () => {
  const {begun, send} = givenScheduler();
  send('flood', {times: 100});
  send('balancer', {url: '/live'});
  send('balancer', {url: '/ready'});
  expect(begun.slice(PER_TURN)).toEqual(['balancer', 'balancer']);
});

test('while connections come, what waits is left for so many turns and no more', async () => {
  const {scheduler, begun, send} = givenScheduler();
  send('flood', {times: 3 * PER_TURN});
  for (let turn = 0; turn < MOST_ACCEPTING_TURNS; turn += 1) {
    scheduler.onConnection();
    await nextTurn();
    expect(begun).toHaveLength(PER_TURN);
  }
  scheduler.onConnection();
  await nextTurn();
  expect(begun).toHaveLength(2 * PER_TURN);
});

test('once no connection has come in a turn, what waits begins', async () => {
  const {scheduler, begun, send} = givenScheduler();
  send('flood', {times: 2 * PER_TURN});
  scheduler.onConnection();
  await nextTurn();
  expect(begun).toHaveLength(PER_TURN);
  await nextTurn();
  expect(begun).toHaveLength(2 * PER_TURN);
});

test('what a client sent that has gone away before its turn is not begun, and counts no longer', async () => {
  const {scheduler, begun} = givenScheduler();
  const requests = Array.from({length: 2 * MAX_UNDER_WAY_PER_CLIENT}, () => givenRequest('flood'));
  for (const request of requests) scheduler.accept(request, new ServerResponse(request));
  for (const {socket} of requests) socket.destroy();
  while (scheduler.waiting > 0) await nextTurn();
  expect(begun).toHaveLength(PER_TURN);
  const last = givenRequest('flood');
  scheduler.accept(last, new ServerResponse(last));
  for (let turn = 0; turn < 3; turn += 1) await nextTurn(); // it is answered
  expect([begun.length, last.socket.isPaused()]).toEqual([PER_TURN + 1, false]);
});
