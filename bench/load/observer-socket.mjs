// One observer: a WebSocket that speaks as much of socket.io as it takes to send a token, observe, answer pings and
// count events.
import {SOCKET_IO, WebSocketClient} from './websocket-client.mjs';
import {pongFrame, textFrame} from './websocket-frames.mjs';

const PONG = textFrame('3');
const [ZERO, TWO, THREE, FOUR] = Buffer.from('0234');

export class ObserverSocket {
  events = 0;
  #socket;
  #token;
  #on;

  /**
   * Calls `on.ready()` once it observes, `on.event(bytes, start, end)` for each event, whose text is valid during the call
   * only, and `on.failure(error)` when it is cut off.
   */
  constructor({url, token, protocol, localAddress}, on) {
    const isRaw = protocol === 'raw';
    this.#token = token;
    this.#on = on;
    this.#socket = new WebSocketClient(
      {url, target: isRaw ? '/' : SOCKET_IO, localAddress},
      {
        open: () => isRaw && this.#socket.send(token),
        frame: (opcode, bytes, start, end) => this.#frame(opcode, bytes, start, end),
        failure: error => this.#on.failure(error),
      },
    );
  }

  close() {
    this.#socket.close();
  }

  #frame(opcode, bytes, start, end) {
    if (opcode === 0x9) this.#socket.write(pongFrame(bytes.subarray(start, end)));
    if (opcode !== 0x1) return;
    if (bytes[start] === FOUR) this.#message(bytes, start, end);
    else if (bytes[start] === TWO) this.#socket.write(PONG);
    else if (bytes[start] === ZERO) this.#socket.send(`40/observation,${JSON.stringify({token: this.#token})}`);
  }

  // 40 the namespace lets in, 42 an event, 43 an acknowledgement; 44 and 41 are refusals.
  #message(bytes, start, end) {
    const type = bytes[start + 1];
    if (type === TWO) {
      this.events += 1;
      this.#on.event(bytes, start, end);
    } else if (type === ZERO) {
      this.#socket.send('42/observation,0["observe",{}]');
    } else if (type === THREE && bytes.latin1Slice(start, end).includes('"ok":true')) {
      this.#on.ready();
    } else {
      this.#on.failure(new Error(`refused: ${bytes.latin1Slice(start, end)}`));
    }
  }
}
