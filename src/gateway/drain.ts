// Stops a gateway: closes its sockets in slices, so that not all clients reconnect to the other replicas at once, and
// then the server, without waiting for silent peers.
import type {Server as HttpServer} from 'node:http';
import type {Socket} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import {OBSERVATION_NAMESPACE} from '../contract/rooms';
import type {ObservationServer} from './observation-rooms';

const SLICES = 20;
const CLOSE_GRACE_MS = 1000;

/**
 * Closes the connection of every socket within about `drainMs`, in slices at jittered times; with 0, all at once. It
 * closes the connection, not the namespace: after a disconnect from the namespace, socket.io's client does not
 * reconnect by itself.
 */
export async function drainSockets(io: ObservationServer, drainMs: number): Promise<void> {
  const sockets = [...io.of(OBSERVATION_NAMESPACE).sockets.values()];
  const perSlice = Math.max(1, Math.ceil(sockets.length / SLICES));
  for (let start = 0; start < sockets.length; start += perSlice) {
    for (const socket of sockets.slice(start, start + perSlice)) socket.conn.close();
    if (drainMs > 0) await delay((drainMs / SLICES) * (0.5 + Math.random()));
  }
}

/**
 * The open connections of a server, kept up to date, with those that became a WebSocket, which Node no longer tracks.
 */
export function trackConnections(server: HttpServer): ReadonlySet<Socket> {
  const connections = new Set<Socket>();
  // All connections share this listener; its `this` is the connection.
  const forget = function (this: Socket) {
    connections.delete(this);
  };
  server.on('connection', connection => {
    connections.add(connection);
    connection.on('close', forget);
  });
  return connections;
}

/** Closes the server; a connection whose peer does not close its side within a second is destroyed. */
export async function closeServer(io: ObservationServer, connections: ReadonlySet<Socket>): Promise<void> {
  const timer = setTimeout(() => connections.forEach(connection => connection.destroy()), CLOSE_GRACE_MS);
  await io.close();
  clearTimeout(timer);
}
