// Who gets in over the socket: the same bad tokens as on REST, the token's place, its expiry and its topics.
import {io} from 'socket.io-client';
import {OBSERVATION_NAMESPACE} from '../../../src/contract/rooms';
import {
  BAD_TOKENS,
  type ForgingIssuer,
  givenForgingIssuer,
  givenPayload,
  SECRET_SUBJECT,
} from '../../helpers/bad-tokens';
import {givenEmitter, type TestEmitter} from '../../helpers/emitter';
import {
  connectSocket,
  givenGateway,
  givenObserver,
  givenRedisKey,
  sharedRedisUrl,
  type TestGateway,
  TOPICS,
} from '../../helpers/gateway';
import {onTeardown} from '../../helpers/teardown';

let issuer: ForgingIssuer;
let gateway: TestGateway;
let emitter: TestEmitter;

beforeAll(async () => {
  const redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
  issuer = await givenForgingIssuer();
  [gateway, emitter] = await Promise.all([givenGateway({issuer, ...redis}), givenEmitter(redis)]);
});

function connectedSockets(): number {
  return gateway.io.of(OBSERVATION_NAMESPACE).sockets.size;
}

/** 'connected', or the message of the connect_error. */
async function outcomeOf(auth: Record<string, unknown>): Promise<string> {
  return connectSocket(gateway.url, auth).then(
    () => 'connected',
    (error: unknown) => (error instanceof Error ? error.message : 'no error object'),
  );
}

test.each(BAD_TOKENS)('$title is refused, and nothing of it is in the log', async ({refusal, make}) => {
  const token = await make(issuer);
  expect(await outcomeOf(token === undefined ? {} : {token})).toBe(refusal); // the whole message: nothing else is in it
  expect(connectedSockets()).toBe(0);
  expect(gateway.text()).not.toContain(SECRET_SUBJECT);
  if (token !== undefined) expect(gateway.text()).not.toContain(token);
});

test.each([[''], [7], [null], [{}], [['a.b.c']], [true]])('a token that is %j is refused', async token => {
  expect(await outcomeOf({token})).toBe('unauthorized');
});

test('a good token in the URL or in a header does not count: only auth.token does', async () => {
  const token = await issuer.sign();
  const header = {Authorization: `Bearer ${token}`};
  for (const place of [{query: {token}}, {query: {auth: token}}, {extraHeaders: header}, {auth: {jwt: token}}]) {
    const socket = io(gateway.url + OBSERVATION_NAMESPACE, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...place,
    });
    onTeardown(() => Promise.resolve(socket.disconnect()));
    const outcome = await new Promise<string>(resolve => {
      socket.once('connect', () => resolve('connected'));
      socket.once('connect_error', error => resolve(error.message));
    });
    expect({place: Object.keys(place), outcome}).toEqual({place: Object.keys(place), outcome: 'unauthorized'});
  }
  expect(await outcomeOf({token})).toBe('connected');
});

test('a token that expires while connected ends the connection at its exp, and no event after it arrives', async () => {
  const [expiring, barrier] = await Promise.all([
    issuer.sign({expiresIn: 3}).then(async token => ({token, observer: await givenObserver(gateway.url, token)})),
    givenObserver(gateway.url, await issuer.sign()),
  ]);
  const {token, observer} = expiring;
  const {exp} = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {exp: number};
  const before = await emitter.send('sales');
  await observer.receives(before);
  const ended = await new Promise<{reason: string; at: number}>(resolve =>
    observer.socket.once('disconnect', reason => resolve({reason, at: Date.now()})),
  );
  expect(ended.reason).toBe('io server disconnect');
  expect(ended.at).toBeGreaterThanOrEqual(exp * 1000 - 20); // a timer may be some milliseconds early
  expect(ended.at).toBeLessThan(exp * 1000 + 1000); // the verifier's tolerance of 5 s does not count here
  await barrier.receives(await emitter.send('sales'));
  expect(observer.events.map(({data}) => data.inquiryId)).toEqual([before]);
});

test('an expired token does not come back in, not even within the tolerance for clocks', async () => {
  const token = await issuer.signPayload(givenPayload({exp: Math.floor(Date.now() / 1000) - 1}));
  expect(await outcomeOf({token})).toBe('unauthorized');
});

test('a topic outside the claim is denied, and its events do not arrive', async () => {
  const token = await issuer.sign({topics: ['sales']});
  const [refused, partly] = await Promise.all([
    givenObserver(gateway.url, token, ['press']),
    givenObserver(gateway.url, token, ['press', 'sales']),
  ]);
  expect(refused.ack).toEqual({ok: false, granted: [], denied: ['press'], error: 'forbidden'});
  expect(partly.ack).toEqual({ok: true, granted: ['sales'], denied: ['press']});
  await emitter.send('press');
  const barrier = await emitter.send('sales');
  await partly.receives(barrier);
  expect(partly.events.map(({data}) => data.inquiryId)).toEqual([barrier]);
  await refused.socket.timeout(5000).emitWithAck('observe', {}); // what was sent to it came before this answer
  expect(refused.events).toEqual([]);
});

test('a claim of some topics that asks for all gets only those', async () => {
  const observer = await givenObserver(gateway.url, await issuer.sign({topics: ['sales', 'support']}));
  expect(observer.ack).toEqual({ok: true, granted: ['sales', 'support'], denied: []});
  for (const topic of TOPICS) await emitter.send(topic);
  await observer.receives(await emitter.send('sales'));
  expect(observer.events.map(({data}) => data.topic)).toEqual(['sales', 'support', 'sales']);
});

test('an empty topic claim sees nothing, whatever it asks for', async () => {
  const token = await issuer.sign({topics: []});
  const [all, sales, barrier] = await Promise.all([
    givenObserver(gateway.url, token),
    givenObserver(gateway.url, token, ['sales']),
    givenObserver(gateway.url, await issuer.sign()),
  ]);
  expect(all.ack).toEqual({ok: false, granted: [], denied: [], error: 'forbidden'});
  expect(sales.ack).toEqual({ok: false, granted: [], denied: ['sales'], error: 'forbidden'});
  await barrier.receives(await emitter.send('sales'));
  for (const {socket, events} of [all, sales]) {
    await socket.timeout(5000).emitWithAck('observe', {topics: ['sales']});
    expect(events).toEqual([]);
  }
});
