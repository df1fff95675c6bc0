// Sessions end when their tokens do. One timer for all sockets, set to the next expiry: a timer and its closures for
// each would add to the memory of an idle socket.
import {OBSERVATION_NAMESPACE} from '../contract/rooms';
import type {ObservationServer, ObservationSocket} from './observation-rooms';

// setTimeout's longest delay is 2^31 - 1 ms; no token should live that long.
const MAX_SESSION_SECONDS = 24 * 60 * 60;

/** Disconnects each added socket when its token expires, or after a day, whichever comes first. */
export class SessionExpiry {
  private timer: NodeJS.Timeout | undefined;
  private next = Infinity;

  constructor(private readonly io: ObservationServer) {}

  add({data}: ObservationSocket): void {
    data.endsAt = Math.min(data.claims.expiresAt, Math.ceil(Date.now() / 1000) + MAX_SESSION_SECONDS);
    this.wakeAt(data.endsAt);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  // The timer stays as it is when a socket leaves early: it then fires once without effect.
  private wakeAt(second: number): void {
    if (second >= this.next) return;
    clearTimeout(this.timer);
    this.next = second;
    this.timer = setTimeout(() => this.end(second), Math.max(0, second * 1000 - Date.now()));
  }

  private end(second: number): void {
    this.next = Infinity;
    let next = Infinity;
    for (const socket of this.io.of(OBSERVATION_NAMESPACE).sockets.values()) {
      const {endsAt} = socket.data;
      if (endsAt <= second) socket.disconnect(true);
      else next = Math.min(next, endsAt);
    }
    if (next < Infinity) this.wakeAt(next);
  }
}
