// When each request begins. Probes begin at once. Of all others only so many begin in one turn of the event loop, client by
// client, so that a turn is short whatever is sent; and of one connection only a few are under way at a time, since Node
// would begin all that a client has written ahead (HTTP pipelining). What a client with many connections sends is read
// as it is answered (unread-connections.ts).
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import {RoundRobin} from '../../platform/round-robin';
import type {NodeHandlerContext} from './http-server';
import {readOn, stopReading, UnreadConnections} from './unread-connections';

export interface RequestSchedulerOptions {
  /** Answers a request; resolves when the answer is written or nobody is there to read it, and never rejects. */
  handle: (handlerContext: NodeHandlerContext) => Promise<void>;
  /** Who a request is from. */
  clientOf: (request: IncomingMessage) => string;
  /** Is each connection one client's? Behind a proxy it has the requests of many. */
  hasOwnConnections: boolean;
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
/** Paths that balancers and orchestrators ask. */
export const PROBES: ReadonlySet<string> = new Set(['/live', '/ready']);

interface Connection {
  /** Whose it is, where each client has its own. */
  client: string | undefined;
  underWay: number;
  /** In the order of coming; the connection is not read meanwhile. */
  ahead: NodeHandlerContext[];
}

export class RequestScheduler {
  /** The targets of probes, with the base path. */
  probes: ReadonlySet<string | undefined> = PROBES;
  private readonly connections = new WeakMap<Socket, Connection>();
  private readonly queue = new RoundRobin<NodeHandlerContext>();
  private readonly unread = new UnreadConnections();
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
    const connection = this.connectionOf(request);
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

  /** How many connections are not read since their client has many requests under way, for metrics. */
  get unreadConnections(): number {
    return this.unread.count;
  }

  /** From now on, reads all connections, which will be closed; or again only those of clients that are not too busy. */
  readAll(isReadingAll: boolean): void {
    this.unread.readAll(isReadingAll);
  }

  private connectionOf(request: IncomingMessage): Connection {
    const known = this.connections.get(request.socket);
    if (known) return known;
    const {clientOf, hasOwnConnections} = this.options;
    const connection: Connection = {client: hasOwnConnections ? clientOf(request) : undefined, underWay: 0, ahead: []};
    this.connections.set(request.socket, connection);
    return connection;
  }

  private begin(handlerContext: NodeHandlerContext, connection: Connection): void {
    connection.underWay += 1;
    if (connection.client !== undefined) this.unread.begin(connection.client);
    if (this.probes.has(handlerContext.request.url)) this.run(handlerContext);
    else if (this.queue.length === 0 && this.starts < STARTS_PER_TURN) this.start(handlerContext);
    else {
      this.queue.add(this.options.clientOf(handlerContext.request), handlerContext);
      this.openTurn();
    }
  }

  private start(handlerContext: NodeHandlerContext): void {
    this.starts += 1;
    this.openTurn();
    this.run(handlerContext);
  }

  // Nothing is done for a client that has gone away while its request waited.
  private run(handlerContext: NodeHandlerContext): void {
    const {request} = handlerContext;
    if (request.socket.destroyed) this.finish(request);
    else void this.options.handle(handlerContext).then(() => this.finish(request));
  }

  private finish(request: IncomingMessage): void {
    const {socket} = request;
    const connection = this.connectionOf(request);
    const {client, ahead} = connection;
    connection.underWay -= 1;
    if (client !== undefined) this.unread.end(client);
    if (socket.destroyed) ahead.length = 0; // nobody is there to read the answers
    const next = ahead.shift();
    if (next) {
      if (ahead.length === 0) readOn(socket);
      this.begin(next, connection);
    } else if (client !== undefined && connection.underWay === 0 && request.complete && !this.probes.has(request.url)) {
      this.unread.pauseIfBusy(client, socket);
    }
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
