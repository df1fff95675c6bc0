// What a gateway takes from the outside: WebSocket only, from allowed origins, one namespace, one small event.
import {randomBytes} from 'node:crypto';
import {type IncomingHttpHeaders, request} from 'node:http';
import {text} from 'node:stream/consumers';
import {io} from 'socket.io-client';
import {OBSERVATION_NAMESPACE} from '../../../src/contract/rooms';
import {eventually} from '../../helpers/eventually';
import {
  ALLOWED_ORIGIN,
  connectSocket,
  givenGateway,
  givenObserver,
  givenRedisKey,
  type ObservationClient,
  sharedRedisUrl,
  type TestGateway,
} from '../../helpers/gateway';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer} from '../../helpers/tokens';

let gateway: TestGateway;
let token: string;

beforeAll(async () => {
  const issuer = await givenTokenIssuer();
  token = await issuer.sign();
  gateway = await givenGateway({issuer, redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()});
});

interface Answer {
  /** 101 when the WebSocket was opened. */
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Asks for the WebSocket itself, below socket.io. */
async function upgrade(headers: Record<string, string>, {url} = gateway): Promise<Answer> {
  const asked = request(`${url}/socket.io/?EIO=4&transport=websocket`, {
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      ...headers,
    },
  });
  return new Promise((resolve, reject) => {
    asked.once('upgrade', ({statusCode: status, headers: answered}, socket) => {
      socket.destroy();
      resolve({status, headers: answered, body: ''});
    });
    asked.once('response', response => {
      const {statusCode: status, headers: answered} = response;
      text(response).then(body => resolve({status, headers: answered, body}), reject);
    });
    asked.once('error', reject);
    asked.end();
  });
}

test.each([
  'https://evil.test',
  `${ALLOWED_ORIGIN}.evil.test`,
  `${ALLOWED_ORIGIN}:8443`,
  ALLOWED_ORIGIN.replace('https', 'http'),
  `${ALLOWED_ORIGIN}/`,
  ALLOWED_ORIGIN.toUpperCase(),
  'null',
  '*',
])('the WebSocket is refused to the origin %s, also with a good token', async origin => {
  expect((await upgrade({Origin: origin})).status).toBe(403);
  await expect(connectSocket(gateway.url, {token}, origin)).rejects.toThrow('websocket error');
});

test('the WebSocket is open to an allowed origin, and to programs that send none', async () => {
  expect((await upgrade({Origin: ALLOWED_ORIGIN})).status).toBe(101);
  expect((await upgrade({})).status).toBe(101);
  const socket = await connectSocket(gateway.url, {token}, ALLOWED_ORIGIN);
  expect(socket.connected).toBe(true);
});

test('a wildcard lets in each origin one label below its domain, and no other', async () => {
  const issuer = await givenTokenIssuer();
  const own = await givenGateway({
    issuer,
    redisUrl: sharedRedisUrl(),
    redisKey: givenRedisKey(),
    allowedOrigins: ['https://*.preview.example.org'],
  });
  const statusOf = async (origin: string) => (await upgrade({Origin: origin}, own)).status;
  expect(await statusOf('https://pr-7.preview.example.org')).toBe(101);
  for (const origin of ['https://preview.example.org', 'https://a.b.preview.example.org', ALLOWED_ORIGIN]) {
    expect([origin, await statusOf(origin)]).toEqual([origin, 403]);
  }
});

test('who debugs a refused origin learns why: by the answer, and by the log with the variable, at most a line a second', async () => {
  const issuer = await givenTokenIssuer();
  const own = await givenGateway({issuer, redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()});
  const {host} = new URL(own.url);
  const count = 20;
  const answers = await Promise.all(
    // What Python's websocket-client sends: the address of the gateway itself.
    Array.from({length: count}, () => upgrade({Origin: `http://${host}`}, own)),
  );
  for (const {status, headers, body} of answers) {
    expect([status, headers['content-type'], headers.connection]).toEqual([403, 'application/problem+json', 'close']);
    const {detail, ...problem} = JSON.parse(body) as Record<string, unknown>;
    expect(problem).toEqual({type: '/problems/origin-not-allowed', title: 'The origin is not allowed', status: 403});
    expect(detail).toMatch(/ALLOWED_ORIGINS.*no browser.*without/);
    expect(body).not.toContain(host);
  }
  const lines = () => own.lines.filter(({msg}) => msg === 'gateway.origin.refused');
  await eventually(() => expect(lines().reduce((sum, line) => sum + Number(line.count), 0)).toBe(count));
  expect(lines()[0]).toMatchObject({level: 'warn', variable: 'ALLOWED_ORIGINS'});
  expect(lines().length).toBeLessThan(count / 2);
  expect(JSON.stringify(lines())).not.toContain(host);
});

test('long polling is refused, for a new session and for a POST', async () => {
  const path = `${gateway.url}/socket.io/?EIO=4&transport=polling`;
  const answers = await Promise.all([fetch(path), fetch(path, {method: 'POST', body: '40'})]);
  for (const answer of answers) {
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain('sid');
  }
});

test.each(['/', '/admin', '/observation/', '/observation-2'])(
  'the namespace %s lets nobody in, also with a good token',
  async namespace => {
    const socket = io(gateway.url + namespace, {
      transports: ['websocket'],
      auth: {token},
      forceNew: true,
      reconnection: false,
    });
    onTeardown(() => Promise.resolve(socket.disconnect()));
    const outcome = await new Promise<string>(resolve => {
      socket.once('connect', () => resolve('connected'));
      socket.once('connect_error', error => resolve(error.message));
    });
    expect(outcome).toBe('Invalid namespace');
  },
);

// socket.io-client types know only what the contract allows; these tests send the rest.
type AnyEmit = (event: string | number, ...args: unknown[]) => unknown;

test.each<[string, (emit: AnyEmit) => unknown]>([
  ['another event', emit => emit('chat', 'hello')],
  ['another event with an acknowledgement', emit => emit('subscribe', {}, () => undefined)],
  ['the name of the server event', emit => emit('INQUIRY_SUBMITTED', {})],
  ['an event whose name is a number', emit => emit(1, {}, () => undefined)],
  ['observe in other letters', emit => emit('OBSERVE', {}, () => undefined)],
  ['observe without an acknowledgement', emit => emit('observe', {topics: ['sales']})],
  ['observe with nothing at all', emit => emit('observe')],
  ['observe with only an acknowledgement', emit => emit('observe', () => undefined)],
])('a client that sends %s is disconnected', async (_title, send) => {
  const socket = await connectSocket(gateway.url, {token});
  const reason = disconnectionOf(socket);
  send(socket.emit.bind(socket) as AnyEmit);
  expect(await reason).toBe('io server disconnect');
});

test('a message beyond 10 KB closes the connection, one below does not', async () => {
  const socket = await connectSocket(gateway.url, {token});
  const topics = Array.from({length: 100}, (_, index) => `topic-${index}`.padEnd(40, 'x'));
  expect(await socket.timeout(5000).emitWithAck('observe', {topics})).toMatchObject({error: 'forbidden'});
  const reason = disconnectionOf(socket);
  socket.emit('observe', {topics: ['x'.repeat(10_001)]}, () => undefined);
  expect(await reason).toBe('transport close');
});

test('bytes that are no packet close their own connection and no other', async () => {
  const [socket, bystander] = await Promise.all([
    connectSocket(gateway.url, {token}),
    givenObserver(gateway.url, token),
  ]);
  const reason = disconnectionOf(socket);
  socket.io.engine.write('42/observation,{"not an event');
  expect(await reason).toMatch(/^(transport close|io server disconnect)$/);
  expect(await bystander.socket.timeout(5000).emitWithAck('observe', {})).toMatchObject({ok: true});
});

test.each([
  ['null', null],
  ['a text', 'sales'],
  ['an array', ['sales']],
  ['topics that are a text', {topics: 'sales'}],
  ['topics that are null', {topics: null}],
  ['a topic that is a number', {topics: [1]}],
  ['a topic that is null', {topics: ['sales', null]}],
  ['bytes', {topics: [Buffer.from('sales')]}],
  ['101 topics', {topics: Array.from({length: 101}, (_, index) => `topic-${index}`)}],
  ['an unknown field', {topics: ['sales'], rooms: ['inquiries']}],
])('observe with %s is answered bad_request, joins no room and keeps the rooms that were', async (_title, body) => {
  const {socket} = await givenObserver(gateway.url, token, ['press']);
  const emitWithAck = socket.timeout(5000).emitWithAck.bind(socket.timeout(5000)) as (...args: unknown[]) => unknown;
  expect(await emitWithAck('observe', body)).toEqual({ok: false, granted: [], denied: [], error: 'bad_request'});
  const joined = gateway.io.of(OBSERVATION_NAMESPACE).sockets.get(socket.id ?? '')?.rooms;
  expect([...(joined ?? [])]).toEqual(['inquiries:press']);
});

test('the number of sockets is a metric, and goes down when they leave', async () => {
  const issuer = await givenTokenIssuer();
  const own = await givenGateway({issuer, redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()});
  const gauge = async () => /^outreach_gateway_sockets (\d+)$/m.exec(await own.registry.metrics())?.[1];
  const auth = {token: await issuer.sign()};
  expect(await gauge()).toBe('0');
  const sockets = await Promise.all([connectSocket(own.url, auth), connectSocket(own.url, auth)]);
  expect(await gauge()).toBe('2');
  sockets[0].disconnect();
  await eventually(async () => expect(await gauge()).toBe('1'));
});

/** The reason of the disconnection that follows; call it before what causes that. */
function disconnectionOf(socket: ObservationClient): Promise<string> {
  let reason: string | undefined;
  socket.once('disconnect', given => (reason = given));
  return eventually(() => {
    if (reason === undefined) throw new Error('the client is still connected');
    return reason;
  }, 5000);
}
