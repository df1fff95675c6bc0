// Connections that are not read for a while. A client with many requests under way is not answered sooner for more of
// them: what its other connections send waits in the kernel, where it costs this process no memory. Read all the same,
// the requests of 1,300 connections made each garbage collection 40 ms long.
import type {Socket} from 'node:net';

/** With so many requests of one client under way, its other connections are not read. */
export const MAX_UNDER_WAY_PER_CLIENT = 64;

export class UnreadConnections {
  private readonly underWay = new Map<string, number>();
  /** By client, the oldest first. */
  private readonly unread = new Map<string, Socket[]>();
  private isStopped = false;

  /** How many requests of this client are under way. */
  underWayOf(client: string): number {
    return this.underWay.get(client) ?? 0;
  }

  /** A request of this client begins. */
  begin(client: string): void {
    this.underWay.set(client, this.underWayOf(client) + 1);
  }

  /** A request of this client is over. Reads on from one of its connections, or from all when it was the last one. */
  end(client: string): void {
    const left = this.underWayOf(client) - 1;
    if (left > 0) this.underWay.set(client, left);
    else this.underWay.delete(client);
    const sockets = this.unread.get(client);
    if (!sockets || left >= MAX_UNDER_WAY_PER_CLIENT) return;
    // One for one: a connection that has nothing to say is followed by the next when another request is over.
    for (const socket of sockets.splice(0, left > 0 ? 1 : sockets.length)) readOn(socket);
    if (sockets.length === 0) this.unread.delete(client);
  }

  /** This connection of the client has no request under way: stops reading it when the client has enough without it. */
  rest(client: string, socket: Socket): void {
    if (this.isStopped || socket.destroyed || this.underWayOf(client) < MAX_UNDER_WAY_PER_CLIENT) return;
    stopReading(socket);
    const sockets = this.unread.get(client);
    if (sockets) sockets.push(socket);
    else this.unread.set(client, [socket]);
  }

  /** Reads all from now on: what lies in a connection that is closed unread is lost to its sender. */
  stop(): void {
    this.isStopped = true;
    for (const sockets of this.unread.values()) sockets.forEach(readOn);
    this.unread.clear();
  }
}

/**
 * Node reads on when it reads a request's body, also while the connection is paused; so it must find nothing to call. Call
 * it when all that is under way has been read whole.
 */
export function stopReading(socket: Socket): void {
  socket.pause();
  socket.resume = () => socket;
}

/** Undoes `stopReading`. */
export function readOn(socket: Socket): void {
  Reflect.deleteProperty(socket, 'resume'); // the method of its class again
  socket.resume();
}
