// The TCP connections of this machine, from /proc.
import {readFileSync} from 'node:fs';

const ESTABLISHED = '01';

/**
 * How many from this IPv4 address to a server on this port it has not closed: those that it has accepted, and those that
 * wait for that. NaN where there is no /proc.
 */
export function openConnections({port, localAddress}) {
  const bytes = localAddress.split('.').map(Number);
  const [server, client] = [hex(port, 4), bytes.map(byte => hex(byte, 2)).toReversed()];
  const pattern = new RegExp(`: \\w+:${server} ${client.join('')}:(\\w+) ${ESTABLISHED} (?:\\S+ +){5}(\\d+)`, 'g');
  try {
    const found = [...readFileSync('/proc/net/tcp', 'latin1').matchAll(pattern)];
    const inodes = new Map(found.map(([, clientPort, inode]) => [clientPort, inode])); // a line may be there twice
    const waiting = [...inodes.values()].filter(inode => inode === '0').length; // which has none until it is accepted
    return {accepted: inodes.size - waiting, waiting};
  } catch {
    return {accepted: NaN, waiting: NaN};
  }
}

function hex(number, digits) {
  return number.toString(16).toUpperCase().padStart(digits, '0');
}
