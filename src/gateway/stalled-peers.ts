// Finds peers that do not read what is sent to them: those for which much waits when there is more to send, and those
// that take nothing for long.
import type {Socket} from 'node:net';

/**
 * As much may wait for a peer, in bytes beyond what the kernel takes, before the next message: some 200 events. A single
 * turn's events may be more; they are held once, however many sockets wait for them, and for as long as the peer takes of
 * them. How much waits says nothing by itself: right after a burst, much waits for every peer.
 */
export const MAX_WAITING_BYTES = 128 * 1024;
/** How long something may wait of which the peer takes nothing, in seconds; with the look before and after, below 30. */
export const MAX_IDLE_SECONDS = 28;

interface Waiting {
  taken: number;
  seconds: number;
}

export class StalledPeers {
  private waiting = new Map<Socket, Waiting>();

  /** `onStalled` is called for each connection that is cut off. */
  constructor(
    private readonly connections: ReadonlySet<Socket>,
    private readonly onStalled: () => void,
  ) {}

  /** Cuts a connection off for which too much waits; call it before there is more. */
  cutIfBehind(socket: Socket): boolean {
    return socket.writableLength > MAX_WAITING_BYTES && this.cut(socket);
  }

  /** Cuts off connections that take nothing; call it once a second. */
  look(): void {
    const before = this.waiting;
    this.waiting = new Map();
    for (const socket of this.connections) {
      if (socket.writableLength > 0) this.await(socket, before.get(socket));
    }
  }

  private await(socket: Socket, before: Waiting | undefined): void {
    const taken = socket.bytesWritten - socket.writableLength;
    const seconds = before?.taken === taken ? before.seconds + 1 : 0;
    if (seconds >= MAX_IDLE_SECONDS) this.cut(socket);
    else this.waiting.set(socket, {taken, seconds});
  }

  private cut(socket: Socket): boolean {
    if (socket.destroyed) return false;
    socket.destroy();
    this.onStalled();
    return true;
  }
}
