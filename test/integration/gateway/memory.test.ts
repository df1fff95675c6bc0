// What a gateway keeps of a socket: no token, no headers, no room of its own, and one timer for all.
import {OBSERVATION_NAMESPACE} from '../../../src/contract/rooms';
import {inspect} from 'node:util';
import {eventually} from '../../helpers/eventually';
import {connectSocket, givenGateway, givenObserver, givenRedisKey, sharedRedisUrl} from '../../helpers/gateway';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let issuer: TokenIssuer;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
});

const givenOwnGateway = () => givenGateway({issuer, redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()});

test('a socket that was let in leads to neither its token nor its headers', async () => {
  const gateway = await givenOwnGateway();
  const token = await issuer.sign();
  await connectSocket(gateway.url, {token}, 'https://backoffice.test');
  const [socket] = gateway.io.of(OBSERVATION_NAMESPACE).sockets.values();
  const reachable = inspect(socket, {depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null});
  const [, payload = '', signature = ''] = token.split('.');
  expect(reachable).not.toContain(signature);
  expect(reachable).not.toContain(payload);
  expect(reachable).not.toContain('https://backoffice.test');
  expect(socket?.handshake.auth).toEqual({});
});

test('sessions of different length end in turn, whoever left before', async () => {
  const gateway = await givenOwnGateway();
  const connect = async (expiresIn: number) => {
    const {socket} = await givenObserver(gateway.url, await issuer.sign({expiresIn}));
    const session = {socket, endedAt: 0, expectedAt: Date.now() + expiresIn * 1000};
    socket.once('disconnect', () => (session.endedAt = Date.now()));
    return session;
  };
  const [lasting, third, second, first] = [await connect(3600), await connect(5), await connect(3), await connect(2)];
  first.socket.disconnect();
  await eventually(() => expect(third.endedAt).not.toBe(0));
  expect(second.endedAt).not.toBe(0);
  expect(third.endedAt).toBeGreaterThan(second.endedAt);
  for (const {endedAt, expectedAt} of [second, third]) {
    expect(Math.abs(endedAt - expectedAt)).toBeLessThan(1500); // the token's end is a whole second
  }
  expect(lasting.socket.connected).toBe(true);
  lasting.socket.disconnect();
});
