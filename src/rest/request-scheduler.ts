// When each request begins. Probes begin at once. Of all others only so many begin in one turn of the event loop, client by
// client, so that a turn is short whatever is sent; and of one connection only a few are under way at a time, since Node
// would begin all that a client has written ahead (HTTP pipelining).
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import {RoundRobin} from '../platform/round-robin';
import type {Exchange} from './rest-server';

export interface RequestSchedulerOptions {
  /** Answers a request; resolves when the answer is written, and never rejects. */
  handle: (exchange: Exchange) => Promise<void>;
  /** Who a request is from. */
  clientOf: (request: IncomingMessage) => string;
  /** Called for a connection that is cut off because too much was written ahead on it. */
  onCut: () => void;
}

/** The most requests of one connection that are under way. */
export const MAX_UNDER_WAY = 4;
/** The most that may wait behind them; what one read from a socket holds of ordinary requests is less. */
const MAX_WRITTEN_AHEAD = 1000;
const STARTS_PER_TURN = 16;
/** The most turns in a row that are left to accepting connections: Node accepts one in each. */
const MAX_ACCEPTING_TURNS = 64;
const PROBES: ReadonlySet<string | undefined> = new Set(['/live', '/ready']);

interface Connection {
  underWay: number;
  /** In the order of coming; the connection is not read meanwhile. */
  ahead: Exchange[];
}

export class RequestScheduler {
  private readonly connections = new WeakMap<Socket, Connection>();
  private readonly queue = new RoundRobin<Exchange>();
  private starts = 0;
  private isTurnOpen = false;
  private isAccepting = false;
  private acceptingTurns = 0;

  constructor(private readonly options: RequestSchedulerOptions) {}

  /** How many requests wait for a turn, for metrics. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Node's `request` event. */
  accept(request: IncomingMessage, response: ServerResponse): void {
    const {socket} = request;
    if (socket.destroyed) return; // cut off, while Node still parses what it had read
    const connection = this.connectionOf(socket);
    if (connection.underWay < MAX_UNDER_WAY) {
      this.begin({request, response}, connection);
      return;
    }
    if (connection.ahead.length >= MAX_WRITTEN_AHEAD) {
      socket.destroy();
      this.options.onCut();
      return;
    }
    if (connection.ahead.push({request, response}) === 1) stopReading(socket);
  }

  /** Node's `connection` event: more connections may wait, and a visitor's among them. */
  onConnection(): void {
    this.isAccepting = true;
  }

  private connectionOf(socket: Socket): Connection {
    const known = this.connections.get(socket);
    if (known) return known;
    const connection: Connection = {underWay: 0, ahead: []};
    this.connections.set(socket, connection);
    return connection;
  }

  private begin(exchange: Exchange, connection: Connection): void {
    connection.underWay += 1;
    if (PROBES.has(exchange.request.url)) this.run(exchange);
    else if (this.queue.length === 0 && this.starts < STARTS_PER_TURN) this.start(exchange);
    else {
      this.queue.add(this.options.clientOf(exchange.request), exchange);
      this.openTurn();
    }
  }

  private start(exchange: Exchange): void {
    this.starts += 1;
    this.openTurn();
    this.run(exchange);
  }

  private run(exchange: Exchange): void {
    void this.options.handle(exchange).then(() => this.finish(exchange.request.socket));
  }

  private finish(socket: Socket): void {
    const connection = this.connectionOf(socket);
    connection.underWay -= 1;
    if (socket.destroyed) connection.ahead.length = 0; // nobody is there to read the answers
    const next = connection.ahead.shift();
    if (!next) return;
    if (connection.ahead.length === 0) readOn(socket);
    this.begin(next, connection);
  }

  // Ends with the turn of the event loop, and begins what has waited for the next one.
  private openTurn(): void {
    if (this.isTurnOpen) return;
    this.isTurnOpen = true;
    setImmediate(() => this.endTurn());
  }

  private endTurn(): void {
    this.isTurnOpen = false;
    this.acceptingTurns = this.isAccepting ? this.acceptingTurns + 1 : 0;
    this.isAccepting = false;
    if (this.acceptingTurns % (MAX_ACCEPTING_TURNS + 1) !== 0) {
      this.openTurn();
      return;
    }
    this.starts = 0;
    while (this.starts < STARTS_PER_TURN) {
      const next = this.queue.take();
      if (!next) return;
      this.start(next);
    }
  }
}

// Node reads on when it reads a request's body, also while the connection is paused; so it must find nothing to call.
// All that is under way has been read whole: what came behind it is there.
function stopReading(socket: Socket): void {
  socket.pause();
  socket.resume = () => socket;
}

function readOn(socket: Socket): void {
  Reflect.deleteProperty(socket, 'resume'); // the method of its class again
  socket.resume();
}
