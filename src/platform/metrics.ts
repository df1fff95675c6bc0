// A Prometheus registry per process role, and the small internal HTTP server that exposes it. It listens on
// METRICS_PORT, never on the public port. No label ever comes from user input.
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {once} from 'node:events';
import {collectDefaultMetrics, Counter, Registry} from 'prom-client';
import {BUILD} from './build';
import {droppedLogLines} from './log-writer';

export {Counter, Gauge, Histogram} from 'prom-client';
export type {Registry};

/** A registry with the process's own figures (CPU, memory, event loop lag, dropped log lines). */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({register: registry});
  new Counter({
    name: 'outreach_log_dropped_lines_total',
    help: 'Log lines that were dropped because nobody read the log, or it could not be written.',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(droppedLogLines());
    },
  });
  return registry;
}

export interface InternalServerOptions {
  host: string;
  port: number;
  registry: Registry;
  /** Detail for `GET /health`; its values must hold no secrets. */
  health: () => Promise<object>;
}

// Node looks after this many milliseconds whether a reader has taken anything, and ends the connection when it took
// nothing since the look before: after twice as long at the latest.
const IDLE_TIMEOUT_MS = 15_000;
const MAX_CONNECTIONS = 64;
const SLOW_SENDERS = {headersTimeout: 5000, requestTimeout: 5000, connectionsCheckingInterval: 5000};

/** Serves `GET /metrics` and `GET /health`, which names the build, whatever their query; resolves once it listens. */
export async function startInternalServer({host, port, registry, health}: InternalServerOptions): Promise<Server> {
  const answer = async ({url}: IncomingMessage, response: ServerResponse) => {
    const path = url?.split('?')[0];
    if (path === '/metrics') {
      const text = await registry.metrics();
      response.setHeader('Content-Type', registry.contentType).end(text);
    } else if (path === '/health') {
      const text = JSON.stringify({...BUILD, ...(await health())});
      response.setHeader('Content-Type', 'application/json').end(text);
    } else {
      response.writeHead(404).end();
    }
  };
  const server = createServer(SLOW_SENDERS, (request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end()); // nothing was sent yet
  });
  server.maxRequestsPerSocket = 1; // a scrape is rare, and many that are pipelined would be made at once
  server.maxConnections = MAX_CONNECTIONS;
  server.timeout = IDLE_TIMEOUT_MS;
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

/** Stops the internal server at once; scrapes are short and are tried again. */
export async function stopInternalServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
