// A Prometheus registry per process role, and the small internal HTTP server that exposes it, beside the probes. It listens
// on METRICS_PORT, never on the public port. No label ever comes from user input.
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
  /** What `GET /ready` says. */
  readiness: () => Promise<ReadinessReport>;
}

/** The body of `GET /ready`: 200 with it when `ready`, otherwise 503. */
export interface ReadinessReport {
  status: 'ready' | 'not-ready';
}

/** The body of `GET /live`. */
export const LIVE = {status: 'live'} as const;

// Node checks at this interval, in milliseconds, whether the reader has taken anything, and ends the connection when it
// took nothing since the check before: after twice this time at the latest.
const IDLE_TIMEOUT_MS = 15_000;
const MAX_CONNECTIONS = 64;
const SLOW_SENDERS = {headersTimeout: 5000, requestTimeout: 5000, connectionsCheckingInterval: 5000};

/**
 * Serves `GET /metrics`, `GET /health`, which names the build, and the probes `GET /live` and `GET /ready`, whatever
 * their query; resolves once it listens. A probe here does not queue behind connections of the public port.
 */
export async function startInternalServer(options: InternalServerOptions): Promise<Server> {
  const {host, port, registry, health, readiness} = options;
  const answer = async ({url}: IncomingMessage, response: ServerResponse) => {
    switch (url?.split('?')[0]) {
      case '/metrics': {
        const text = await registry.metrics();
        response.setHeader('Content-Type', registry.contentType).end(text);
        return;
      }
      case '/health':
        answerJson(response, {...BUILD, ...(await health())});
        return;
      case '/live':
        answerJson(response, LIVE);
        return;
      case '/ready': {
        const report = await readiness();
        response.statusCode = report.status === 'ready' ? 200 : 503;
        answerJson(response, report);
        return;
      }
      default:
        response.writeHead(404).end();
    }
  };
  const server = createServer(SLOW_SENDERS, (request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end()); // nothing was sent yet
  });
  server.maxRequestsPerSocket = 1; // scrapes are rare; pipelined ones would all be rendered at once
  server.maxConnections = MAX_CONNECTIONS;
  server.timeout = IDLE_TIMEOUT_MS;
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

function answerJson(response: ServerResponse, body: object): void {
  const text = JSON.stringify(body);
  response.setHeader('Content-Type', 'application/json').setHeader('Cache-Control', 'no-store').end(text);
}

/** Stops the internal server at once; scrapes are short and are tried again. */
export async function stopInternalServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
