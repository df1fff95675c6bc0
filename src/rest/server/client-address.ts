// Who a request is from, as far as the network says it: for sharing out what there is, never for letting anybody in.
import type {IncomingMessage} from 'node:http';
import {isIP, isIPv6} from 'node:net';

/** By what a request says who its client is, where proxies are in front. */
export interface ClientSource {
  proxyHops: number;
  /** In lower case: a header that the outermost proxy sets, whatever the client has sent; then the hops do not count. */
  header?: string;
}

/** Do clients connect by themselves, so that an address of a connection is a client? */
export function isDirect({proxyHops, header}: ClientSource): boolean {
  return proxyHops === 0 && header === undefined;
}

/**
 * The client that a request counts for: the address in the header, where one is configured; the address of its connection, or
 * behind `proxyHops` proxies the entry of `X-Forwarded-For` that the outermost of them has added. IPv6 by its first 64 bits,
 * since that is what one subscriber has (RFC 6177). What is no address counts for the connection's own address.
 */
export function clientOf({headers, socket}: IncomingMessage, {proxyHops, header}: ClientSource): string {
  if (header !== undefined) {
    const named = headers[header];
    const address = typeof named === 'string' ? lastEntries(named, 1) : undefined;
    return networkOf(address ?? socket.remoteAddress ?? '');
  }
  if (proxyHops === 0) return networkOf(socket.remoteAddress ?? '');
  const forwarded = headers['x-forwarded-for']; // Node joins several fields with commas, in their order
  const entry = typeof forwarded === 'string' ? lastEntries(forwarded, proxyHops) : undefined;
  return networkOf(entry ?? socket.remoteAddress ?? '');
}

/** An address as the client that it stands for; text that is no address is itself. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, ''); // IPv4 on a socket for both; a zone
  return isIPv6(plain) ? firstGroups(plain) : plain;
}

// From the end, and no further than the hops: what a client has written before them may be long, and is not looked at.
function lastEntries(forwarded: string, hops: number): string | undefined {
  let end = forwarded.length;
  for (let hop = 1; hop < hops; hop += 1) {
    end = forwarded.lastIndexOf(',', end - 1);
    if (end <= 0) return undefined; // fewer entries than proxies: none of them is trusted
  }
  const entry = forwarded.slice(forwarded.lastIndexOf(',', end - 1) + 1, end).trim();
  if (entry.length > MAX_ENTRY_LENGTH) return undefined;
  const address = entry.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1'); // some proxies add the port
  return isIP(address) === 0 ? undefined : address;
}
const MAX_ENTRY_LENGTH = 60; // an IPv6 address with an IPv4 one in it, brackets and a port

// The first 4 of the 8 groups, each without leading zeros.
function firstGroups(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const behind = tail === '' ? [] : tail.split(':');
    const width = behind.length + (tail.includes('.') ? 1 : 0); // an IPv4 address stands for two groups
    while (groups.length + width < 8) groups.push('0');
    groups.push(...behind);
  }
  return `${groups
    .slice(0, 4)
    .map(group => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
