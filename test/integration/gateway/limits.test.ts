// What one connection may ask of a gateway: beyond that it is cut off and counted, and nobody else notices.
import {OBSERVATION_NAMESPACE} from '../../../src/contract/rooms';
import {MAX_CONNECT_PACKETS, MAX_MESSAGES} from '../../../src/gateway/limited-websocket';
import {eventually} from '../../helpers/eventually';
import {givenGateway, givenObserver, givenRedisKey, sharedRedisUrl, type TestGateway} from '../../helpers/gateway';
import {
  clientFrame,
  givenRawObserver,
  openWebSocket,
  pingFrame,
  pongFrame,
  type RawObserver,
  textFrame,
} from '../../helpers/raw-observer';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const OBSERVE = textFrame('42/observation,0["observe",{}]');
const FIN = 0x80;

let issuer: TokenIssuer;
let gateway: TestGateway;
let token: string;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
  token = await issuer.sign();
  gateway = await givenGateway({issuer, redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()});
});

const connectPacket = (auth: object, namespace = OBSERVATION_NAMESPACE) =>
  textFrame(`40${namespace === '/' ? '' : `${namespace},`}${JSON.stringify(auth)}`);
const countOf = (text: string, part: string) => text.split(part).length - 1;
const times = (count: number, frame: Buffer) => Buffer.concat(Array<Buffer>(count).fill(frame));

/** Resolves once the connection is closed, in order or by a reset. */
function closeOf({socket}: RawObserver): Promise<void> {
  return new Promise(resolve => socket.once('close', () => resolve()));
}

/** Connections that were cut so far, by reason. */
async function cuts(): Promise<Record<string, number>> {
  const text = await gateway.registry.metrics();
  const found = text.matchAll(/^outreach_gateway_cut_connections_total\{reason="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...found].map(([, reason = '', count]) => [reason, Number(count)]));
}

/** Sends the bytes, and resolves once the gateway has ended the connection for this reason alone. */
async function expectCut(observer: RawObserver, bytes: Buffer, reason: string): Promise<void> {
  const before = await cuts();
  const closed = closeOf(observer);
  observer.socket.write(bytes);
  await closed;
  const expected = {...before, [reason]: (before[reason] ?? NaN) + 1};
  await eventually(async () => expect(await cuts()).toEqual(expected));
}

describe('messages', () => {
  test('as many as the limit are answered, one more in the same packet ends the connection', async () => {
    const observer = await givenRawObserver(gateway.url, token); // has sent two
    await expectCut(observer, times(1000, OBSERVE), 'messages');
    expect(countOf(observer.text(), '43/observation')).toBeLessThanOrEqual(MAX_MESSAGES - 1);
  });

  test('as many as the limit leave the connection open', async () => {
    const observer = await givenRawObserver(gateway.url, token);
    observer.socket.write(times(MAX_MESSAGES - 2, OBSERVE));
    await eventually(() => expect(countOf(observer.text(), '43/observation')).toBe(MAX_MESSAGES - 1));
    expect(observer.socket.destroyed).toBe(false);
    observer.socket.destroy();
  });

  test.each([
    ['pings', pingFrame(Buffer.from('x'))],
    ['pongs', pongFrame()],
    ['empty messages', textFrame('')],
    ['binary messages', clientFrame(FIN | 0x02, Buffer.from([1]))],
    ["engine.io's pongs", textFrame('3')],
  ])('a flood of %s ends the connection, also before it has shown a token', async (_title, frame) => {
    const observer = await openWebSocket(gateway.url);
    const closed = closeOf(observer);
    observer.socket.write(times(20_000, frame));
    await closed;
    expect(countOf(observer.text(), '\x8a')).toBeLessThanOrEqual(MAX_MESSAGES); // pongs
  });

  test('a message of many fragments ends the connection', async () => {
    const observer = await openWebSocket(gateway.url);
    const closed = closeOf(observer);
    observer.socket.write(
      Buffer.concat([clientFrame(0x01, Buffer.from('4')), times(5000, clientFrame(0, Buffer.alloc(0)))]),
    );
    await closed;
  });

  test('a ping within the limit is answered with its payload', async () => {
    const {socket, text} = await openWebSocket(gateway.url);
    socket.write(pingFrame(Buffer.from('are you there')));
    await eventually(() => expect(text()).toContain('\x8a\x0dare you there'));
    socket.destroy();
  });

  test('eight floods of pings hold up neither probes nor observers', async () => {
    const before = await cuts();
    const {socket} = await givenObserver(gateway.url, token);
    const flood = times(10_000, pingFrame());
    const floods = await Promise.all(Array.from({length: 8}, () => openWebSocket(gateway.url)));
    const closed = floods.map(each => closeOf(each));
    for (const each of floods) each.socket.write(flood);
    expect((await fetch(`${gateway.url}/live`)).status).toBe(200);
    await Promise.all(closed);
    await eventually(async () => expect((await cuts()).messages).toBe((before.messages ?? NaN) + 8));
    expect(await socket.timeout(5000).emitWithAck('observe', {})).toMatchObject({ok: true});
    expect(floods.map(({text}) => countOf(text(), '\x8a\x00') <= MAX_MESSAGES)).not.toContain(false);
    socket.disconnect();
  });

  test('the log has a line a second for each reason, and no id', async () => {
    const lines = gateway.lines.filter(({msg}) => msg === 'gateway.connection.cut');
    const fields = new Set(lines.flatMap(line => Object.keys(line)));
    expect(fields).toEqual(new Set(['level', 'time', 'reason', 'count', 'msg']));
  });
});

describe('handshakes', () => {
  test('a hundred CONNECT packets with a good token in one network packet give no second socket', async () => {
    const {sockets} = gateway.io.of(OBSERVATION_NAMESPACE);
    await eventually(() => expect(sockets.size).toBe(0));
    const observer = await openWebSocket(gateway.url);
    const closed = closeOf(observer);
    observer.socket.write(times(100, connectPacket({token})));
    await closed;
    expect(countOf(observer.text(), '40/observation,{"sid"')).toBeLessThanOrEqual(1);
    await eventually(() => expect(sockets.size).toBe(0));
  });

  test('a hundred CONNECT packets at once end the connection, which is counted once', async () => {
    await expectCut(await openWebSocket(gateway.url), times(100, connectPacket({token})), 'handshakes');
  });

  test('CONNECT packets to other namespaces are refused, and one more than the limit ends the connection', async () => {
    const observer = await openWebSocket(gateway.url);
    const invalid = () => countOf(observer.text(), '"Invalid namespace"');
    observer.socket.write(times(MAX_CONNECT_PACKETS, connectPacket({}, '/')));
    await eventually(() => expect(invalid()).toBe(MAX_CONNECT_PACKETS));
    await expectCut(observer, connectPacket({token}), 'handshakes');
  });

  test('a refused token may be followed by a good one, and a second refused one ends the connection', async () => {
    const bad = connectPacket({token: 'a.b.c'});
    const refusals = ({text}: RawObserver) => countOf(text(), '44/observation,{"message":"unauthorized"}');
    const [mended, stubborn] = [await openWebSocket(gateway.url), await openWebSocket(gateway.url)];
    for (const each of [mended, stubborn]) {
      each.socket.write(bad);
      await eventually(() => expect(refusals(each)).toBe(1));
    }
    mended.socket.write(connectPacket({token}));
    await eventually(() => expect(mended.text()).toContain('40/observation,{"sid"'));
    await expectCut(stubborn, bad, 'refused_tokens');
    expect(refusals(stubborn)).toBe(2);
    mended.socket.destroy();
  });

  test('another CONNECT packet of a socket that was let in ends the connection', async () => {
    const observer = await givenRawObserver(gateway.url, token);
    const closed = closeOf(observer);
    observer.socket.write(connectPacket({token}));
    await closed;
  });
});

describe('a close frame', () => {
  test('that the peer does not answer is followed by the end a second later', async () => {
    const observer = await givenRawObserver(gateway.url, token);
    const [socket] = [...gateway.io.of(OBSERVATION_NAMESPACE).sockets.values()].slice(-1);
    const closed = closeOf(observer);
    const startedAt = performance.now();
    socket?.conn.close();
    await eventually(() => expect(observer.text()).toContain('\x88')); // the frame came
    await closed;
    expect(performance.now() - startedAt).toBeGreaterThan(900);
    expect(performance.now() - startedAt).toBeLessThan(15_000); // ws's own patience is 30 s
  });
});
