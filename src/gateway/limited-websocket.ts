// What one WebSocket may send, and how long it may take to close. A client of outreach sends a CONNECT packet,
// `observe`, and an answer to engine.io's ping every 25 seconds; the limits are far above that and far below what
// delays other clients.
//
// Bytes need no limit of their own: messages are limited in number, size and fragments.
import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import {type RawData, type ServerOptions, WebSocket, WebSocketServer} from 'ws';
import type {CutReason} from './cut-connections';
import type {UpgradeRefusal} from './front-door';
import type {PacedTasks} from './paced-tasks';

/** Messages, pings and pongs that a connection may send in WINDOW_SECONDS. */
export const MAX_MESSAGES = 20;
const WINDOW_SECONDS = 10;
/** CONNECT packets that a connection may send in its life, whatever their namespace. */
export const MAX_CONNECT_PACKETS = 5;

const WEBSOCKET_LIMITS = {
  autoPong: false, // ws would answer every ping; LimitedWebSocket answers those within the limit (RFC 6455, 5.5.2)
  maxFragments: 16,
  maxBufferedChunks: 64, // network reads that may wait for one frame: enough for 10 KB in small segments
  closeTimeout: 1000, // ms from our close frame to the end of the connection; ws would wait 30 s for an answer
};
const FRAMES: ReadonlySet<string | symbol> = new Set(['message', 'ping', 'pong']);
// A text message of engine.io ("4") that is a CONNECT packet of socket.io ("0").
const CONNECT = Buffer.from('40');

export interface WebSocketEngineOptions {
  /** Spreads upgrades that come at once. */
  paced: PacedTasks;
  /** Why an upgrade is refused; undefined lets it in. */
  refusalOf: (request: IncomingMessage) => UpgradeRefusal | undefined;
  refuse: (connection: Duplex, refusal: UpgradeRefusal) => void;
  /** Called once for a connection that went beyond its limits, which has been terminated. */
  onCut: (reason: CutReason) => void;
}

/** The class for engine.io's option `wsEngine`: its WebSocket server, with these limits for each connection. */
export function createWebSocketEngine(engine: WebSocketEngineOptions): typeof WebSocketServer {
  const {paced, refusalOf, refuse, onCut} = engine;
  const limits = {...WEBSOCKET_LIMITS, WebSocket: limitedWebSocket(onCut)};
  return class LimitedWebSocketServer extends WebSocketServer {
    constructor(options: ServerOptions) {
      super({...options, ...limits});
    }

    override handleUpgrade(...upgrade: Parameters<WebSocketServer['handleUpgrade']>): void {
      const [request, connection] = upgrade;
      const refusal = refusalOf(request);
      if (refusal) {
        refuse(connection, refusal);
        return;
      }
      connection.on('error', ignore); // until ws adds its own listener; ws checks that the connection is still open
      paced.add(() => {
        connection.off('error', ignore);
        super.handleUpgrade(...upgrade);
      });
    }
  } as typeof WebSocketServer; // its options are those that engine.io gives
}

// Frames are counted before a listener gets them, so that of a hundred messages in one network packet those beyond the
// limit are dropped. ws still parses what it has already read, at most 64 KB: 6 ms for the smallest frames.
function limitedWebSocket(onCut: (reason: CutReason) => void): typeof WebSocket {
  return class LimitedWebSocket extends WebSocket {
    private window = 0;
    private messages = 0;
    private connectPackets = 0;

    override emit(event: string | symbol, ...values: unknown[]): boolean {
      if (!FRAMES.has(event)) return super.emit(event, ...values);
      const frame = values[0] as RawData; // of each of the three
      if (this.readyState !== WebSocket.OPEN || !this.isWithinLimits(event, frame)) return false;
      if (event === 'ping') this.pong(frame);
      return super.emit(event, ...values);
    }

    private isWithinLimits(event: string | symbol, data: RawData): boolean {
      const window = Math.floor(performance.now() / (1000 * WINDOW_SECONDS));
      if (window !== this.window) this.messages = 0;
      this.window = window;
      this.messages += 1;
      if (event === 'message' && isConnect(data)) this.connectPackets += 1;
      if (this.messages > MAX_MESSAGES) return this.cut('messages');
      if (this.connectPackets > MAX_CONNECT_PACKETS) return this.cut('handshakes');
      return true;
    }

    private cut(reason: CutReason): false {
      this.terminate();
      onCut(reason);
      return false;
    }
  };
}

function isConnect(data: RawData): boolean {
  return Buffer.isBuffer(data) && data.subarray(0, CONNECT.length).equals(CONNECT);
}

function ignore(): void {
  return;
}
