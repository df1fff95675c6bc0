// Who leads among tabs, on locks and channels of the test's own; real ones are in test/e2e/client-tabs.test.ts.
import type {Observer, ObserverEvents} from '../../../src/client/observation/observer';
import {type Channel, createTabLeader, type Sharing} from '../../../src/client/observation/tab-leader';
import {type FakeClock, givenClock, settle} from '../../helpers/fake-clock';
import {givenInquiry, hintOf} from '../../helpers/scripted-service';

/** One browser: a lock with its line, and channels that reach everybody but the sender. */
function givenBrowserParts(): {tabs: () => Sharing; frozen: Set<Channel>} {
  const line: {grant: () => void; stolen: () => void}[] = [];
  const channels = new Map<Channel, string>();
  const frozen = new Set<Channel>();
  let holder: {stolen: () => void} | undefined;
  const next = () => {
    holder = undefined;
    line.shift()?.grant();
  };
  const tabs = (): Sharing => ({
    locks: {
      request: (_, {signal, steal}, hold) =>
        new Promise((resolve, reject) => {
          const me = {
            stolen: () => reject(new DOMException('stolen', 'AbortError')),
            grant: () => {
              holder = me;
              hold().then(() => {
                resolve(undefined);
                if (holder === me) next();
              }, reject);
            },
          };
          signal?.addEventListener('abort', () => {
            if (!line.includes(me)) return;
            line.splice(line.indexOf(me), 1);
            reject(new DOMException('aborted', 'AbortError'));
          });
          if (steal) {
            holder?.stolen();
            me.grant();
          } else if (holder) line.push(me);
          else me.grant();
        }),
    },
    openChannel: name => {
      const channel: Channel = {
        onmessage: null,
        postMessage: message => {
          if (frozen.has(channel)) return;
          for (const [other, its] of channels) {
            if (other !== channel && its === name && !frozen.has(other)) other.onmessage?.({data: message});
          }
        },
        close: () => void channels.delete(channel),
      };
      channels.set(channel, name);
      return channel;
    },
  });
  return {tabs, frozen};
}

interface Tab {
  observer: Observer;
  events: string[];
  /** The tab's own socket, while it has one. */
  socket: ObserverEvents | undefined;
  channel: Channel;
}

async function givenTab(clock: FakeClock, sharing: Sharing, key = 'key'): Promise<Tab> {
  const events: string[] = [];
  const tab: Partial<Tab> & {events: string[]} = {events};
  tab.observer = createTabLeader({
    clock,
    key,
    sharing: {...sharing, openChannel: name => (tab.channel = sharing.openChannel(name))},
    onUp: () => events.push('up'),
    onDown: reason => events.push(`down ${reason}`),
    onHint: ({inquiryId}) => events.push(inquiryId),
    observe: socket => {
      tab.socket = socket;
      return {renew: () => events.push('renew'), useToken: () => undefined, close: () => (tab.socket = undefined)};
    },
  });
  await settle();
  return tab as Tab; // all of it is there now
}

async function givenThreeTabs() {
  const clock = givenClock();
  const {tabs, frozen} = givenBrowserParts();
  const [leader, second, third] = [
    await givenTab(clock, tabs()),
    await givenTab(clock, tabs()),
    await givenTab(clock, tabs()),
  ];
  leader.socket?.onUp();
  return {clock, frozen, leader, second, third};
}

test('one tab has the socket, and all get what it is sent', async () => {
  const {leader, second, third} = await givenThreeTabs();
  const toast = hintOf(givenInquiry(1));
  leader.socket?.onHint(toast);
  expect([leader, second, third].map(({socket}) => socket !== undefined)).toEqual([true, false, false]);
  for (const {events} of [leader, second, third]) expect(events).toEqual(['up', toast.inquiryId]);
});

test('a tab that comes later learns that the leader observes', async () => {
  const clock = givenClock();
  const {tabs} = givenBrowserParts();
  const leader = await givenTab(clock, tabs());
  leader.socket?.onUp();
  expect((await givenTab(clock, tabs())).events).toEqual(['up']);
});

test('each gap of the leader is a gap of all', async () => {
  const {leader, second} = await givenThreeTabs();
  leader.socket?.onDown('lost', 1);
  leader.socket?.onUp();
  expect(second.events).toEqual(['up', 'down lost', 'up']);
});

test('when the leader is closed, the next in line leads', async () => {
  const {leader, second, third} = await givenThreeTabs();
  leader.observer.close();
  await settle();
  expect([second.socket !== undefined, third.socket !== undefined]).toEqual([true, false]);
  second.socket?.onUp();
  expect(third.events).toEqual(['up', 'down lost', 'up']);
});

test('a leader that answers pings leads on, however long', async () => {
  const {clock, leader, second, third} = await givenThreeTabs();
  await clock.advance(10 * 60_000);
  expect([leader, second, third].map(({socket}) => socket !== undefined)).toEqual([true, false, false]);
  expect(second.events).toEqual(['up']);
});

test('a leader that hangs loses the lock to one tab, and follows when it is back', async () => {
  const {clock, frozen, leader, second, third} = await givenThreeTabs();
  frozen.add(leader.channel);
  await clock.advance(16_000);
  const leading = [second, third].filter(({socket}) => socket !== undefined);
  expect(leading).toHaveLength(1);
  expect(leader.socket).toBeUndefined();
  frozen.clear();
  leading[0]?.socket?.onUp();
  expect(leader.events.at(-1)).toBe('up');
  await clock.advance(60_000);
  expect([leader, second, third].filter(({socket}) => socket !== undefined)).toHaveLength(1);
});

test('a leader whose token is refused twice lets another lead', async () => {
  const {clock, leader, second} = await givenThreeTabs();
  leader.socket?.onDown('unauthorized', 1);
  await settle();
  expect(second.socket).toBeUndefined();
  leader.socket?.onDown('unauthorized', 2);
  await settle();
  expect([leader.socket, second.socket !== undefined]).toEqual([undefined, true]);
  second.socket?.onUp();
  expect(leader.events.at(-1)).toBe('up');
  await clock.advance(60_000);
  expect(leader.socket).toBeUndefined();
});

test('a leader whose token is refused and that is alone tries again after a while', async () => {
  const clock = givenClock();
  const tab = await givenTab(clock, givenBrowserParts().tabs());
  tab.socket?.onDown('forbidden', 2);
  await settle();
  expect(tab.socket).toBeUndefined();
  await clock.advance(18_000);
  expect(tab.socket).toBeDefined();
});

test('where locks are forbidden it has a socket of its own', async () => {
  const clock = givenClock();
  const {tabs} = givenBrowserParts();
  const tab = await givenTab(clock, {
    ...tabs(),
    locks: {request: () => Promise.reject(new DOMException('no', 'SecurityError'))},
  });
  tab.socket?.onUp();
  expect(tab.events).toEqual(['up']);
  tab.observer.close();
  expect([tab.socket, clock.waiting]).toEqual([undefined, 0]);
});

test.each([null, 'text', {kind: 'hint'}, {kind: 'hint', data: {inquiryId: 1}}, {kind: 'state', session: {}}, {}])(
  'a message that is none of ours changes nothing: %j',
  async message => {
    const clock = givenClock();
    const tab = await givenTab(clock, givenBrowserParts().tabs());
    tab.socket?.onUp();
    tab.channel.onmessage?.({data: message});
    expect(tab.events).toEqual(['up']);
    const follower = (await givenThreeTabs()).second;
    follower.channel.onmessage?.({data: message});
    expect(follower.events.filter(event => !/^(up|down lost)$/.test(event))).toEqual([]);
  },
);

test('close leaves no timer, socket or place in the line', async () => {
  const {clock, leader, second, third} = await givenThreeTabs();
  second.observer.close();
  leader.observer.close();
  await settle();
  expect([second.socket, third.socket !== undefined]).toEqual([undefined, true]);
  third.observer.close();
  expect(clock.waiting).toBe(0);
});
