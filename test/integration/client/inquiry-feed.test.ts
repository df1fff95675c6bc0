// The live list on real PostgreSQL, REST, Redis and gateway: what it shows and toasts on a good day.
import {Client} from 'pg';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {settled} from '../../helpers/feed';
import {givenGateway, givenRedisKey, sharedRedisUrl, type TestGateway} from '../../helpers/gateway';
import {givenSubmission} from '../../helpers/inquiries';
import {watchInquiries, type WatchedFeed} from '../../helpers/inquiry-feed';
import {givenRest, type TestRest} from '../../helpers/rest';
import {steadyPort} from '../../helpers/tcp-proxy';
import {givenTokenIssuer, type TokenClaims, type TokenIssuer} from '../../helpers/tokens';

const ALL_SCOPES = 'inquiries:read inquiries:observe inquiries:triage privacy:erase';

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;
let gateway: TestGateway;
let redis: {redisUrl: string; redisKey: string};

beforeAll(async () => {
  redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer, ...redis});
  gateway = await givenGateway({issuer, ...redis});
});

async function submit(fields: Record<string, unknown> = {}): Promise<string> {
  const response = await rest.post('/inquiries', givenSubmission(fields));
  expect(response.status).toBe(201);
  return ((await response.json()) as {id: string}).id;
}

async function givenLiveFeed(
  claims: TokenClaims = {},
  topics?: string[],
  gatewayUrl = gateway.url,
): Promise<WatchedFeed> {
  await settled(database); // what the horizon holds back now would come later, as new
  const token = await issuer.sign({scope: ALL_SCOPES, ...claims});
  const feed = watchInquiries({restUrl: rest.url, gatewayUrl, getToken: () => token, topics});
  await feed.is('live');
  return feed;
}

const toastedIds = (feed: WatchedFeed) => feed.toasts.map(({inquiryId}) => inquiryId);
const shownIds = (feed: WatchedFeed) => feed.snapshot().inquiries.map(({id}) => id);

test('shows what is there without a toast, and a new inquiry with one toast and one row', async () => {
  const there = await submit();
  const feed = await givenLiveFeed();
  expect(shownIds(feed)).toContain(there);
  const id = await submit({name: 'Grace Hopper'});
  await feed.shows(id);
  expect(feed.snapshot().inquiries[0]).toMatchObject({id, name: 'Grace Hopper', topic: 'sales'});
  expect(toastedIds(feed)).toEqual([id]);
  expect(feed.snapshot().status).toBe('live');
});

test('is live, by one connection, when each token has claims of its own', async () => {
  let asked = 0;
  const getToken = () => {
    const id = String(++asked);
    return issuer.sign({others: {jti: id, 'https://issuer.test/session': {id}}});
  };
  const feed = watchInquiries({restUrl: rest.url, gatewayUrl: gateway.url, getToken});
  await feed.is('live');
  const before = asked;
  for (let count = 0; count < 3; count++) {
    const id = await submit();
    await feed.shows(id);
    expect(toastedIds(feed)).toContain(id);
  }
  expect(asked).toBeGreaterThan(before); // each read had another token
  expect(feed.snapshots.slice(feed.snapshots.findIndex(({status}) => status === 'live'))).not.toContainEqual(
    expect.objectContaining({status: expect.not.stringMatching('live') as string}),
  );
});

test('200 inquiries in a burst: each exactly once, as a toast and as a row', async () => {
  const feed = await givenLiveFeed();
  const ids: string[] = [];
  for (let batch = 0; batch < 20; batch++) {
    ids.push(...(await Promise.all(Array.from({length: 10}, () => submit()))));
  }
  await feed.shows(...ids);
  const barrier = await submit();
  await feed.shows(barrier);
  expect(toastedIds(feed).sort()).toEqual([...ids, barrier].sort());
  expect(new Set(shownIds(feed)).size).toBe(shownIds(feed).length);
});

/** What commits elsewhere in the cluster meanwhile, until `commit`, is above the horizon. */
async function withOpenTransaction(run: (commit: () => Promise<unknown>) => Promise<void>): Promise<void> {
  const client = new Client({connectionString: database.url});
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_current_xact_id()');
    await run(() => client.query('COMMIT'));
  } finally {
    await client.end();
  }
}

async function expectHeldBack(): Promise<void> {
  const token = await issuer.sign();
  const changes = await rest.get(`/inquiries/changes?after=${await feedCursor(token)}`, token);
  expect(await changes.json()).toMatchObject({data: [], hasMore: false});
}

test('a row whose position in the feed is held back by a long transaction shows at once all the same', async () => {
  const feed = await givenLiveFeed();
  await withOpenTransaction(async commit => {
    const ids = await Promise.all([submit(), submit(), submit()]);
    await feed.shows(...ids);
    await expectHeldBack();
    await commit();
    feed.refresh();
    const barrier = await submit();
    await feed.shows(barrier);
    expect(toastedIds(feed).sort()).toEqual([...ids, barrier].sort());
  });
});

test('so does one that was submitted while the gateway was away, as soon as the gateway is back', async () => {
  const port = await steadyPort();
  const first = await givenGateway({issuer, ...redis, port});
  const feed = await givenLiveFeed({}, undefined, first.url);
  await withOpenTransaction(async commit => {
    await first.stop();
    await feed.is('polling');
    const id = await submit();
    await givenGateway({issuer, ...redis, port});
    await eventually(() => expect(shownIds(feed)).toContain(id));
    await expectHeldBack();
    await commit();
    await settled(database, id);
    feed.refresh();
    const barrier = await submit();
    await feed.shows(barrier);
    expect(toastedIds(feed)).toEqual([id, barrier]);
  });
});

async function feedCursor(token: string): Promise<string> {
  return (await rest.get('/inquiries?limit=1', token)).headers.get('Feed-Cursor') ?? '';
}

test('a change of status, an erasure and a move to another topic show; none of them toasts', async () => {
  const [changed, erased, moved] = [await submit(), await submit({email: 'erase.me@example.org'}), await submit()];
  const feed = await givenLiveFeed({}, ['sales', 'press']);
  const token = await issuer.sign({scope: ALL_SCOPES});
  const patch = (id: string, body: object) =>
    fetch(`${rest.url}/inquiries/${id}`, {
      method: 'PATCH',
      headers: {Authorization: `Bearer ${token}`, 'Content-Type': 'application/merge-patch+json', 'If-Match': '"1"'},
      body: JSON.stringify(body),
    });
  expect((await patch(changed, {status: 'in_progress'})).status).toBe(200);
  expect((await patch(moved, {topic: 'careers'})).status).toBe(200);
  const erasure = await rest.post('/erasures', {email: 'erase.me@example.org'}, {Authorization: `Bearer ${token}`});
  expect(erasure.status).toBe(200);
  await settled(database);
  feed.refresh();
  await eventually(() => {
    expect(shownIds(feed)).toContain(changed);
    expect(shownIds(feed)).not.toContain(erased);
    expect(shownIds(feed)).not.toContain(moved);
    expect(feed.snapshot().inquiries.find(({id}) => id === changed)?.status).toBe('in_progress');
  });
  expect(feed.toasts).toEqual([]);
});

test.each([
  ['one topic', ['press']],
  ['several topics', ['press', 'careers']],
])('of %s it shows and toasts nothing else', async (_, topics) => {
  const feed = await givenLiveFeed({}, topics);
  const other = await submit({topic: 'sales'});
  const ours = await submit({topic: 'press'});
  await feed.shows(ours);
  expect(toastedIds(feed)).toEqual([ours]);
  expect(shownIds(feed)).not.toContain(other);
  expect(feed.snapshot().inquiries.filter(({topic}) => !topics.includes(topic))).toEqual([]);
});

test('a token without the scope to observe gets the list by polling', async () => {
  const token = await issuer.sign({scope: 'inquiries:read'});
  const feed = watchInquiries({restUrl: rest.url, gatewayUrl: gateway.url, getToken: () => token});
  await feed.is('polling');
  const id = await submit();
  feed.refresh();
  await feed.shows(id);
  expect(toastedIds(feed)).toEqual([id]);
});

test('when the token expires, the gateway ends the session, and a fresh one goes on', async () => {
  const asked: boolean[] = [];
  let token = await issuer.sign({expiresIn: 2});
  const feed = watchInquiries({
    restUrl: rest.url,
    gatewayUrl: gateway.url,
    getToken: async ({refused}) => {
      asked.push(refused);
      if (refused) token = await issuer.sign();
      return token;
    },
  });
  await feed.is('live');
  expect(asked).not.toContain(true);
  await eventually(() => expect(asked).toContain(true));
  await feed.is('live');
  const id = await submit();
  await feed.shows(id);
  expect(toastedIds(feed)).toEqual([id]);
  expect(feed.snapshots.filter(({status}) => status === 'unauthorized')).toEqual([]);
});

test('a refused token is asked for anew, not in a tight loop, and says unauthorized meanwhile', async () => {
  let token = await issuer.sign({audience: 'another'});
  const asked: boolean[] = [];
  const feed = watchInquiries({
    restUrl: rest.url,
    gatewayUrl: gateway.url,
    getToken: ({refused}) => {
      asked.push(refused);
      return token;
    },
  });
  await feed.is('unauthorized');
  expect(feed.snapshot().failure).toBe('unauthorized');
  expect(asked.length).toBeLessThan(10);
  expect(asked[0]).toBe(false);
  expect(asked.at(-1)).toBe(true);
  token = await issuer.sign();
  await feed.is('live');
});

test('a cursor that the server does not know any more makes it start over', async () => {
  await submit();
  const feed = await givenLiveFeed();
  await database.query('TRUNCATE inquiry CASCADE'); // a table that lost rows without a trace: 410
  const id = await submit();
  await eventually(() => expect(shownIds(feed)).toEqual([id]));
  expect(feed.snapshot().status).toBe('live');
});
