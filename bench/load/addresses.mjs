// Who asks: each has a client address of its own (Linux has all of 127.0.0.0/8), as a server sees it that trusts no proxy.
export const ATTACKER = '127.0.0.2';
export const VISITOR = '127.0.0.3';
export const BALANCER = '127.0.0.4';
export const BACK_OFFICE = '127.0.0.5';

/** Where to connect to, from this address, and what to put into the Host field. */
export function targetOf(url, localAddress) {
  const {hostname: host, port, host: authority} = new URL(url);
  return {url, host, port: Number(port), authority, localAddress};
}
