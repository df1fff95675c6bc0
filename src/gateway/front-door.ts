// The HTTP server in front of the WebSockets: it answers one request a connection, reads no body, and bounds how many
// connections there are and how long a request may take to arrive.
import {createServer, type IncomingMessage, type Server, ServerResponse, STATUS_CODES} from 'node:http';
import type {Duplex} from 'node:stream';
import {Counter, type Registry} from '../platform/metrics';
import type {RateLimitedLog} from '../platform/rate-limited-log';

export interface FrontDoorOptions {
  /** Further connections are closed when they are accepted, before anything is read; no bound when left out. */
  maxConnections?: number | undefined;
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  registry: Registry;
  log: RateLimitedLog;
}

/** Why a WebSocket is not opened; `problem` becomes the body of the answer. */
export interface UpgradeRefusal {
  status: number;
  problem?: {type: string; title: string; detail: string};
}

/** Path of the upgrades that engine.io takes. */
export const SOCKET_PATH = '/socket.io/';

const SLOW_SENDERS = {
  headersTimeout: 10_000, // ms from the connection's first moment
  requestTimeout: 10_000,
  connectionsCheckingInterval: 5000,
};
const MAX_HEADERS = 100;

// Each answer closes its connection: no client keeps one idle, and no body is read. Node drops pipelined requests.
class LastResponse<Request extends IncomingMessage> extends ServerResponse<Request> {
  constructor(request: Request) {
    super(request);
    this.setHeader('Connection', 'close');
  }
}

/** A server that does not listen yet. */
export function createFrontDoor({maxConnections, answer, registry, log}: FrontDoorOptions): Server {
  const server = createServer({...SLOW_SENDERS, ServerResponse: LastResponse}, answer);
  server.maxHeadersCount = MAX_HEADERS;
  if (maxConnections !== undefined) server.maxConnections = maxConnections;
  const dropped = new Counter({
    name: 'outreach_gateway_dropped_connections_total',
    help: 'Connections that were closed as they came because MAX_CONNECTIONS were open.',
    registers: [registry],
  });
  server.on('drop', () => {
    dropped.inc();
    log.write('warn', 'gateway.connection.dropped', {maxConnections});
  });
  server.on('upgrade', ({url}, connection) => {
    if (!url?.startsWith(SOCKET_PATH)) refuseUpgrade(connection, {status: 404});
  });
  return server;
}

/**
 * Answers an upgrade with this status, and with the problem (RFC 9457) as its body if given, and ends the connection.
 */
export function refuseUpgrade(connection: Duplex, {status, problem}: UpgradeRefusal): void {
  connection.on('error', ignore); // the peer may be gone
  const body = problem ? JSON.stringify({...problem, status}) : '';
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    ...(problem ? ['Content-Type: application/problem+json'] : []),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  connection.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => connection.destroy());
}

function ignore(): void {
  return;
}
