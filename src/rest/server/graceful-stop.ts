// Closes the connections of the REST server so that each request that was read is answered. Node's own close() ends an
// idle connection at once, and also one whose answer is complete but not sent yet; a connection that has sent nothing
// holds it up until the end.
import type {Server, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import {setImmediate as nextIteration} from 'node:timers/promises';

const CHECK_EVERY_MS = 100;
/** How long a connection that has sent nothing yet may take for its first byte, once the port is closed. */
const FIRST_BYTE_MS = 1000;
/** An iteration of the event loop that took less had next to nothing to do. */
const QUIET_ITERATION_MS = 0.5;
/** How long to wait for a quiet one; a busy process has none. */
const QUIET_WITHIN_MS = 200;
/** Iterations in any case, also when the time is over: so many connections may wait when the process was held up. */
const LEAST_ITERATIONS = 511;

/** Follows the connections of one server from its start, and drains them. */
export class ConnectionDrain {
  /** Each open connection, and the answer that it is sent last, until that is sent. */
  private readonly connections = new Map<Socket, ServerResponse | undefined>();
  private isClosing = false;
  private accepted = 0;
  private readonly onAnswered: (this: ServerResponse) => void;

  /** Of a server that has no connection yet. */
  constructor(private readonly server: Server) {
    const {connections} = this;
    // One function for all connections and one for all answers, each of which is its `this`.
    const onClosed = function (this: Socket) {
      connections.delete(this);
    };
    this.onAnswered = function () {
      const {socket} = this.req;
      if (connections.get(socket) === this) connections.set(socket, undefined);
    };
    server.on('connection', (socket: Socket) => {
      this.accepted += 1;
      connections.set(socket, undefined);
      socket.on('close', onClosed);
    });
  }

  /**
   * Call it with each request before it is processed. False: the connection closes without an answer to this one, which
   * must not be processed; it was sent behind one whose answer says `Connection: close` (RFC 9112, 9.6).
   */
  admit(response: ServerResponse): boolean {
    const {socket} = response.req;
    if (this.isClosing) {
      const previous = this.connections.get(socket);
      if (socket.writableEnded || (previous?.headersSent && previous.getHeader('Connection') === 'close')) return false;
      if (previous?.headersSent === false) previous.removeHeader('Connection'); // pipelined: this one is the last now
      response.setHeader('Connection', 'close');
    }
    this.connections.set(socket, response);
    response.on('close', this.onAnswered);
    return true;
  }

  /**
   * Resolves when no connection waits to be accepted, or after `longestMs`: closing the port resets those, and a proxy
   * that has sent a request on one cannot know that nobody read it. libuv accepts one in each iteration of the event
   * loop; the shorter the last one, the fewer have come meanwhile.
   */
  async acceptAll(longestMs: number): Promise<void> {
    const startedAt = performance.now();
    let now = startedAt;
    for (let iterations = 0; iterations < LEAST_ITERATIONS || now - startedAt < longestMs; iterations += 1) {
      const {accepted} = this;
      const iterationAt = now;
      await nextIteration();
      now = performance.now();
      const isQuiet = now - iterationAt < QUIET_ITERATION_MS || now - startedAt > QUIET_WITHIN_MS;
      if (isQuiet && accepted === this.accepted) return;
    }
  }

  /**
   * From now on each connection closes after the last answer that it is owed, which says `Connection: close`; after
   * `idleMs` also when it is idle, and after `forcedMs` in any case. Call it right before the server's own close().
   */
  closeConnections({idleMs, forcedMs}: {idleMs: number; forcedMs: number}): void {
    const {server} = this;
    this.isClosing = true;
    for (const response of this.connections.values()) {
      if (response?.headersSent === false) response.setHeader('Connection', 'close');
    }
    const closeIdle = server.closeIdleConnections.bind(server);
    server.closeIdleConnections = () => undefined; // close() calls it; the first check is a moment later
    const startedAt = performance.now();
    const check = () => {
      const elapsed = performance.now() - startedAt;
      if (elapsed >= idleMs) this.spareSending(closeIdle);
      if (elapsed >= FIRST_BYTE_MS) this.closeSilent();
    };
    // An immediate runs when everything that has arrived is read.
    const timer = setInterval(() => setImmediate(check), CHECK_EVERY_MS);
    const force = setTimeout(() => server.closeAllConnections(), forcedMs);
    server.once('close', () => {
      clearInterval(timer);
      clearTimeout(force);
    });
  }

  // Node takes an answer that is complete for one that was sent, and would cut off a slow reader. Only Node knows which
  // connections have begun another request, so its function chooses, and the slow readers' connections ignore it.
  private spareSending(closeIdle: () => void): void {
    const sending: Socket[] = [];
    for (const [socket, response] of this.connections) if (response && socket.writableLength > 0) sending.push(socket);
    for (const socket of sending) socket.destroy = () => socket;
    closeIdle();
    for (const socket of sending) Reflect.deleteProperty(socket, 'destroy'); // the prototype's again
  }

  private closeSilent(): void {
    for (const socket of this.connections.keys()) if (socket.bytesRead === 0) socket.destroy();
  }
}
