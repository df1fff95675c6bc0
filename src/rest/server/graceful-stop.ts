// Closes the REST server so that each request that was read is answered. The close() of Node's HTTP server ends an idle
// connection at once, and also one whose answer is complete but not sent yet; a connection that has sent nothing holds it up
// until the end. So the port is closed as that of any server, and the connections are followed here.
import {once} from 'node:events';
import type {Server, ServerResponse} from 'node:http';
import {Server as NetServer, type Socket} from 'node:net';
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
  /** Each open connection with the answer that it is sent last, and once that is sent with how many bytes it had read by then. */
  private readonly connections = new Map<Socket, ServerResponse | number | undefined>();
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
    const note = (response: ServerResponse) => {
      const {socket} = response.req;
      if (connections.get(socket) === response) connections.set(socket, socket.bytesRead);
    };
    this.onAnswered = function () {
      if (this.req.complete) note(this);
      else this.req.once('end', () => note(this)); // what is left of its body is read and thrown away
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
      const last = this.connections.get(socket);
      const previous = typeof last === 'object' ? last : undefined;
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
   * Closes the port. From now on each connection closes after the last answer that it is owed, which says
   * `Connection: close`; after `idleMs` also when it is idle, and after `forcedMs` in any case. Resolves when all are closed.
   */
  async close({idleMs, forcedMs}: {idleMs: number; forcedMs: number}): Promise<void> {
    const {server} = this;
    this.isClosing = true;
    for (const last of this.connections.values()) {
      if (typeof last === 'object' && !last.headersSent) last.setHeader('Connection', 'close');
    }
    const startedAt = performance.now();
    const check = () => {
      const elapsed = performance.now() - startedAt;
      this.closeIdle({isIdleOver: elapsed >= idleMs, isSilentOver: elapsed >= FIRST_BYTE_MS});
    };
    // An immediate runs when everything that has arrived is read.
    const timer = setInterval(() => setImmediate(check), CHECK_EVERY_MS);
    const force = setTimeout(() => server.closeAllConnections(), forcedMs);
    const closed = once(server, 'close');
    NetServer.prototype.close.call(server);
    await closed;
    clearInterval(timer);
    clearTimeout(force);
  }

  // One that has read more since its last answer was sent has begun another request. What had come with the last one, of a client
  // that does not wait for answers, does not count: it is in the middle of sending, and more of it comes.
  private closeIdle({isIdleOver, isSilentOver}: Record<'isIdleOver' | 'isSilentOver', boolean>): void {
    for (const [socket, last] of this.connections) {
      const isOver =
        typeof last === 'number' ? isIdleOver && socket.bytesRead === last : isSilentOver && socket.bytesRead === 0;
      if (isOver) socket.destroy();
    }
  }
}
