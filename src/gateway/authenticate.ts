// The handshake: a bearer JWT in `auth.token` (never in a URL, which logs keep), checked once here; the socket is
// disconnected when the token expires.
import {type Claims, mayObserve, parseClaims} from '../contract/access';
import type {Logger} from '../platform/logger';
import type {TokenVerifier} from '../platform/token-verifier';
import type {ObservationSocket} from './observation-rooms';

/** What `connect_error` tells the client in `message`. */
export type HandshakeError = 'unauthorized' | 'forbidden' | 'unavailable';

// setTimeout's longest delay is 2^31 - 1 ms; no token should live that long.
const MAX_SESSION_MS = 24 * 60 * 60 * 1000;

/** Socket.io middleware that lets a socket in only with a valid token that opens a room. */
export function createHandshake(verifyToken: TokenVerifier, logger: Logger) {
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

/** Disconnects the socket when its token expires, or after a day, whichever comes first. */
export function disconnectAtExpiry(socket: ObservationSocket): void {
  const remainingMs = socket.data.claims.expiresAt * 1000 - Date.now();
  const timer = setTimeout(() => socket.disconnect(true), Math.max(0, Math.min(remainingMs, MAX_SESSION_MS)));
  socket.once('disconnect', () => clearTimeout(timer));
}

async function admit(socket: ObservationSocket, verifyToken: TokenVerifier): Promise<HandshakeError | undefined> {
  const token: unknown = socket.handshake.auth.token;
  if (typeof token !== 'string' || token === '') return 'unauthorized';
  const payload = await verifyToken(token);
  const claims: Claims | undefined = payload && parseClaims(payload);
  // The verifier tolerates clocks that differ; a session that would end as it begins is no session.
  if (!claims || claims.expiresAt * 1000 <= Date.now()) return 'unauthorized';
  if (!mayObserve(claims)) return 'forbidden';
  socket.data.claims = claims;
  return undefined;
}
