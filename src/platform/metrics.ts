// A Prometheus registry per process role, and the small internal HTTP server that exposes it. It listens on
// METRICS_PORT, never on the public port. No label ever comes from user input.
import {createServer, type Server} from 'node:http';
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

/** Serves `GET /metrics` and `GET /health`, which names the build; resolves once it listens. */
export async function startInternalServer({host, port, registry, health}: InternalServerOptions): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = async () => {
      if (request.url === '/metrics') {
        response.setHeader('Content-Type', registry.contentType).end(await registry.metrics());
      } else if (request.url === '/health') {
        response.setHeader('Content-Type', 'application/json').end(JSON.stringify({...BUILD, ...(await health())}));
      } else {
        response.writeHead(404).end();
      }
    };
    answer().catch(() => response.writeHead(500).end());
  });
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
