// An observer over a plain TCP connection, for what no library would do: stop reading, or be one of thousands.
import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {onTeardown} from './teardown';

/** The request that opens a WebSocket, unless another path is given. */
export function upgradeRequest(target = '/socket.io/?EIO=4&transport=websocket'): string {
  return (
    `GET ${target} HTTP/1.1\r\nHost: gateway.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'
  );
}

export interface RawObserver {
  socket: Socket;
  /** Everything received so far, frame heads included. */
  text: () => string;
}

/** Connects and observes all that the token allows; rejects with what came instead when it is not let in. */
export async function givenRawObserver(gatewayUrl: string, token: string): Promise<RawObserver> {
  const observer = await openWebSocket(gatewayUrl);
  await answerTo(observer, textFrame(`40/observation,${JSON.stringify({token})}`), '40/observation,{"sid"');
  await answerTo(observer, textFrame('42/observation,0["observe",{}]'), '43/observation,0[{"ok":true');
  return observer;
}

/** A WebSocket that has said nothing yet. */
export async function openWebSocket(gatewayUrl: string): Promise<RawObserver> {
  const {hostname, port} = new URL(gatewayUrl);
  const socket = connect(Number(port), hostname);
  onTeardown(() => Promise.resolve(socket.destroy()));
  let text = '';
  socket.on('data', chunk => (text += Buffer.from(chunk).toString('latin1')));
  await once(socket, 'connect');
  const observer = {socket, text: () => text};
  await answerTo(observer, Buffer.from(upgradeRequest()), '0{"sid"');
  socket.on('error', () => undefined); // a reset is one way of closing
  return observer;
}

/** A client's text frame; the mask of zeros leaves the text as it is. */
export function textFrame(text: string): Buffer {
  return clientFrame(0x81, Buffer.from(text));
}

export function pingFrame(payload: Buffer = Buffer.alloc(0)): Buffer {
  return clientFrame(0x89, payload);
}

export function pongFrame(): Buffer {
  return clientFrame(0x8a, Buffer.alloc(0));
}

/** Any frame: `first` is its first byte, with the opcode and whether it is the last of its message. */
export function clientFrame(first: number, payload: Buffer): Buffer {
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 8 : 6);
  head[0] = first;
  head[1] = 0x80 | (long ? 126 : payload.length);
  if (long) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

async function answerTo({socket, text}: RawObserver, bytes: Buffer, expected: string): Promise<void> {
  const closed = once(socket, 'close'); // rejects on an error
  socket.write(bytes);
  while (!text().includes(expected)) {
    if (socket.destroyed) throw new Error(`closed after: ${text()}`);
    await Promise.race([once(socket, 'data'), closed]);
  }
  closed.catch(() => undefined); // what happens later is not about this answer
}
