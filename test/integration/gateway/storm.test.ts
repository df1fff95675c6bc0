// Everybody at once, as after the loss of another replica: all are let in, and each hears of an event once.
import {readFileSync} from 'node:fs';
import {connect} from 'node:net';
import {OBSERVATION_NAMESPACE} from '../../../src/contract/rooms';
import {givenEmitter} from '../../helpers/emitter';
import {eventually} from '../../helpers/eventually';
import {givenGateway, givenRedisKey, sharedRedisUrl} from '../../helpers/gateway';
import {givenRawObserver, type RawObserver} from '../../helpers/raw-observer';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const CLIENTS = 1000;
const CLIENT_TIMEOUT_MS = 10_000; // src/client/observation/observation-connection.ts
const TCP_TABLE = '/proc/net/tcp';

let issuer: TokenIssuer;
let redis: {redisUrl: string; redisKey: string};

beforeAll(async () => {
  issuer = await givenTokenIssuer();
  redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
});

/** How many observers have what they wait for; each must have it once. */
function countOf(observers: RawObserver[], text: string): number {
  const counts = observers.map(observer => observer.text().split(text).length - 1);
  expect(Math.max(...counts)).toBeLessThanOrEqual(1);
  return counts.filter(count => count === 1).length;
}

test('a thousand clients that come in one instant are let in, hear of an event once, and come back', async () => {
  const token = await issuer.sign();
  const emitter = await givenEmitter(redis);
  let port = 0;
  for (let generation = 0; generation < 2; generation++) {
    const gateway = await givenGateway({issuer, ...redis, port});
    port = Number(new URL(gateway.url).port);
    const startedAt = performance.now();
    const observers = await Promise.all(Array.from({length: CLIENTS}, () => givenRawObserver(gateway.url, token)));
    expect(performance.now() - startedAt).toBeLessThan(CLIENT_TIMEOUT_MS);
    expect(gateway.io.of(OBSERVATION_NAMESPACE).sockets.size).toBe(CLIENTS);
    const inquiryId = await emitter.send('sales');
    await eventually(() => expect(countOf(observers, `"inquiryId":"${inquiryId}"`)).toBe(CLIENTS));
    await gateway.stop();
  }
});

/** TCP connections to the port whose handshake has got no answer yet: their SYN was dropped, or is on its way. */
function unanswered(port: number): number {
  const remote = `:${port.toString(16).toUpperCase().padStart(4, '0')} 02 `; // SYN_SENT
  return readFileSync(TCP_TABLE, 'utf8')
    .split('\n')
    .filter(line => line.includes(remote)).length;
}

test('none of as many connections as the kernel lets wait has to ask twice', async () => {
  const kernelLimit = Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'));
  const gateway = await givenGateway({issuer, ...redis});
  const port = Number(new URL(gateway.url).port);
  const count = Math.min(CLIENTS, kernelLimit - 1);
  const sockets = Array.from({length: count}, () => connect(port, '127.0.0.1').on('error', () => undefined));
  onTeardown(async () => sockets.forEach(socket => socket.destroy()));
  await new Promise(resolve => process.nextTick(resolve)); // all have asked now, and the gateway has had no turn yet
  expect(unanswered(port)).toBe(0);
  sockets.forEach(socket => socket.destroy());
});
