// A TCP proxy that plays a broken network between a process and its dependency: it refuses, accepts without ever
// answering, freezes what is open, or cuts it.
import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Server, type Socket} from 'node:net';
import {onTeardown} from './teardown';

export interface TcpProxy {
  port: number;
  /** Forwards again, also what was held back meanwhile. */
  pass(): Promise<void>;
  /** Closes the listener and every connection: a connect is refused. */
  refuse(): Promise<void>;
  /** Accepts and never answers; what is open stays open and carries nothing. */
  blackHole(): void;
  /** What is open carries nothing from now on, for good, while new connections pass: half-open. */
  freeze(): void;
  /** What is sent arrives from now on, and no answer to it comes back. */
  holdAnswers(): void;
  /** Closes every connection at once; new ones pass. */
  cut(): void;
  /** How many connections it has accepted so far. */
  accepted(): number;
}

interface Pair {
  client: Socket;
  upstream: Socket | undefined;
  held: boolean;
}

/** Starts a proxy in front of `target` that passes everything at first. */
export async function givenTcpProxy(target: {host: string; port: number}): Promise<TcpProxy> {
  const port = await steadyPort();
  const pairs = new Set<Pair>();
  let answering = true;
  let accepted = 0;
  let server: Server | undefined;

  const link = (pair: Pair) => {
    const upstream = connect({...target, noDelay: true});
    pair.upstream = upstream;
    upstream.on('error', () => pair.client.destroy());
    upstream.on('close', () => pair.client.destroy());
    pair.client.pipe(upstream).pipe(pair.client);
  };
  const hold = (pair: Pair) => {
    const {client, upstream} = pair;
    if (!upstream) return;
    pair.held = true;
    client.unpipe(upstream).pause();
    upstream.unpipe(client).pause();
  };
  const cut = () => {
    for (const {client, upstream} of pairs) {
      client.destroy();
      upstream?.destroy();
    }
  };
  const accept = (client: Socket) => {
    const pair: Pair = {client, upstream: undefined, held: false};
    pairs.add(pair);
    accepted += 1;
    client.setNoDelay(true);
    client.on('error', () => undefined); // the process under test sees it, not the proxy
    client.on('close', () => {
      pairs.delete(pair);
      pair.upstream?.destroy();
    });
    if (answering) link(pair);
  };
  const listen = async () => {
    if (server) return;
    server = createServer({pauseOnConnect: true}, accept).listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const close = async () => {
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    server = undefined;
    cut();
    await closed;
  };

  await listen();
  onTeardown(close);
  return {
    port,
    pass: async () => {
      answering = true;
      for (const pair of pairs) {
        const {client, upstream, held} = pair;
        if (!upstream) link(pair);
        else if (held) client.pipe(upstream).pipe(client); // piped twice, every byte would be sent twice
        pair.held = false;
      }
      await listen();
    },
    refuse: close,
    blackHole: () => {
      answering = false;
      pairs.forEach(hold);
    },
    freeze: () => pairs.forEach(hold),
    holdAnswers: () => {
      for (const {client, upstream} of pairs) upstream?.unpipe(client).pause();
    },
    cut,
    accepted: () => accepted,
  };
}

/**
 * A free port below the ephemeral range: no outgoing connection takes it while nothing listens there, and no client
 * that keeps trying connects to itself.
 */
export async function steadyPort(): Promise<number> {
  for (;;) {
    const server = createServer();
    const listening = once(server, 'listening').then(
      () => true,
      () => false, // taken: try another
    );
    server.listen(20_000 + Math.floor(Math.random() * 10_000), '127.0.0.1');
    if (!(await listening)) continue;
    const {port} = server.address() as AddressInfo; // it listens on a port
    server.close();
    await once(server, 'close');
    return port;
  }
}
