// The tabs of a browser share one socket: a real Chromium, a real gateway that counts.
import type {BrowserContext} from 'playwright-core';
import {givenBrowser} from '../helpers/browser';
import {type FeedPage, givenPageServer, openFeedPage, type PageServer} from '../helpers/client-page';
import {givenDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenGateway, givenRedisKey, sharedRedisUrl, type TestGateway} from '../helpers/gateway';
import {givenSubmission} from '../helpers/inquiries';
import {givenRest, type TestRest} from '../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

let server: PageServer;
let issuer: TokenIssuer;
let rest: TestRest;
let gateway: TestGateway;
let context: BrowserContext;

beforeAll(async () => {
  const redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
  server = await givenPageServer();
  issuer = await givenTokenIssuer();
  const {url: databaseUrl} = await givenDatabase();
  rest = await givenRest({databaseUrl, issuer, ...redis, env: {ALLOWED_ORIGINS: server.origin}});
  gateway = await givenGateway({issuer, ...redis, allowedOrigins: [server.origin]});
  context = await (await givenBrowser()).newContext();
}, 60_000);

afterEach(async () => {
  for (const page of context.pages()) await page.close();
  await eventually(() => expect(sockets()).toBe(0));
});

const sockets = () => gateway.io.of('/observation').sockets.size;

async function submit(fields: Record<string, unknown> = {}): Promise<string> {
  const response = await rest.post('/inquiries', givenSubmission(fields));
  expect(response.status).toBe(201);
  return ((await response.json()) as {id: string}).id;
}

function openTab(token: string, topics?: string[]): Promise<FeedPage> {
  return openFeedPage(context, server.origin, {token, restUrl: rest.url, gatewayUrl: gateway.url, topics});
}

async function givenTwoTabs(): Promise<[leader: FeedPage, follower: FeedPage, token: string]> {
  const token = await issuer.sign();
  const leader = await openTab(token);
  await leader.is('live');
  const follower = await openTab(token);
  await follower.is('live');
  return [leader, follower, token];
}

test('two tabs have one socket, and each shows a new inquiry with one toast and one row', async () => {
  const [first, second] = await givenTwoTabs();
  const id = await submit();
  await Promise.all([first.shows(id), second.shows(id)]);
  expect([await first.toastedIds(), await second.toastedIds()]).toEqual([[id], [id]]);
  expect(sockets()).toBe(1);
});

test('what the tabs send each other holds hints, and no token, name or subject', async () => {
  const [first, second, token] = await givenTwoTabs();
  const id = await submit({name: 'Very Secret'});
  await second.shows(id);
  const posted = [...(await first.posted()), ...(await second.posted())].join('\n');
  expect(posted).toContain(id);
  expect(posted).not.toContain('Very Secret');
  expect(posted).not.toContain('tester'); // the token's subject
  for (const part of token.split('.')) expect(posted).not.toContain(part);
});

test('when the leader is closed, the other tab takes over and misses nothing', async () => {
  const [leader, follower] = await givenTwoTabs();
  await leader.page.close();
  const meanwhile = await submit();
  await follower.shows(meanwhile);
  await follower.is('live');
  const id = await submit();
  await follower.shows(id);
  expect((await follower.toastedIds()).sort()).toEqual([meanwhile, id].sort());
  expect(sockets()).toBe(1);
});

test('when the leader hangs, the other tab takes over; when it is back, there is one socket again', async () => {
  const [leader, follower] = await givenTwoTabs();
  const devtools = await context.newCDPSession(leader.page);
  await devtools.send('Debugger.enable');
  await devtools.send('Debugger.pause'); // stops at the next thing that it does
  await eventually(() => expect(sockets()).toBe(2), 25_000); // the hung one cannot let go of its own
  await follower.is('live');
  const id = await submit();
  await follower.shows(id);
  await devtools.send('Debugger.disable');
  await eventually(() => expect(sockets()).toBe(1));
  const next = await submit();
  await Promise.all([leader.shows(id, next), follower.shows(next)]);
  expect([await leader.toastedIds(), await follower.toastedIds()]).toEqual([
    [id, next],
    [id, next],
  ]);
}, 60_000);

test('tabs whose tokens or topics differ do not share', async () => {
  const token = await issuer.sign();
  const tabs = [
    await openTab(token),
    await openTab(await issuer.sign({subject: 'another'})),
    await openTab(await issuer.sign({topics: ['sales']})),
    await openTab(token, ['press']),
  ];
  await Promise.all(tabs.map(tab => tab.is('live')));
  expect(sockets()).toBe(4);
  const id = await submit({topic: 'support'});
  const barrier = await submit({topic: 'press'});
  await Promise.all([tabs[0]?.shows(id, barrier), tabs[3]?.shows(barrier)]);
  expect(await tabs[3]?.toastedIds()).toEqual([barrier]);
  expect(await tabs[2]?.toastedIds()).toEqual([]);
});

test('tabs whose tokens were issued at different times share, since they say the same', async () => {
  const first = await openTab(await issuer.sign({expiresIn: 1000}));
  const second = await openTab(await issuer.sign({expiresIn: 2000}));
  await Promise.all([first.is('live'), second.is('live')]);
  expect(sockets()).toBe(1);
});

test('tabs share whatever their issuer adds to each token', async () => {
  const add = (session: string) => issuer.sign({others: {jti: session, 'https://issuer.test/session': session}});
  const [first, second] = [await openTab(await add('one')), await openTab(await add('two'))];
  await Promise.all([first.is('live'), second.is('live')]);
  expect(sockets()).toBe(1);
});
