// How many connections there may be, of all clients and of one, and how long a reader may take nothing. Senders that are
// slow are http-server.ts's business.
import type {Server} from 'node:http';
import {networkOf} from './client-address';

export interface ConnectionLimits {
  /** The most connections of all clients (MAX_CONNECTIONS). */
  maxConnections: number;
  /** The most of one client; undefined behind a proxy, whose connections carry everybody's requests. */
  maxPerClient?: number;
  /**
   * How often a connection is looked at on which nothing moves, in milliseconds: one whose reader took nothing between
   * two looks is cut off, so after at most twice as long.
   */
  idleCheckMs?: number;
}

/** Why a connection was refused or cut off. */
export type ConnectionLimit = 'connections' | 'client_connections' | 'reader_stalled';

const IDLE_CHECK_MS = 12_000;

/** Sets the limits; `onLimit` is called for each connection that one of them ends. */
export function limitConnections(
  server: Server,
  {maxConnections, maxPerClient, idleCheckMs = IDLE_CHECK_MS}: ConnectionLimits,
  onLimit: (limit: ConnectionLimit) => void,
): void {
  server.maxConnections = maxConnections;
  server.on('drop', () => onLimit('connections'));
  if (maxPerClient !== undefined) limitPerClient(server, maxPerClient, () => onLimit('client_connections'));
  // Node restarts the time of a connection whose peer has taken a part of what is being written to it, and ends none by
  // itself once there is a listener. Between requests it sets another time, that of keep-alive, and that one ends it.
  server.setTimeout(idleCheckMs, socket => {
    if (socket.writableLength > 0) onLimit('reader_stalled');
    else if (socket.timeout === idleCheckMs) return; // it waits for an answer, or Node waits for its request
    socket.destroy();
  });
}

function limitPerClient(server: Server, most: number, onLimit: () => void): void {
  const counts = new Map<string, number>();
  server.on('connection', socket => {
    const client = networkOf(socket.remoteAddress ?? '');
    const count = (counts.get(client) ?? 0) + 1;
    if (count > most) {
      socket.destroy();
      onLimit();
      return;
    }
    counts.set(client, count);
    socket.once('close', () => {
      const left = (counts.get(client) ?? 1) - 1;
      if (left === 0) counts.delete(client);
      else counts.set(client, left);
    });
  });
}
