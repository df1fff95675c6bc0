// Many observers in one process. Times are of the monotonic clock, which all processes of a machine share.
import {ObserverSocket} from './observer-socket.mjs';

const AT_ONCE = 100;
const EVENT_TIMEOUT_MS = 30_000;

export class SocketLoad {
  #sockets = [];
  #received = 0;
  #rounds = 0;
  #lastAt = 0n;
  #waiting;
  #failure;

  /** Opens observers until there are `count` of them, and resolves once all of them observe. */
  async open({url, token, protocol, count}) {
    const missing = count - this.#sockets.length;
    let started = 0;
    const openInTurn = async () => {
      while (started < missing) {
        started += 1;
        await this.#openOne({url, token, protocol});
      }
    };
    await Promise.all(Array.from({length: Math.min(AT_ONCE, missing)}, openInTurn));
    for (const socket of this.#sockets) socket.events = 0;
    this.#received = 0;
    this.#rounds = 0;
    return {open: this.#sockets.length};
  }

  /** Resolves once every observer has got one more event, with when the last of them did, in nanoseconds. */
  async expect() {
    this.#rounds += 1;
    await new Promise((resolve, reject) => {
      const text = () => `${this.#received} of ${this.#sockets.length * this.#rounds} events have arrived`;
      const timer = setTimeout(() => reject(new Error(text())), EVENT_TIMEOUT_MS);
      this.#waiting = error => {
        clearTimeout(timer);
        if (error) reject(error);
        else resolve();
      };
      this.#settle();
    });
    if (this.#sockets.some(({events}) => events !== this.#rounds)) throw new Error('some sockets got an event twice');
    return {lastAt: String(this.#lastAt)};
  }

  async close() {
    for (const socket of this.#sockets.splice(0)) socket.close();
  }

  #openOne(options) {
    return new Promise((resolve, reject) => {
      const socket = new ObserverSocket(options, {
        ready: () => {
          this.#sockets.push(socket);
          resolve();
        },
        event: () => {
          this.#received += 1;
          if (this.#received === this.#sockets.length * this.#rounds || this.#received % this.#sockets.length === 0) {
            this.#lastAt = process.hrtime.bigint();
            this.#settle();
          }
        },
        failure: error => {
          this.#failure = error;
          reject(error);
          this.#settle();
        },
      });
    });
  }

  #settle() {
    if (this.#failure) this.#waiting?.(this.#failure);
    else if (this.#received >= this.#sockets.length * this.#rounds) this.#waiting?.();
  }
}
