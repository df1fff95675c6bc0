// A WebSocket over a plain TCP socket: the upgrade, frames both ways, and nothing that the server does not ask for.
// Ten thousand of them must cost less than the server that they measure.
import {randomBytes} from 'node:crypto';
import {connect} from 'node:net';
import {readFrames, textFrame} from './websocket-frames.mjs';

const KEY = randomBytes(16).toString('base64');
const NONE = Buffer.alloc(0);
const HEADER_END = '\r\n\r\n';
// Read at once and then done with, so one buffer serves all sockets.
const shared = Buffer.alloc(64 * 1024);

/** The target of socket.io's WebSocket. */
export const SOCKET_IO = '/socket.io/?EIO=4&transport=websocket';

export class WebSocketClient {
  #socket;
  #pending = NONE;
  #isUpgraded = false;
  #on;

  /**
   * Calls `on.open()` once it is upgraded, `on.frame(opcode, bytes, start, end)` for each frame, whose bytes are valid
   * during the call only, and `on.failure(error)` when it is refused or cut off, maybe more than once.
   */
  constructor({url, target, localAddress}, on) {
    const {hostname: host, port, host: authority} = new URL(url);
    this.#on = on;
    this.#socket = connect({
      host,
      port: Number(port),
      localAddress,
      onread: {buffer: shared, callback: (length, buffer) => this.#tryRead(buffer.subarray(0, length))},
    });
    this.#socket.on('error', error => this.#on.failure(error));
    this.#socket.on('close', () => this.#on.failure(new Error('the server closed a socket')));
    this.#socket.write(
      `GET ${target} HTTP/1.1\r\nHost: ${authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Version: 13${HEADER_END}`,
    );
  }

  /** Sends whole frames; `onFlushed` is called when the kernel has taken them. */
  write(frames, onFlushed) {
    this.#socket.write(frames, onFlushed);
  }

  send(text) {
    this.#socket.write(textFrame(text));
  }

  close() {
    this.#on = {open: () => undefined, frame: () => undefined, failure: () => undefined};
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
    const rest = readFrames(bytes, (opcode, all, start, end) => this.#on.frame(opcode, all, start, end));
    this.#pending = rest.length > 0 ? Buffer.from(rest) : NONE; // the buffer is everybody's: keep a copy
  }

  #upgrade(bytes, end) {
    const head = bytes.latin1Slice(0, end);
    if (!head.startsWith('HTTP/1.1 101')) throw new Error(`not upgraded: ${head.slice(0, 200)}`);
    this.#isUpgraded = true;
    this.#on.open();
    return bytes.subarray(end + HEADER_END.length);
  }
}
