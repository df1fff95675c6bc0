// createGateway: the socket.io server that shows events to the back office. WebSocket only, one namespace, no
// state but its sockets, so replicas need no sticky sessions. It knows of inquiries nothing but their events.
import {createServer, type IncomingMessage, type Server as HttpServer} from 'node:http';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {createAdapter} from '@socket.io/redis-adapter';
import {Server} from 'socket.io';
import type {Claims} from '../contract/access';
import {type ClientToServerEvents, OBSERVE, type ObserveResult, type ServerToClientEvents} from '../contract/events';
import {OBSERVATION_NAMESPACE} from '../contract/rooms';
import type {Logger} from '../platform/logger';
import {Counter, createRegistry, Gauge, type Registry} from '../platform/metrics';
import {createSubscriber} from '../platform/redis';
import type {TokenVerifier} from '../platform/token-verifier';
import {createHandshake, forgetRequest} from './authenticate';
import {answerProbe} from './probes';
import {closeServer, drainSockets, trackConnections} from './drain';
import {createBroadcastParser} from './broadcast-parser';
import {SessionExpiry} from './session-expiry';
import {writeDirectly} from './socket-writer';
import {Subscription} from './subscription';
import {observe, type ObservationSocket, type SocketState} from './observation-rooms';

/** What a gateway needs; without `redis` it serves only events emitted in its own process. */
export interface GatewayOptions {
  host: string;
  port: number;
  redis?: {url: string; channelPrefix: string};
  topics: readonly string[];
  allowedOrigins: readonly string[];
  verifyToken: TokenVerifier<Claims>;
  /** Where its metrics go; one of its own when left out. */
  registry?: Registry;
  logger: Logger;
}

export type ObservationServer = Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketState>;

/** A listening gateway. */
export interface Gateway {
  url: string;
  io: ObservationServer;
  registry: Registry;
  /** Has Redis confirmed the subscription? Reported only: a gateway without it still holds its sockets. */
  isSubscribed(): boolean;
  /** From now on `/ready` answers 503, so that balancers look elsewhere; new sockets are still served. */
  startDraining(): void;
  /** Stops listening, disconnects sockets in jittered slices within `drainMs`, then closes. Safe to call twice. */
  stop(drainMs?: number): Promise<void>;
}

const MAX_MESSAGE_BYTES = 10_000;
const CONNECT_TIMEOUT_MS = 8000;
// When a gateway goes, all of its clients are here within half a second. Beyond Node's 511 the kernel would drop their
// SYNs, to be sent again after 1, 3 and 7 seconds. It takes no more than its own limit (net.core.somaxconn).
const BACKLOG = 65_535;

/** Starts a gateway; resolves once it listens. Redis may come later: it subscribes when it can. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const {host, port, allowedOrigins, logger, registry = createRegistry()} = options;
  const state = {draining: false};
  const subscription = options.redis && new Subscription(createSubscriber(options.redis.url, logger), logger);
  const isSubscribed = () => subscription?.isUp() ?? true;
  const httpServer = createServer((request, response) => {
    answerProbe(request, response, {draining: state.draining, subscribed: isSubscribed()});
  });
  const connections = trackConnections(httpServer);
  const io: ObservationServer = new Server(httpServer, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    connectTimeout: CONNECT_TIMEOUT_MS,
    perMessageDeflate: false, // costs memory, and writeDirectly relies on it
    allowRequest: (request, decide) => decide(null, isAllowedOrigin(request, allowedOrigins)),
    // CORS does not guard WebSocket: allowRequest does.
  });
  if (subscription) listenTo(subscription, io, {...options, registry});
  const stalled = new Counter({
    name: 'outreach_gateway_stalled_sockets_total',
    help: 'Connections cut off because the peer did not read what was sent to it.',
    registers: [registry],
  });
  writeDirectly(io, connections, () => stalled.inc());
  const expiry = new SessionExpiry(io);
  serveObservation(io, expiry, options);
  new Gauge({
    name: 'outreach_gateway_sockets',
    help: 'Sockets connected to the observation namespace.',
    registers: [registry],
    collect() {
      this.set(io.of(OBSERVATION_NAMESPACE).sockets.size);
    },
  });

  httpServer.listen({port, host, backlog: BACKLOG});
  await once(httpServer, 'listening');
  let stopped: Promise<void> | undefined;
  const startDraining = () => {
    state.draining = true;
  };
  const stop = async (drainMs = 0) => {
    startDraining();
    httpServer.close(); // the sockets stay
    await drainSockets(io, drainMs);
    await closeServer(io, connections);
    expiry.stop();
    subscription?.stop();
  };
  return {
    url: urlOf(httpServer, host),
    io,
    registry,
    isSubscribed,
    startDraining,
    stop: drainMs => (stopped ??= stop(drainMs)),
  };
}

function listenTo(
  subscription: Subscription,
  io: ObservationServer,
  {redis, logger, registry}: GatewayOptions & {registry: Registry},
): void {
  const refused = new Counter({
    name: 'outreach_gateway_refused_messages_total',
    help: 'Messages on the Redis channel that were not an event of the contract.',
    registers: [registry],
  });
  const parser = createBroadcastParser(error => {
    refused.inc();
    logger.warn({err: error}, 'gateway.message.refused');
  });
  const client = subscription.asAdapterClient();
  io.adapter(createAdapter(client, client, {key: redis?.channelPrefix, parser}));
}

function serveObservation(
  io: ObservationServer,
  expiry: SessionExpiry,
  {topics, verifyToken, logger}: GatewayOptions,
): void {
  const known = new Set(topics);
  // The main namespace is always there and asks for no token; a socket in it would only hold a connection.
  io.use((_socket, next) => next(new Error('Invalid namespace')));
  const namespace = io.of(OBSERVATION_NAMESPACE);
  namespace.use(createHandshake(verifyToken, logger));
  // Listeners for all sockets, each of which is their `this`: one of its own for each would add up.
  const logError = function (this: ObservationSocket, error: Error) {
    logger.debug({err: error, socketId: this.id}, 'gateway.socket.error');
  };
  const answer = function (this: ObservationSocket, request: unknown, ack: (result: ObserveResult) => void) {
    observe(this, request, known).then(ack, (error: unknown) => {
      logger.error({err: error, socketId: this.id}, 'gateway.observe.failed');
      ack({ok: false, granted: [], denied: [], error: 'bad_request'});
    });
  };
  namespace.on('connection', (socket: ObservationSocket) => {
    expiry.add(socket);
    forgetRequest(socket);
    socket.on('error', logError);
    socket.on(OBSERVE, answer);
    socket.use(([event, , ack], next) => {
      // A client can send nothing but `observe` with an acknowledgement.
      if (event === OBSERVE && typeof ack === 'function') next();
      else socket.disconnect(true);
    });
  });
}

// Browsers always send Origin; other programs, which no page can drive, may leave it out.
function isAllowedOrigin({headers}: IncomingMessage, allowedOrigins: readonly string[]): boolean {
  return headers.origin === undefined || allowedOrigins.includes(headers.origin);
}

function urlOf(server: HttpServer, host: string): string {
  const {port} = server.address() as AddressInfo; // it listens on a port
  return `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`;
}
