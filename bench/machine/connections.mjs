// The TCP connections of this machine, from /proc.
import {readFileSync} from 'node:fs';

const ESTABLISHED = '01';

/** How many from this IPv4 address a server on this port has accepted and not closed; NaN where there is no /proc. */
export function acceptedConnections({port, localAddress: from}) {
  const client = from
    .split('.')
    .reverse()
    .map(part => Number(part).toString(16).padStart(2, '0'))
    .join('');
  const [serverPort, clientAddress] = [`:${port.toString(16).padStart(4, '0')}`, `${client}:`];
  const isOne = ([, local, remote, state, , , , , , inode]) =>
    local?.endsWith(serverPort.toUpperCase()) &&
    remote.startsWith(clientAddress.toUpperCase()) &&
    state === ESTABLISHED &&
    inode !== '0'; // one that waits to be accepted has none
  try {
    const lines = readFileSync('/proc/net/tcp', 'latin1').split('\n');
    return lines.filter(line => isOne(line.trim().split(/\s+/))).length;
  } catch {
    return NaN;
  }
}
