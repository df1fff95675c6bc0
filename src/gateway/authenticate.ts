// The handshake: a bearer JWT in `auth.token` (never in a URL, which logs keep), checked once here, and not
// kept.
import {type Claims, mayObserve} from '../contract/access';
import type {Logger} from '../platform/logger';
import type {TokenVerifier} from '../platform/token-verifier';
import type {ObservationSocket} from './observation-rooms';

/** What `connect_error` tells the client in `message`. */
export type HandshakeError = 'unauthorized' | 'forbidden' | 'unavailable';

const NONE = Object.freeze({});
const NO_HEADERS: string[] = [];

/** Socket.io middleware that lets a socket in only with a valid token that opens a room. */
export function createHandshake(verifyToken: TokenVerifier<Claims>, logger: Logger) {
  return (socket: ObservationSocket, next: (error?: Error) => void): void => {
    admit(socket, verifyToken).then(
      refused => next(refused === undefined ? undefined : new Error(refused)),
      (error: unknown) => {
        logger.warn({err: error, socketId: socket.id}, 'gateway.handshake.unavailable');
        next(new Error('unavailable' satisfies HandshakeError));
      },
    );
  };
}

/** Drops what the request said, once it is answered: the token, and headers that would stay as long as the socket. */
export function forgetRequest({request, handshake}: ObservationSocket): void {
  request.headers = NONE;
  request.rawHeaders = NO_HEADERS;
  Object.assign(handshake, {headers: NONE, query: NONE, auth: NONE});
}

async function admit(
  socket: ObservationSocket,
  verifyToken: TokenVerifier<Claims>,
): Promise<HandshakeError | undefined> {
  const token: unknown = socket.handshake.auth.token;
  if (typeof token !== 'string' || token === '') return 'unauthorized';
  const claims = await verifyToken(token);
  // The verifier tolerates clocks that differ; a session that would end as it begins is no session.
  if (!claims || claims.expiresAt * 1000 <= Date.now()) return 'unauthorized';
  if (!mayObserve(claims)) return 'forbidden';
  socket.data.claims = claims;
  return undefined;
}
