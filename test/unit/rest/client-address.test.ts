// clientOf: whom a request counts for, behind so many proxies.
import {IncomingMessage} from 'node:http';
import {Socket} from 'node:net';
import {clientOf, networkOf} from '../../../src/rest/server/client-address';

function requestFrom(address: string, forwarded?: string): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', {value: address});
  const request = new IncomingMessage(socket);
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded;
  return request;
}

test.each([
  ['no proxy: what a client claims is not looked at', '192.0.2.1', '6.6.6.6', 0, '192.0.2.1'],
  ['one proxy: the entry that it has added, the last', '10.0.0.1', '6.6.6.6, 192.0.2.1', 1, '192.0.2.1'],
  ['two proxies: the last but one', '10.0.0.1', '6.6.6.6, 192.0.2.1,10.0.0.2', 2, '192.0.2.1'],
  ['fewer entries than proxies: none is trusted', '10.0.0.1', '6.6.6.6', 2, '10.0.0.1'],
  ['none at all', '10.0.0.1', undefined, 1, '10.0.0.1'],
  ['an entry that is no address', '10.0.0.1', 'unknown', 1, '10.0.0.1'],
  ['an entry that is long', '10.0.0.1', '1'.repeat(8000), 1, '10.0.0.1'],
  ['an empty entry', '10.0.0.1', '6.6.6.6,', 1, '10.0.0.1'],
  ['a port behind the address', '10.0.0.1', '192.0.2.1:4711', 1, '192.0.2.1'],
  ['brackets and a port', '10.0.0.1', '[2001:db8:1:2::3]:4711', 1, '2001:db8:1:2::/64'],
])('%s', (_, address, forwarded, hops, client) => {
  expect(clientOf(requestFrom(address, forwarded), {proxyHops: hops})).toBe(client);
});

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['192.0.2.1', '192.0.2.1'],
  ['', ''],
])('%s stands for %s', (address, client) => {
  expect(networkOf(address)).toBe(client);
});
