// One observer: a WebSocket over a plain TCP socket, which speaks as much of socket.io as it takes to send a token,
// observe, answer pings and count events. Ten thousand of them must cost less than the server that they measure.
import {randomBytes} from 'node:crypto';
import {connect} from 'node:net';
import {pongFrame, readFrames, textFrame} from './websocket-frames.mjs';

const KEY = randomBytes(16).toString('base64');
const NONE = Buffer.alloc(0);
const HEADER_END = '\r\n\r\n';
const PONG = textFrame('3');
const [ZERO, TWO, THREE, FOUR] = Buffer.from('0234');
// Read at once and then done with, so one buffer serves all sockets.
const shared = Buffer.alloc(64 * 1024);

export class ObserverSocket {
  events = 0;
  #socket;
  #pending = NONE;
  #isUpgraded = false;
  #token;
  #on;

  /** Calls `on.ready()` once it observes, `on.event()` for each event, `on.failure(error)` when it is cut off. */
  constructor({url, token, protocol}, on) {
    const {hostname: host, port, host: authority} = new URL(url);
    this.#token = token;
    this.#on = on;
    this.protocol = protocol;
    this.#socket = connect({
      host,
      port: Number(port),
      onread: {buffer: shared, callback: (length, buffer) => this.#tryRead(buffer.subarray(0, length))},
    });
    this.#socket.on('error', error => this.#on.failure(error));
    this.#socket.on('close', () => this.#on.failure(new Error('the server closed a socket')));
    const target = protocol === 'raw' ? '/' : '/socket.io/?EIO=4&transport=websocket';
    this.#socket.write(
      `GET ${target} HTTP/1.1\r\nHost: ${authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Version: 13${HEADER_END}`,
    );
  }

  close() {
    this.#on = {failure: () => undefined};
    this.#socket.destroy();
  }

  #tryRead(chunk) {
    try {
      this.#read(chunk);
    } catch (error) {
      this.#on.failure(error);
    }
    return true; // go on reading
  }

  #read(chunk) {
    let bytes = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    if (!this.#isUpgraded) {
      const end = bytes.indexOf(HEADER_END);
      if (end !== -1) bytes = this.#upgrade(bytes, end);
      if (!this.#isUpgraded) {
        this.#pending = Buffer.from(bytes);
        return;
      }
    }
    const rest = readFrames(bytes, (opcode, all, start, end) => this.#frame(opcode, all, start, end));
    this.#pending = rest.length > 0 ? Buffer.from(rest) : NONE; // the buffer is everybody's: keep a copy
  }

  #upgrade(bytes, end) {
    const head = bytes.latin1Slice(0, end);
    if (!head.startsWith('HTTP/1.1 101')) throw new Error(`not upgraded: ${head.slice(0, 200)}`);
    this.#isUpgraded = true;
    if (this.protocol === 'raw') this.#send(this.#token);
    return bytes.subarray(end + HEADER_END.length);
  }

  #frame(opcode, bytes, start, end) {
    if (opcode === 0x9) this.#socket.write(pongFrame(bytes.subarray(start, end)));
    if (opcode !== 0x1) return;
    if (bytes[start] === FOUR) this.#message(bytes, start, end);
    else if (bytes[start] === TWO) this.#socket.write(PONG);
    else if (bytes[start] === ZERO) this.#send(`40/observation,${JSON.stringify({token: this.#token})}`);
  }

  // 40 the namespace lets in, 42 an event, 43 an acknowledgement; 44 and 41 are refusals.
  #message(bytes, start, end) {
    const type = bytes[start + 1];
    if (type === TWO) {
      this.events += 1;
      this.#on.event();
    } else if (type === ZERO) {
      this.#send('42/observation,0["observe",{}]');
    } else if (type === THREE && bytes.latin1Slice(start, end).includes('"ok":true')) {
      this.#on.ready();
    } else {
      this.#on.failure(new Error(`refused: ${bytes.latin1Slice(start, end)}`));
    }
  }

  #send(text) {
    this.#socket.write(textFrame(text));
  }
}
