// The handshake: a bearer JWT in `auth.token` (never in a URL, which logs keep), checked once here, and not kept
// afterwards.
import type {Claims} from '../access/claims';
import {mayObserve} from '../access/policy';
import type {RateLimitedLog} from '../platform/rate-limited-log';
import type {TokenVerifier} from '../platform/token-verifier';
import type {CutConnections} from './cut-connections';
import type {ObservationSocket} from './observation-rooms';
import type {PacedTasks} from './paced-tasks';

/** The `message` of the client's `connect_error`. */
export type HandshakeError = 'unauthorized' | 'forbidden' | 'unavailable';

const NONE = Object.freeze({});
const NO_HEADERS: string[] = [];

export interface HandshakeOptions {
  verifyToken: TokenVerifier<Claims>;
  log: RateLimitedLog;
  cuts: CutConnections;
  /** Spreads handshakes that come at once. */
  paced: PacedTasks;
}

type Connection = ObservationSocket['conn'];

/**
 * Admits sockets to the namespace whose token is valid and opens a room. A connection has one socket, and is closed at
 * its second refused token; socket.io's clients open a new connection for each attempt.
 */
export class Handshakes {
  private readonly pending = new WeakSet<Connection>();
  private readonly refused = new WeakSet<Connection>();

  constructor(private readonly options: HandshakeOptions) {}

  /** Socket.io's middleware. */
  admit(socket: ObservationSocket, next: (error?: Error) => void): void {
    const {cuts, paced} = this.options;
    if (this.pending.has(socket.conn)) {
      cuts.cut(socket.conn.request.socket, 'handshakes');
      next(new Error('forbidden' satisfies HandshakeError)); // socket.io keeps a socket until it has an answer
      return;
    }
    this.pending.add(socket.conn);
    paced.add(() => {
      this.verify(socket).then(
        reason => {
          if (reason !== undefined) this.refuse(socket.conn);
          next(reason === undefined ? undefined : new Error(reason));
        },
        () => undefined, // verify() does not reject
      );
    });
  }

  /** Call it for each socket that was let in. */
  admitted({conn}: ObservationSocket): void {
    this.pending.delete(conn); // socket.io itself closes a connection with a second CONNECT packet from now on
    this.refused.delete(conn);
  }

  private async verify(socket: ObservationSocket): Promise<HandshakeError | undefined> {
    try {
      return await admit(socket, this.options.verifyToken);
    } catch (error) {
      this.options.log.write('warn', 'gateway.handshake.unavailable', {err: error});
      return 'unavailable';
    }
  }

  private refuse(conn: Connection): void {
    this.pending.delete(conn);
    if (!this.refused.has(conn)) {
      this.refused.add(conn);
      return;
    }
    this.options.cuts.count('refused_tokens');
    setImmediate(() => conn.close()); // after the answer
  }
}

/** Drops the token and the request's headers after the handshake: they would stay in memory as long as the socket. */
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
  // The verifier tolerates clocks that differ, but a session that would end as it begins is refused.
  if (!claims || claims.expiresAt * 1000 <= Date.now()) return 'unauthorized';
  if (!mayObserve(claims)) return 'forbidden';
  socket.data.claims = claims;
  return undefined;
}
