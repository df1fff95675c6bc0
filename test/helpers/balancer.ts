// A TCP balancer: one address, several servers behind it, in turn. It is what stands in front of replicas, and what
// lets a test start a server again on another port.
import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';
import {onTeardown} from './teardown';

export interface Balancer {
  /** `http://127.0.0.1:port` */
  url: string;
  /** From now on these servers, by their URLs; what is open stays open. None: a connection is closed at once. */
  use(...urls: string[]): void;
  /** Closes every open connection. */
  cut(): void;
}

export async function givenBalancer(...urls: string[]): Promise<Balancer> {
  let targets: number[] = [];
  let next = 0;
  const use = (...servers: string[]) => void (targets = servers.map(server => Number(new URL(server).port)));
  use(...urls);
  const clients = new Set<Socket>();
  const server = createServer({pauseOnConnect: true}, client => {
    clients.add(client);
    client.on('error', () => undefined); // the page sees it, not the balancer
    client.on('close', () => clients.delete(client));
    forward(client, [...targets.slice(next), ...targets.slice(0, next)]);
    next = targets.length === 0 ? 0 : (next + 1) % targets.length;
  });
  const cut = () => clients.forEach(client => client.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTeardown(async () => {
    const closed = once(server, 'close');
    server.close();
    cut();
    await closed;
  });
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, use, cut}; // it listens on a port
}

/** To the first server that answers. */
function forward(client: Socket, [port, ...others]: number[]): void {
  if (port === undefined) {
    client.destroy();
    return;
  }
  const upstream = connect({host: '127.0.0.1', port, noDelay: true});
  const end = () => client.destroy();
  upstream.once('error', () => forward(client, others));
  upstream.once('connect', () => {
    upstream.removeAllListeners('error').on('error', end).on('close', end);
    client.on('close', () => upstream.destroy());
    client.pipe(upstream).pipe(client);
  });
}
