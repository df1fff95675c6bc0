// UnreadConnections: which connections of a busy client are not read, and when they are read again.
import {Socket} from 'node:net';
import {MAX_UNDER_WAY_PER_CLIENT, UnreadConnections} from '../../../src/rest/server/unread-connections';

const LONGEST_MS = 2000;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** With so many requests of the client `busy` under way. */
function givenUnread(underWay: number) {
  const unread = new UnreadConnections();
  for (let count = 0; count < underWay; count += 1) unread.begin('busy');
  const sockets = Array.from({length: 4}, () => new Socket());
  return {unread, sockets, paused: () => sockets.map(socket => socket.isPaused())};
}

test('a client with few requests under way has all its connections read', () => {
  const {unread, sockets, paused} = givenUnread(MAX_UNDER_WAY_PER_CLIENT - 1);
  for (const socket of sockets) unread.pauseIfBusy('busy', socket);
  expect(paused()).toEqual([false, false, false, false]);
});

test('as many are read on, the oldest first, as there is room for', () => {
  const {unread, sockets, paused} = givenUnread(MAX_UNDER_WAY_PER_CLIENT + 1);
  for (const socket of sockets) unread.pauseIfBusy('busy', socket);
  expect([unread.count, paused()]).toEqual([4, [true, true, true, true]]);
  unread.end('busy');
  expect(paused()).toEqual([true, true, true, true]); // as many as may are still under way
  unread.end('busy');
  expect(paused()).toEqual([false, true, true, true]);
  unread.end('busy');
  expect([unread.count, paused()]).toEqual([1, [false, false, false, true]]);
});

test('other clients are not concerned', () => {
  const {unread, sockets, paused} = givenUnread(MAX_UNDER_WAY_PER_CLIENT);
  sockets.forEach((socket, index) => unread.pauseIfBusy(index < 2 ? 'busy' : 'visitor', socket));
  expect(paused()).toEqual([true, true, false, false]);
});

test('none stays unread for long, and nothing is left of one that was closed', () => {
  const {unread, sockets, paused} = givenUnread(MAX_UNDER_WAY_PER_CLIENT);
  for (const socket of sockets) unread.pauseIfBusy('busy', socket);
  sockets[0]?.destroy();
  jest.advanceTimersByTime(LONGEST_MS);
  expect([unread.count, paused().slice(1)]).toEqual([0, [false, false, false]]);
  expect(jest.getTimerCount()).toBe(0);
});

test('once all are to be read, all are, until that is over', () => {
  const {unread, sockets, paused} = givenUnread(MAX_UNDER_WAY_PER_CLIENT);
  for (const socket of sockets.slice(0, 2)) unread.pauseIfBusy('busy', socket);
  unread.readAll(true);
  for (const socket of sockets.slice(2)) unread.pauseIfBusy('busy', socket);
  expect(paused()).toEqual([false, false, false, false]);
  unread.readAll(false);
  for (const socket of sockets) unread.pauseIfBusy('busy', socket);
  expect(paused()).toEqual([true, true, true, true]);
});
