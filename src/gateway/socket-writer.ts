// Writes messages straight to a client's TCP connection. engine.io would queue them, without a bound while the peer
// does not read, and would add half the cost of the write itself to each broadcast. Here a message is framed once for
// all sockets, the events of one turn of the event loop are one write, and a peer that has stopped reading is cut off.
// engine.io still sends pings and close frames on the same connection. Both write whole frames, in any order, because
// nothing is compressed (RFC 7692 would require an order).
//
// It uses public parts of engine.io: a connection's `write`, which it replaces, and its request's socket. There is no
// fallback at run time: the versions are pinned, and back-pressure.test.ts and every test with a real client
// fail when another engine.io expects other frames.
import type {Socket} from 'node:net';
import {Counter, type Registry} from '../platform/metrics';
import type {ObservationServer, ObservationSocket} from './observation-rooms';

/**
 * How many bytes, beyond the kernel's buffers, may wait for a peer when another write follows: some 200 events. The
 * check runs only before a write, because right after a burst many bytes wait for every peer. The events of a single
 * turn may be more while the peer reads them: all sockets share their bytes in memory.
 */
export const MAX_WAITING_BYTES = 128 * 1024;
/** How long bytes may wait while the peer takes none, in seconds; with the checks before and after, below 30. */
export const MAX_IDLE_SECONDS = 28;

const CHECK_INTERVAL_MS = 1000; // StalledPeers counts in seconds

const TEXT = 0x81; // a whole text message, not masked, as servers send it (RFC 6455, 5.2)
const MESSAGE = '4'; // engine.io's type of packet (protocol 4)

type Connection = ObservationSocket['conn'];
type Write = Connection['write'];
type WriteOptions = Parameters<Write>[1] & {preEncoded?: boolean}; // socket.io's mark of a broadcast

/**
 * Replaces `write` of connections that open from now on, and cuts off peers that do not read. Returns a function that
 * stops the checks.
 */
export function writeDirectly(io: ObservationServer, connections: ReadonlySet<Socket>, registry: Registry): () => void {
  const total = new Counter({
    name: 'outreach_gateway_stalled_sockets_total',
    help: 'Connections cut off because the peer did not read what was sent to it.',
    registers: [registry],
  });
  const stalled = new StalledPeers(connections, () => total.inc());
  const writer = new SocketWriter(stalled);
  const write: Write = function (this: Connection, data, options: WriteOptions = {}) {
    writer.write(this, data, options);
    return this;
  };
  io.engine.on('connection', (connection: Connection) => {
    connection.write = write;
  });
  const timer = setInterval(() => stalled.checkTimeouts(), CHECK_INTERVAL_MS).unref();
  return () => clearInterval(timer);
}

class SocketWriter {
  private waiting = new Map<Connection, Burst>();
  private readonly last: {text: string; frame: Buffer} = {text: '', frame: Buffer.alloc(0)};
  private first = new Burst(Buffer.alloc(0));

  constructor(private readonly stalled: StalledPeers) {}

  write(connection: Connection, data: unknown, {preEncoded}: WriteOptions): void {
    if (typeof data !== 'string') throw new TypeError('no event of the contract holds bytes');
    const frame = this.frameOf(data);
    if (preEncoded) this.later(connection, frame);
    else this.now(connection, frame);
  }

  // A broadcast waits for the end of the turn: more of them may follow, as after one read from Redis.
  private later(connection: Connection, frame: Buffer): void {
    if (this.waiting.size === 0) setImmediate(() => this.flush());
    const burst = this.waiting.get(connection);
    if (!burst && this.first.frame !== frame) this.first = new Burst(frame);
    this.waiting.set(connection, burst?.followedBy(frame) ?? this.first);
  }

  // An answer to one client is written at once, after the broadcasts that wait for it.
  private now(connection: Connection, frame: Buffer): void {
    const burst = this.waiting.get(connection);
    if (burst) {
      this.waiting.delete(connection);
      this.send(connection, burst.bytes);
    }
    this.send(connection, frame);
  }

  private flush(): void {
    const bursts = this.waiting;
    this.waiting = new Map();
    for (const [connection, burst] of bursts) this.send(connection, burst.bytes);
    this.first = new Burst(Buffer.alloc(0));
  }

  private send(connection: Connection, bytes: Buffer): void {
    const {socket} = connection.request;
    // Nothing may follow a close frame.
    if (connection.readyState !== 'open' || !socket.writable || this.stalled.cutIfBehind(socket)) return;
    socket.write(bytes);
  }

  private frameOf(text: string): Buffer {
    if (this.last.text !== text) {
      this.last.text = text;
      this.last.frame = toFrame(MESSAGE + text);
    }
    return this.last.frame;
  }
}

/**
 * Frames that go to a connection in one write. Connections that wait for the same frames share one burst and its bytes.
 */
class Burst {
  private next: Burst | undefined;
  private joined: Buffer | undefined;

  constructor(
    readonly frame: Buffer,
    private readonly before?: Burst,
  ) {}

  get bytes(): Buffer {
    return (this.joined ??= this.before ? Buffer.concat(this.frames()) : this.frame);
  }

  followedBy(frame: Buffer): Burst {
    if (this.next?.frame !== frame) this.next = new Burst(frame, this);
    return this.next;
  }

  private frames(): Buffer[] {
    const frames = [this.frame];
    for (let {before} = this; before; {before} = before) frames.push(before.frame);
    return frames.reverse();
  }
}

interface Waiting {
  taken: number;
  seconds: number;
}

/**
 * Finds peers that do not read: too many bytes wait when another write follows, or no byte is taken for
 * MAX_IDLE_SECONDS.
 */
export class StalledPeers {
  private waiting = new Map<Socket, Waiting>();

  /** `onStalled` is called for each connection that is cut off. */
  constructor(
    private readonly connections: ReadonlySet<Socket>,
    private readonly onStalled: () => void,
  ) {}

  /** Cuts off a connection for which too many bytes wait, and then returns true; call it before each write. */
  cutIfBehind(socket: Socket): boolean {
    return socket.writableLength > MAX_WAITING_BYTES && this.cut(socket);
  }

  /** Cuts off connections that take nothing; call it once a second. */
  checkTimeouts(): void {
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

function toFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  if (length < 126) return Buffer.concat([Buffer.from([TEXT, length]), Buffer.from(text)]);
  const head = Buffer.alloc(length < 0x10000 ? 4 : 10);
  head[0] = TEXT;
  head[1] = length < 0x10000 ? 126 : 127;
  if (length < 0x10000) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, Buffer.from(text)]);
}
