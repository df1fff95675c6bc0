// What the live list does when: the protocol of hints, catch-ups, cursors and reconnects, on a clock of its own.
import {givenInquiry, givenScriptedFeed, hintOf} from '../../helpers/scripted-service';
import {settle} from '../../helpers/fake-clock';

test('observes before it reads, and applies what was hinted in between', async () => {
  const {feed, rest, clock, gateway, toasts, names} = await givenScriptedFeed();
  rest.commit({name: 'Earlier'});
  expect([rest.requests, feed.snapshot().status]).toEqual([[], 'catching-up']);
  gateway().onObserving();
  const late = givenInquiry(9);
  rest.failing = () => {
    rest.failing = () => undefined;
    gateway().onHint(hintOf(late)); // while the list is being read
    return undefined;
  };
  await clock.advance(0);
  rest.commit({...late, name: 'Late'});
  await clock.advance(500);
  expect(names()).toEqual(['Late', 'Earlier']);
  expect(toasts).toEqual([hintOf(late)]);
  expect(feed.snapshot().status).toBe('live');
});

test('toasts nothing of the first list, not even what was hinted before it came', async () => {
  const {rest, gateway, clock, toasts, goLive} = await givenScriptedFeed();
  const row = rest.commit();
  gateway().onHint(hintOf(row));
  await goLive();
  gateway().onHint(hintOf(row));
  await clock.advance(1000);
  expect(toasts).toEqual([]);
});

test('an event toasts at once, is read soon after, and moves no cursor', async () => {
  const {rest, clock, gateway, toasts, names, goLive} = await givenScriptedFeed();
  await goLive();
  const row = rest.commit({name: 'New'});
  gateway().onHint(hintOf(row));
  gateway().onHint(hintOf(row));
  expect([toasts, names()]).toEqual([[hintOf(row)], []]);
  await clock.advance(250);
  expect([rest.requests, names()]).toEqual([['list', 'changes 1-0'], ['New']]);
  rest.commit({name: 'Next'});
  await clock.advance(70_000);
  expect(rest.requests.slice(2)).toEqual(['changes 1-1']);
});

test('many events are one read, and a steady stream of them does not put it off', async () => {
  const {rest, clock, gateway, goLive} = await givenScriptedFeed();
  await goLive();
  for (let count = 0; count < 20; count++) {
    gateway().onHint(hintOf(rest.commit()));
    await clock.advance(20);
  }
  await clock.advance(300);
  const reads = rest.requests.length - 1;
  expect(reads).toBeGreaterThanOrEqual(2);
  expect(reads).toBeLessThanOrEqual(4);
});

test('reads on until there is no more', async () => {
  const {rest, clock, goLive, names, toasts} = await givenScriptedFeed();
  await goLive();
  rest.pageSize = 3;
  for (let count = 0; count < 10; count++) rest.commit();
  await clock.advance(70_000);
  expect(rest.requests.slice(1)).toEqual(['changes 1-0', 'changes 1-3', 'changes 1-6', 'changes 1-9']);
  expect([names().length, toasts.length]).toEqual([10, 10]);
});

test('fetches by id what was hinted and is held back, and shows it once', async () => {
  const {rest, clock, gateway, goLive, names, toasts} = await givenScriptedFeed();
  await goLive();
  const row = rest.commit({name: 'Held back'}, true);
  gateway().onHint(hintOf(row));
  await clock.advance(300);
  expect([rest.requests.at(-1), names()]).toEqual([`ids ${row.id}`, ['Held back']]);
  rest.release();
  await clock.advance(70_000);
  expect([names(), toasts]).toEqual([['Held back'], [hintOf(row)]]);
});

test('forgets a hint of an inquiry that is not there any more', async () => {
  const {rest, clock, gateway, goLive, names} = await givenScriptedFeed();
  await goLive();
  gateway().onHint(hintOf(givenInquiry(1)));
  await clock.advance(300);
  expect(names()).toEqual([]);
  await clock.advance(70_000);
  expect(rest.requests.filter(request => request.startsWith('ids'))).toHaveLength(1);
});

test('an inquiry whose event was lost is found by the timer, and toasted; spam and changes are not', async () => {
  const {rest, clock, goLive, names, toasts} = await givenScriptedFeed();
  const old = rest.commit({name: 'Old'});
  await goLive();
  const lost = rest.commit({name: 'Lost'});
  rest.commit({name: 'Caught', status: 'spam'});
  rest.commit({id: old.id, name: 'Renamed', version: 2});
  await clock.advance(50_000);
  expect(names()).toEqual(['Old']);
  await clock.advance(20_000);
  expect(names().sort()).toEqual(['Caught', 'Lost', 'Renamed']);
  expect(toasts).toEqual([hintOf(lost)]);
});

test('spam that is released toasts with its event, once, whether it was in the first list or came later', async () => {
  const {rest, clock, gateway, goLive, feed, toasts} = await givenScriptedFeed();
  const first = rest.commit({status: 'spam'});
  await goLive();
  const second = rest.commit({status: 'spam'});
  await clock.advance(70_000);
  expect(toasts).toEqual([]);
  for (const row of [first, second]) {
    rest.commit({id: row.id, createdAt: row.createdAt, status: 'new', version: 2});
    gateway().onHint(hintOf(row));
    gateway().onHint(hintOf(row));
    await clock.advance(500);
  }
  expect(toasts).toEqual([hintOf(first), hintOf(second)]);
  expect(feed.snapshot().inquiries.map(({status}) => status)).toEqual(['new', 'new']);
});

test('spam whose release is held back is read by its id', async () => {
  const {rest, clock, gateway, goLive, feed, toasts} = await givenScriptedFeed();
  const row = rest.commit({status: 'spam'});
  await goLive();
  rest.commit({id: row.id, createdAt: row.createdAt, status: 'new', version: 2}, true);
  gateway().onHint(hintOf(row));
  await clock.advance(500);
  expect([toasts, feed.snapshot().inquiries.map(({status}) => status)]).toEqual([[hintOf(row)], ['new']]);
});

test('a late event of an inquiry that the timer has found toasts and reads nothing', async () => {
  const {rest, clock, gateway, goLive, toasts} = await givenScriptedFeed();
  await goLive();
  const row = rest.commit();
  await clock.advance(70_000);
  const reads = rest.requests.length;
  gateway().onHint(hintOf(row));
  await clock.advance(1000);
  expect([toasts, rest.requests.length]).toEqual([[hintOf(row)], reads]);
});

test('a removed inquiry leaves the list', async () => {
  const {rest, clock, goLive, names, feed} = await givenScriptedFeed();
  const row = rest.commit({name: 'Erased'});
  await goLive();
  expect(names()).toEqual(['Erased']);
  rest.remove(row.id);
  feed.refresh();
  await clock.advance(0);
  expect(names()).toEqual([]);
});

test('starts over when the server does not know the cursor any more', async () => {
  const {rest, clock, goLive, names, feed, toasts} = await givenScriptedFeed();
  await goLive();
  rest.forgetFeeds();
  rest.commit({name: 'Of another epoch'});
  feed.refresh();
  await clock.advance(0);
  expect(rest.requests).toEqual(['list', 'changes 1-0', 'list']);
  expect([names(), toasts, feed.snapshot().status]).toEqual([['Of another epoch'], [], 'live']);
});

test('a server that always has more ends in a list read anew, and one that does not go on is a failure', async () => {
  const {rest, clock, goLive, feed} = await givenScriptedFeed();
  await goLive();
  let page = 0;
  const always = (feedOf: () => string) => (request: string) =>
    request.startsWith('changes') ? new Response(JSON.stringify({data: [], feed: feedOf(), hasMore: true})) : undefined;
  rest.failing = always(() => `1-${++page}`);
  feed.refresh();
  await clock.advance(0);
  expect([rest.requests.length, rest.requests.at(-1)]).toEqual([1 + 50 + 1, 'list']);
  rest.failing = always(() => '1-0');
  feed.refresh();
  await clock.advance(0);
  expect(feed.snapshot()).toMatchObject({status: 'offline', failure: 'unexpected'});
});

test('reads again after a reconnect, and says how far the list can be trusted', async () => {
  const {rest, clock, gateway, goLive, feed, connections} = await givenScriptedFeed();
  const statuses: string[] = [];
  feed.subscribe(({status}) => {
    if (statuses.at(-1) !== status) statuses.push(status);
  });
  await goLive();
  gateway().onEnd('lost');
  expect(connections).toHaveLength(1);
  await clock.advance(1000);
  expect(connections).toHaveLength(2);
  const reads = rest.requests.length;
  gateway().onObserving();
  await clock.advance(500);
  expect(rest.requests.slice(reads)).toEqual(['changes 1-0', 'list']);
  expect(statuses).toEqual(['catching-up', 'live', 'polling', 'catching-up', 'live']);
});

test('shows and toasts after a gap what is held back and nobody has announced, once', async () => {
  const {rest, clock, gateway, goLive, names, toasts} = await givenScriptedFeed();
  rest.commit({name: 'Old'});
  await goLive();
  gateway().onEnd('lost');
  const missed = rest.commit({name: 'Missed'}, true);
  rest.commit({name: 'Caught', status: 'spam'}, true);
  await clock.advance(1000);
  gateway().onObserving();
  await clock.advance(500);
  expect([names(), toasts]).toEqual([['Caught', 'Missed', 'Old'], [hintOf(missed)]]);
  gateway().onHint(hintOf(missed)); // late
  rest.release();
  await clock.advance(70_000);
  expect(rest.requests).toEqual(['list', 'changes 1-1', 'list', 'changes 1-1']); // the newest move no cursor
  expect([names(), toasts]).toEqual([['Caught', 'Missed', 'Old'], [hintOf(missed)]]);
});

test('looks for what a gap has hidden until that succeeds, and then no more', async () => {
  const {rest, clock, gateway, goLive, feed, names, toasts} = await givenScriptedFeed();
  await goLive();
  gateway().onEnd('lost');
  const missed = rest.commit({name: 'Missed'}, true);
  await clock.advance(1000);
  rest.failing = request => (request === 'list' ? new Response('{}', {status: 503}) : undefined);
  gateway().onObserving();
  await clock.advance(500);
  expect([names(), feed.snapshot().status]).toEqual([[], 'offline']);
  rest.failing = () => undefined;
  await clock.advance(2000);
  expect([names(), toasts, feed.snapshot().status]).toEqual([['Missed'], [hintOf(missed)], 'live']);
  const lists = () => rest.requests.filter(request => request === 'list').length;
  const before = lists();
  feed.refresh();
  await clock.advance(70_000);
  expect(lists()).toBe(before);
});

test('looks for what was submitted between a first list that did not wait and the acknowledgement', async () => {
  const {rest, clock, goLive, names} = await givenScriptedFeed();
  await clock.advance(2000);
  rest.commit({name: 'Between'}, true);
  await goLive();
  await clock.advance(500);
  expect(names()).toEqual(['Between']);
});

test('the newest after a gap are no news when they are older than the list, or have changed already', async () => {
  const {rest, clock, gateway, goLive, feed, names, toasts} = await givenScriptedFeed({limit: 2});
  rest.commit({name: 'Below the list'});
  rest.commit({name: 'Oldest'});
  const removed = rest.commit({name: 'Removed'});
  await goLive();
  gateway().onEnd('lost');
  rest.remove(removed.id);
  await clock.advance(1000);
  gateway().onObserving();
  await clock.advance(500);
  expect([names(), toasts]).toEqual([['Oldest'], []]);

  gateway().onEnd('lost');
  const changed = rest.commit({name: 'Changed', version: 2}, true); // or an old one that has moved here
  await clock.advance(5000);
  gateway().onObserving();
  await clock.advance(500);
  expect([names(), toasts]).toEqual([['Changed', 'Oldest'], []]);
  rest.release(); // the changes know that it is new
  feed.refresh();
  await clock.advance(0);
  expect(toasts).toEqual([hintOf(changed)]);
});

test('a row that is shown is no news after a gap, however many inquiries came since', async () => {
  const {rest, clock, gateway, goLive, feed, names, toasts} = await givenScriptedFeed({limit: 1});
  rest.pageSize = Infinity;
  rest.commit();
  rest.commit({name: 'Shown'});
  await goLive();
  for (let count = 0; count <= 20_000; count++) rest.commit({createdAt: '2025-01-01T00:00:00.000Z', status: 'spam'});
  feed.refresh();
  await clock.advance(0);
  gateway().onEnd('lost');
  await clock.advance(1000);
  gateway().onObserving();
  await clock.advance(500);
  expect(rest.requests.at(-1)).toBe('list');
  expect([names(), toasts]).toEqual([['Shown'], []]);
});

test('without a gateway it polls every 15 seconds, and tries to connect ever less often', async () => {
  const {rest, clock, gateway, feed, connections} = await givenScriptedFeed();
  for (let seconds = 0; seconds < 120; seconds++) {
    if (connections.length > 0 && !gateway().isClosed) {
      gateway().isClosed = true;
      gateway().onEnd('lost');
    }
    await clock.advance(1000);
  }
  expect(feed.snapshot().status).toBe('polling');
  expect(rest.requests.length).toBeGreaterThanOrEqual(8);
  expect(rest.requests.length).toBeLessThanOrEqual(10);
  expect(connections.length).toBeLessThanOrEqual(10);
});

test('a page that is shown while it loads does not read before the gateway has acknowledged', async () => {
  const {rest, clock, page, goLive} = await givenScriptedFeed();
  page.onVisible();
  await clock.advance(100);
  expect(rest.requests).toEqual([]);
  await goLive();
  expect(rest.requests).toEqual(['list']);
});

test('does not wait for a gateway that is silent', async () => {
  const {rest, clock, feed} = await givenScriptedFeed();
  await clock.advance(1999);
  expect(rest.requests).toEqual([]);
  await clock.advance(1);
  expect([rest.requests, feed.snapshot().status]).toEqual([['list'], 'polling']);
});

test('keeps the list while REST is away, backs off, and comes back', async () => {
  const {rest, clock, gateway, goLive, feed, names} = await givenScriptedFeed();
  rest.commit({name: 'Kept'});
  await goLive();
  rest.failing = () => {
    throw new TypeError('fetch failed');
  };
  gateway().onHint(hintOf(rest.commit({name: 'Meanwhile'})));
  await clock.advance(300);
  expect(feed.snapshot()).toMatchObject({status: 'offline', failure: 'network'});
  expect(names()).toEqual(['Kept']);
  const reads = rest.requests.length;
  for (let count = 0; count < 120; count++) {
    gateway().onHint(hintOf(givenInquiry(50))); // hints do not undo the backoff
    await clock.advance(1000);
  }
  expect(rest.requests.length - reads).toBeGreaterThanOrEqual(5);
  expect(rest.requests.length - reads).toBeLessThanOrEqual(10);
  expect(feed.ageMs()).toBeGreaterThan(120_000);
  rest.failing = () => undefined;
  await clock.advance(31_000);
  expect(feed.snapshot()).toMatchObject({status: 'live', failure: undefined});
  expect(names()).toEqual(['Meanwhile', 'Kept']);
  expect(feed.ageMs()).toBeLessThan(31_000);
});

test.each([
  ['seconds', () => '20'],
  ['a date', () => new Date(Date.UTC(2026, 0, 1, 0, 0, 21)).toUTCString()],
])('honours Retry-After in %s, also against whoever looks at the page', async (_, value) => {
  const {rest, clock, goLive, feed, page} = await givenScriptedFeed();
  await goLive();
  rest.failing = () => new Response('{}', {status: 503, headers: {'Retry-After': value()}});
  feed.refresh();
  await clock.advance(0);
  expect(feed.snapshot()).toMatchObject({status: 'offline', failure: 'unavailable'});
  const reads = rest.requests.length;
  page.onVisible();
  page.onOnline();
  await clock.advance(19_000);
  expect(rest.requests.length).toBe(reads);
  await clock.advance(2000);
  expect(rest.requests.length).toBe(reads + 1);
});

test('a Retry-After of a day, or of a clock that differs, silences it for five minutes at most', async () => {
  const {rest, clock, goLive, feed} = await givenScriptedFeed();
  await goLive();
  rest.failing = () => new Response('{}', {status: 429, headers: {'Retry-After': 'Fri, 01 Jan 2027 00:00:00 GMT'}});
  feed.refresh();
  await clock.advance(0);
  rest.failing = () => undefined;
  await clock.advance(302_000);
  expect(feed.snapshot().status).toBe('live');
});

test('reads again when the page is looked at or the network is back', async () => {
  const {rest, clock, goLive, page} = await givenScriptedFeed();
  await goLive();
  await clock.advance(5000);
  page.onVisible();
  await clock.advance(0);
  page.onOnline();
  await clock.advance(500);
  expect(rest.requests).toHaveLength(3);
});

test('after a night asleep it reads and connects anew, and one wrong clock does not make it young', async () => {
  const {rest, clock, goLive, feed, connections, names} = await givenScriptedFeed();
  await goLive();
  clock.sleep(24 * 3600_000);
  expect(feed.ageMs()).toBeGreaterThan(24 * 3600_000 - 1);
  rest.commit({name: 'At night'});
  await clock.advance(15_500);
  expect(names()).toEqual(['At night']);
  expect([connections.length, connections[0]?.isClosed]).toEqual([2, true]);
  clock.sleep(-48 * 3600_000); // the clock is set back
  await clock.advance(10_000);
  expect(feed.ageMs()).toBeGreaterThanOrEqual(10_000);
});

test('the list is bounded and has no holes: an old inquiry that changes does not come back', async () => {
  const {rest, clock, goLive, feed, names} = await givenScriptedFeed({limit: 2});
  const old = rest.commit({name: '1'});
  rest.commit({name: '2'});
  rest.commit({name: '3'});
  await goLive();
  expect(names()).toEqual(['3', '2']);
  rest.commit({id: old.id, version: 2});
  rest.commit({name: '4'});
  feed.refresh();
  await clock.advance(0);
  expect(names()).toEqual(['4', '3']);
});

test('of several topics it shows those, and drops what moves to another', async () => {
  const {rest, clock, goLive, feed, names, gateway, toasts} = await givenScriptedFeed({topics: ['sales', 'press']});
  const row = rest.commit({name: 'Moves'});
  await goLive();
  rest.commit({name: 'Press', topic: 'press'});
  rest.commit({name: 'Support', topic: 'support'});
  rest.commit({id: row.id, topic: 'support', version: 2});
  gateway().onHint({...hintOf(givenInquiry(1)), topic: 'support'});
  feed.refresh();
  await clock.advance(0);
  expect(names()).toEqual(['Press']);
  expect(toasts).toHaveLength(1);
});

test('the snapshot is the same object until something changes, and so are its rows', async () => {
  const {rest, clock, goLive, feed} = await givenScriptedFeed();
  rest.commit();
  await goLive();
  const before = feed.snapshot();
  expect(feed.snapshot()).toBe(before);
  await clock.advance(70_000);
  expect(feed.snapshot()).not.toBe(before); // it is younger
  expect(feed.snapshot().inquiries).toBe(before.inquiries);
});

test('a listener is not called while nothing has changed', async () => {
  const {clock, gateway, feed} = await givenScriptedFeed();
  let emitted = 0;
  feed.subscribe(() => (emitted += 1));
  gateway().onEnd('lost');
  gateway().onEnd('lost');
  expect(emitted).toBe(0);
  await clock.advance(0);
  expect(emitted).toBeGreaterThan(0);
});

test('a listener that throws is reported, and disturbs no other', async () => {
  const errors: unknown[] = [];
  const {goLive, feed} = await givenScriptedFeed({onListenerError: error => errors.push(error)});
  const heard: string[] = [];
  feed.subscribe(() => {
    throw new Error('sync');
  });
  const rejecting = (): unknown => Promise.reject(new Error('async'));
  feed.subscribe(rejecting);
  const unsubscribe = feed.subscribe(({status}) => heard.push(status));
  await goLive();
  expect(heard.at(-1)).toBe('live');
  expect(errors.map(String)).toEqual(expect.arrayContaining(['Error: sync', 'Error: async']));
  unsubscribe();
  const count = heard.length;
  feed.refresh();
  await settle();
  expect(heard).toHaveLength(count);
});

test('as an iterator it begins with the present state, skips what a slow reader missed, and ends at close', async () => {
  const {rest, clock, goLive, feed} = await givenScriptedFeed();
  await goLive();
  const seen: number[] = [];
  const reading = (async () => {
    for await (const {inquiries} of feed) seen.push(inquiries.length);
  })();
  await settle();
  for (let count = 0; count < 3; count++) {
    rest.commit();
    feed.refresh();
    await clock.advance(0);
  }
  feed.close();
  await reading;
  expect(seen).toEqual([0, 1, 2, 3]);
  for await (const {status} of feed) throw new Error(`emitted ${status} after close`);
});

test('an iterator that is left listens no more', async () => {
  const {feed} = await givenScriptedFeed();
  const iterator = feed[Symbol.asyncIterator]();
  await iterator.next();
  const waiting = iterator.next();
  await iterator.return?.();
  expect(await waiting).toEqual({done: true, value: undefined});
  expect(await iterator.next()).toEqual({done: true, value: undefined});
});

test('close ends everything, at any moment, and nothing is emitted after it', async () => {
  const moments = [
    async () => undefined,
    async ({goLive}: Awaited<ReturnType<typeof givenScriptedFeed>>) => goLive(),
    async ({gateway}: Awaited<ReturnType<typeof givenScriptedFeed>>) => gateway().onEnd('lost'),
  ];
  for (const moment of moments) {
    const scripted = await givenScriptedFeed();
    const {feed, clock, connections, rest} = scripted;
    await moment(scripted);
    let emitted = 0;
    feed.subscribe(() => (emitted += 1));
    rest.failing = () => new Promise(() => undefined); // a request that never ends but by its signal
    feed.refresh();
    feed.close();
    feed.close();
    scripted.connections.at(-1)?.onHint(hintOf(givenInquiry(1)));
    await clock.advance(0);
    expect([clock.waiting, emitted, connections.every(({isClosed}) => isClosed || moment === moments[2])]).toEqual([
      0,
      0,
      true,
    ]);
  }
});

test.each([
  ['ends with its signal', true],
  ['does not care', false],
])('close cancels the request that runs, also when it %s', async (_, cares) => {
  let signal: AbortSignal | null | undefined;
  const {clock, gateway, feed} = await givenScriptedFeed({
    fetch: (_url, init) => {
      ({signal} = init);
      return new Promise((_resolve, reject) => {
        if (cares) signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
    },
  });
  gateway().onObserving();
  await clock.advance(0);
  expect(signal?.aborted).toBe(false);
  feed.close();
  await settle();
  expect([signal?.aborted, clock.waiting]).toEqual([true, 0]);
});

test('a request that is not answered is given up', async () => {
  const {rest, clock, goLive, feed} = await givenScriptedFeed({
    fetch: (url, init) =>
      url.includes('changes')
        ? new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))))
        : rest.fetch(url, init),
  });
  await goLive();
  feed.refresh();
  await clock.advance(20_000);
  expect(feed.snapshot()).toMatchObject({status: 'offline', failure: 'network'});
});

test.each([
  [{restUrl: undefined}, /restUrl/],
  [{gatewayUrl: 1}, /gatewayUrl/],
  [{getToken: 'token'}, /getToken/],
  [{topics: []}, /topics/],
  [{limit: 0}, /limit/],
  [{limit: 5001}, /limit/],
  [{limit: 1.5}, /limit/],
])('refuses options that cannot work: %j', async (wrong, message) => {
  await expect(givenScriptedFeed(wrong as object)).rejects.toThrow(message);
});
