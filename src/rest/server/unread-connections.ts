// Connections that are not read for a while. A client with many requests under way is not answered sooner for more of
// them: what its other connections send waits in the kernel, where it costs this process no memory. Read all the same,
// the requests of 1,300 connections made each garbage collection 40 ms long.
import type {Socket} from 'node:net';

/** With so many requests of one client under way, its other connections are not read. */
export const MAX_UNDER_WAY_PER_CLIENT = 64;
/** Read again after this time in any case: behind the same address may be others than who keeps it busy. */
const LONGEST_MS = 2000;

export class UnreadConnections {
  private readonly underWay = new Map<string, number>();
  /** By client, the oldest first, each with the timer that ends its wait. */
  private readonly unread = new Map<string, Map<Socket, NodeJS.Timeout>>();
  private isReadingAll = false;

  /** How many connections are not read, for metrics. */
  get count(): number {
    let count = 0;
    for (const sockets of this.unread.values()) count += sockets.size;
    return count;
  }

  /** A request of this client begins. */
  begin(client: string): void {
    this.underWay.set(client, this.underWayOf(client) + 1);
  }

  /** A request of this client is over. Reads on from as many of its connections as there is room for requests. */
  end(client: string): void {
    const left = this.underWayOf(client) - 1;
    if (left > 0) this.underWay.set(client, left);
    else this.underWay.delete(client);
    let room = MAX_UNDER_WAY_PER_CLIENT - left;
    for (const socket of this.unread.get(client)?.keys() ?? []) {
      if (room <= 0) return;
      this.readOn(client, socket);
      room -= 1;
    }
  }

  /**
   * Stops reading this connection when the client has enough requests under way without it. Call it when all that the
   * connection has sent so far is answered and read whole.
   */
  pauseIfBusy(client: string, socket: Socket): void {
    if (this.isReadingAll || socket.destroyed || this.underWayOf(client) < MAX_UNDER_WAY_PER_CLIENT) return;
    stopReading(socket);
    const sockets = this.unread.get(client) ?? new Map<Socket, NodeJS.Timeout>();
    this.unread.set(client, sockets);
    const timer = setTimeout(() => this.readOn(client, socket), LONGEST_MS);
    sockets.set(socket, timer.unref()); // the server is what keeps the process alive
  }

  /** Reads all from now on, since what lies unread in a connection that is closed is lost to its sender; or no longer. */
  readAll(isReadingAll: boolean): void {
    this.isReadingAll = isReadingAll;
    if (!isReadingAll) return;
    for (const [client, sockets] of this.unread) for (const socket of sockets.keys()) this.readOn(client, socket);
  }

  private underWayOf(client: string): number {
    return this.underWay.get(client) ?? 0;
  }

  private readOn(client: string, socket: Socket): void {
    const sockets = this.unread.get(client);
    clearTimeout(sockets?.get(socket));
    sockets?.delete(socket);
    if (sockets?.size === 0) this.unread.delete(client);
    readOn(socket);
  }
}

/**
 * Node resumes a connection when it reads a request's body, also one that we have paused; it is paused again then. Call it
 * when all that is under way has been read whole.
 */
export function stopReading(socket: Socket): void {
  socket.pause();
  socket.off('resume', pauseAgain).on('resume', pauseAgain);
}

/** Undoes `stopReading`. */
export function readOn(socket: Socket): void {
  socket.off('resume', pauseAgain);
  socket.resume();
}

// Before the event loop looks at the connection: `resume` is emitted in the same turn.
function pauseAgain(this: Socket): void {
  this.pause();
}
