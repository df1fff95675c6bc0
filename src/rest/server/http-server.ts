// Hardens Node's HTTP server where LoopBack passes no option on: slow senders are cut off, headers are bounded, and
// what Node refuses before there is a request is answered as a problem too.
import {randomUUID} from 'node:crypto';
import {type IncomingMessage, type Server, type ServerResponse, STATUS_CODES} from 'node:http';
import type {Duplex} from 'node:stream';
import type {ProblemKind} from '../../contract/problem';
import {toProblem} from '../problems/problem-error';

/** One request and the answer to it, as Node gives them. */
export interface NodeHandlerContext {
  request: IncomingMessage;
  response: ServerResponse;
}

/** Longest request target, in bytes; Node itself bounds the target and all headers together to 16 KB. */
export const MAX_TARGET_BYTES = 8192;
/** Most header fields; Node drops what comes after in silence, so one more is let in and then refused. */
export const MAX_HEADER_FIELDS = 100;

/** The target of `OPTIONS *` (RFC 9110, 9.3.7). */
export const SERVER_WIDE_TARGET = '*';

/** How long a sender may take. */
export interface ServerLimits {
  /** From the first byte to the end of the headers. */
  headersTimeoutMs: number;
  /** From the first byte to the end of the body. */
  requestTimeoutMs: number;
  /** How often Node looks for senders that took longer. */
  checkEveryMs: number;
}
// With the time between two checks, a slow sender is cut off within 30 s.
const LIMITS: ServerLimits = {headersTimeoutMs: 10_000, requestTimeoutMs: 25_000, checkEveryMs: 5000};

/** Sets the limits; call it once, after the server listens. */
export function hardenServer(server: Server, limits: ServerLimits = LIMITS): void {
  server.headersTimeout = limits.headersTimeoutMs;
  server.requestTimeout = limits.requestTimeoutMs;
  server.maxHeadersCount = MAX_HEADER_FIELDS + 1;
  // Node would answer a missing Host with an empty 400: common-headers.ts answers it with a problem.
  Object.assign(server, {requireHostHeader: false, connectionsCheckingInterval: limits.checkEveryMs});
  // Node reads that interval in its own listener for this event only, and nothing gives it to LoopBack's server.
  const [startChecking] = server.listeners('listening').filter(({name}) => name === 'setupConnectionsTracking');
  startChecking?.call(server);
  server.on('checkExpectation', (request, response) => server.emit('request', request, response)); // no 417: ignored
  const owed = new WeakMap<Duplex, ServerResponse[]>();
  server.on('request', ({socket}, response) => owed.set(socket, [...unsent(owed.get(socket)), response]));
  server.on('clientError', (error, socket) => refuse(error, socket, unsent(owed.get(socket))));
}

function unsent(responses: readonly ServerResponse[] = []): ServerResponse[] {
  return responses.filter(response => !response.writableFinished && !response.destroyed);
}

/** `owed`: the answers that the connection waits for, the next one first. */
function refuse(
  error: NodeJS.ErrnoException & {rawPacket?: Buffer},
  socket: Duplex,
  owed: readonly ServerResponse[],
): void {
  const [next] = owed;
  const last = owed.filter(({req}) => req.complete).at(-1);
  if (error.code === 'ECONNRESET' || !socket.writable || next?.headersSent) socket.destroy();
  // It came after whole requests, which may have stored something by now: those get their own answers, and no 400.
  else if (last) last.once('close', () => socket.destroy());
  else socket.end(rawProblem(kindOf(error)), () => socket.destroy());
}

function kindOf({code, rawPacket}: {code?: string; rawPacket?: Buffer}): ProblemKind {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW': {
      const lineEnd = rawPacket?.indexOf('\r\n') ?? 0;
      const isTarget = /^[A-Z]{3,16} [/*]/.test(rawPacket?.toString('latin1', 0, 20) ?? '');
      return isTarget && (lineEnd === -1 || lineEnd > MAX_TARGET_BYTES) ? 'uri-too-long' : 'headers-too-large';
    }
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 'body-too-large';
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'request-timeout';
    default:
      return 'malformed-request';
  }
}

function rawProblem(kind: ProblemKind): string {
  const requestId = randomUUID();
  const problem = toProblem(kind, {instance: requestId});
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${requestId}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
