// Disconnects sockets in slices, so that the other replicas are not met by everybody at once.
import {setTimeout as delay} from 'node:timers/promises';
import {OBSERVATION_NAMESPACE} from '../contract/rooms';
import type {ObservationServer} from './gateway';

const SLICES = 20;

/** Disconnects every socket within about `drainMs`, in slices at jittered times. With 0, all at once. */
export async function drainSockets(io: ObservationServer, drainMs: number): Promise<void> {
  const sockets = [...io.of(OBSERVATION_NAMESPACE).sockets.values()];
  const perSlice = Math.max(1, Math.ceil(sockets.length / SLICES));
  for (let start = 0; start < sockets.length; start += perSlice) {
    for (const socket of sockets.slice(start, start + perSlice)) socket.disconnect(true);
    if (drainMs > 0) await delay((drainMs / SLICES) * (0.5 + Math.random()));
  }
}
