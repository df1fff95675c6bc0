// How the client asks for its token: one question at a time, with a deadline, and honest about refusals.
import {createTokens} from '../../../src/client/runtime/tokens';
import {identityOf, sharingKey} from '../../../src/client/runtime/token-identity';
import {givenClock, settle} from '../../helpers/fake-clock';
import {givenScriptedFeed} from '../../helpers/scripted-service';

function givenTokens(getToken: (request: {refused: boolean}) => string | undefined | Promise<string | undefined>) {
  const clock = givenClock();
  const seen: string[] = [];
  const tokens = createTokens({
    getToken,
    clock,
    onToken: token => seen.push(token),
    signal: new AbortController().signal,
  });
  return {clock, seen, tokens};
}

test('those who ask at once share one question', async () => {
  let asked = 0;
  const {tokens} = givenTokens(async () => `token ${++asked}`);
  expect(await Promise.all([tokens.get(), tokens.get()])).toEqual(['token 1', 'token 1']);
  expect(await tokens.get()).toBe('token 2');
});

test('says that the last token was refused until there is another, or it is accepted after all', async () => {
  const asked: boolean[] = [];
  let token = 'old';
  const {tokens, seen} = givenTokens(({refused}) => {
    asked.push(refused);
    return token;
  });
  await tokens.get();
  tokens.refuse('old');
  await tokens.get();
  tokens.accept('old');
  await tokens.get();
  tokens.refuse('old');
  token = 'new';
  await tokens.get();
  tokens.refuse('old'); // by a request that took longer
  await tokens.get();
  expect(asked).toEqual([false, true, false, true, false]);
  expect(seen).toEqual(['old', 'new']);
});

test.each([
  ['rejects', 'token-failed', () => Promise.reject(new Error('secret'))],
  [
    'throws',
    'token-failed',
    () => {
      throw new Error('secret');
    },
  ],
  ['gives none', 'no-token', () => undefined],
  ['gives an empty one', 'no-token', () => ''],
])('when getToken %s the failure is %s, and the error holds nothing of it', async (_, failure, getToken) => {
  const error: unknown = await givenTokens(getToken)
    .tokens.get()
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({failure});
  expect(String(error)).not.toContain('secret');
});

test('a getToken that hangs is given up, and what it says later is dropped', async () => {
  let answer: (token: string) => void = () => undefined;
  const {tokens, clock, seen} = givenTokens(() => new Promise(resolve => (answer = resolve)));
  const asking = tokens.get().catch((error: unknown) => error);
  await clock.advance(30_000);
  expect(await asking).toMatchObject({failure: 'token-failed'});
  answer('late');
  await settle();
  expect([seen, clock.waiting]).toEqual([[], 0]);
});

test.each([
  ['there is no token', {status: 'unauthorized', failure: 'no-token'}, () => undefined],
  [
    'getToken fails',
    {status: 'offline', failure: 'token-failed'},
    () => Promise.reject(new Error('the issuer is away')),
  ],
])('while %s the feed says %j and asks ever less often; then it goes on', async (_, expected, answer) => {
  let asked = 0;
  const session: {token?: string} = {};
  const {feed, clock, connections} = await givenScriptedFeed({
    getToken: async () => {
      asked += 1;
      return session.token ?? answer();
    },
  });
  await clock.advance(120_000);
  expect(feed.snapshot()).toMatchObject(expected);
  expect(asked).toBeLessThan(25); // reads and connections ask each for themselves
  session.token = 'token';
  await clock.advance(31_000);
  expect([feed.snapshot().status, connections.length]).toEqual(['polling', 1]);
});

test('a 401 asks for a fresh token at once, and when that is refused too, ever less often', async () => {
  const asked: boolean[] = [];
  let token = 'old';
  const {feed, rest, clock, goLive} = await givenScriptedFeed({
    getToken: ({refused}) => {
      asked.push(refused);
      return token;
    },
  });
  await goLive();
  rest.failing = (_, sent) => (sent === 'old' ? new Response('{}', {status: 401}) : undefined);
  asked.length = 0;
  feed.refresh();
  await clock.advance(0);
  expect(asked).toEqual([false, true]);
  expect(feed.snapshot()).toMatchObject({status: 'unauthorized', failure: 'unauthorized'});
  await clock.advance(120_000);
  expect(asked.length).toBeLessThan(25);
  expect(new Set(asked.slice(1))).toEqual(new Set([true]));
  token = 'new';
  await clock.advance(31_000);
  expect(feed.snapshot().status).toBe('live');
});

test('a fresh token is used at once, and nobody notices', async () => {
  const {feed, rest, clock, goLive} = await givenScriptedFeed({getToken: ({refused}) => (refused ? 'new' : 'old')});
  await goLive();
  const statuses = new Set<string>();
  feed.subscribe(({status}) => statuses.add(status));
  rest.failing = (_, sent) => (sent === 'old' ? new Response('{}', {status: 401}) : undefined);
  await clock.advance(70_000);
  expect([rest.tokens, statuses]).toEqual([['old', 'old', 'new'], new Set(['live'])]);
});

test('a token that lacks the scope is not refused, only said', async () => {
  const asked: boolean[] = [];
  const {feed, rest, clock, goLive} = await givenScriptedFeed({
    getToken: ({refused}) => {
      asked.push(refused);
      return 'token';
    },
  });
  await goLive();
  rest.failing = () => new Response('{}', {status: 403});
  feed.refresh();
  await clock.advance(60_000);
  expect(feed.snapshot()).toMatchObject({status: 'unauthorized', failure: 'forbidden'});
  expect(asked).not.toContain(true);
});

test('the gateway refusing or ending a session asks for a fresh token; a lost connection does not', async () => {
  const asked: boolean[] = [];
  let token = 1;
  const {clock, goLive, gateway} = await givenScriptedFeed({
    getToken: ({refused}) => {
      asked.push(refused);
      return `token ${refused ? ++token : token}`;
    },
  });
  await goLive();
  for (const [reason, expected] of [
    ['lost', false],
    ['unauthorized', true],
    ['expired', true],
  ] as const) {
    gateway().onObserving();
    await clock.advance(20_000);
    asked.length = 0;
    gateway().onEnd(reason);
    await clock.advance(1000);
    expect([reason, asked[0]]).toEqual([reason, expected]);
  }
});

test('a token that says something else takes the connection with it, one that says the same does not', async () => {
  let token = jwt({sub: 'ada', topics: ['sales', 'press'], exp: 1});
  const {clock, goLive, feed, connections} = await givenScriptedFeed({getToken: () => token});
  await goLive();
  token = jwt({sub: 'ada', topics: ['sales', 'press'], exp: 2});
  feed.refresh();
  await clock.advance(0);
  expect(connections).toHaveLength(1);
  token = jwt({sub: 'ada', topics: ['sales'], exp: 2});
  feed.refresh();
  await clock.advance(0);
  expect(connections.map(each => [each.token === token, each.isClosed])).toEqual([
    [false, true],
    [true, false],
  ]);
});

test('after a new sign-in refresh() does not wait for the backoff', async () => {
  const session: {token?: string} = {};
  const {clock, feed, gateway} = await givenScriptedFeed({getToken: () => session.token});
  await clock.advance(120_000);
  session.token = 'token';
  feed.refresh();
  await clock.advance(0);
  gateway().onObserving();
  await clock.advance(500);
  expect(feed.snapshot().status).toBe('live');
});

test('close does not wait for a getToken that hangs', async () => {
  const {clock, feed} = await givenScriptedFeed({getToken: () => new Promise(() => undefined)});
  await clock.advance(2500);
  feed.close();
  await settle();
  expect(clock.waiting).toBe(0);
});

const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;
const scope = {restUrl: 'r', gatewayUrl: 'g', topics: undefined};

test('tokens share when they say the same but for times and their own id', async () => {
  const first = await sharingKey({...scope, token: jwt({sub: 'ada', scope: 'x', exp: 1, jti: '1'})});
  expect(await sharingKey({...scope, token: jwt({scope: 'x', iat: 5, exp: 2, sub: 'ada'})})).toBe(first);
  const others = [
    {...scope, token: jwt({sub: 'eve', scope: 'x'})},
    {...scope, token: jwt({sub: 'ada', scope: 'y'})},
    {...scope, token: jwt({sub: 'ada', scope: 'x', topics: ['sales']})},
    {...scope, token: jwt({sub: 'ada', scope: 'x'}), gatewayUrl: 'another'},
    {...scope, token: jwt({sub: 'ada', scope: 'x'}), restUrl: 'another'},
    {...scope, token: jwt({sub: 'ada', scope: 'x'}), topics: ['sales']},
    {...scope, token: 'opaque 1'},
    {...scope, token: 'opaque 2'},
  ];
  const keys = await Promise.all(others.map(other => sharingKey(other)));
  expect(new Set([first, ...keys]).size).toBe(others.length + 1);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
});

test.each(['', 'opaque', 'a.b', 'a.!!!.c', `a.${btoa('null')}.c`])('%j is no JWT', token => {
  expect(identityOf(token)).toBeUndefined();
});
