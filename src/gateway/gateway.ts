// createGateway: the socket.io server that shows events to the back office. WebSocket only, one namespace, no state but
// its sockets, so replicas need no sticky sessions. It knows nothing of inquiries but their events.
import type {IncomingMessage, Server as HttpServer} from 'node:http';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {Server} from 'socket.io';
import type {Claims} from '../access/claims';
import type {AllowedOrigins} from '../platform/allowed-origins';
import type {Logger} from '../platform/logger';
import {createRegistry, type Registry} from '../platform/metrics';
import {RateLimitedLog} from '../platform/rate-limited-log';
import {createSubscriber} from '../platform/redis';
import type {TokenVerifier} from '../platform/token-verifier';
import {answerProbe, type GatewayReadiness} from './probes';
import {closeServer, drainSockets, trackConnections} from './drain';
import {CutConnections} from './cut-connections';
import {createFrontDoor, refuseUpgrade, SOCKET_PATH} from './front-door';
import {createWebSocketEngine} from './limited-websocket';
import {createOriginCheck} from './origin-check';
import {PacedTasks} from './paced-tasks';
import {SessionExpiry} from './session-expiry';
import {writeDirectly} from './socket-writer';
import {Subscription} from './redis-subscriber';
import type {ObservationServer} from './observation-rooms';
import {serveObservation} from './serve-observation';

/** What a gateway needs; without `redis` it serves only events emitted in its own process. */
export interface GatewayOptions {
  host: string;
  port: number;
  /** No bound when left out. */
  maxConnections?: number | undefined;
  redis?: {url: string; channelPrefix: string};
  topics: readonly string[];
  allowedOrigins: AllowedOrigins;
  verifyToken: TokenVerifier<Claims>;
  /** Registers its metrics; a new registry when left out. */
  registry?: Registry;
  logger: Logger;
}

/** A listening gateway. */
export interface Gateway {
  url: string;
  io: ObservationServer;
  registry: Registry;
  /** Has Redis confirmed the subscription? Reported only: a gateway without it still holds its sockets. */
  isSubscribed(): boolean;
  /** The body of `GET /ready`. */
  readiness(): GatewayReadiness;
  /** Fails readiness from now on, so that balancers choose other replicas; new sockets are still let in. */
  startDraining(): void;
  /**
   * Fails readiness, stops listening, disconnects sockets in jittered slices within `drainMs`, then closes. Handshakes on
   * connections that are open already are answered 503. Safe to call twice.
   */
  stop(drainMs?: number): Promise<void>;
}

/** What the parts of a gateway share. */
interface Shared {
  state: {draining: boolean; stopping: boolean};
  registry: Registry;
  log: RateLimitedLog;
  cuts: CutConnections;
  paced: PacedTasks;
}

const MAX_MESSAGE_BYTES = 10_000;
const CONNECT_TIMEOUT_MS = 8000;
// When another gateway stops, all of its clients connect here within half a second. Beyond Node's default of 511 the
// kernel would drop their SYNs, which clients repeat after 1, 3 and 7 seconds. The kernel caps this at
// net.core.somaxconn.
const BACKLOG = 65_535;

/** Starts a gateway; resolves once it listens. Redis may come later: it subscribes when it can. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const {host, port, maxConnections, logger} = options;
  const shared = createShared(options);
  const {state, registry, log} = shared;
  const subscription = options.redis && new Subscription(createSubscriber(options.redis.url, logger), logger);
  const isSubscribed = () => subscription?.isUp() ?? true;
  const readiness = (): GatewayReadiness => ({
    status: state.draining ? 'not-ready' : 'ready',
    draining: state.draining,
    redis: isSubscribed() ? 'up' : 'degraded',
  });
  const httpServer = createFrontDoor({
    maxConnections,
    answer: (request, response) => answerProbe(request, response, readiness()),
    registry,
    log,
  });
  httpServer.on('connection', () => shared.paced.onAccepted());
  const connections = trackConnections(httpServer);
  const io = createSocketServer(httpServer, options, shared);
  const channelPrefix = options.redis?.channelPrefix;
  if (subscription) io.adapter(subscription.createAdapter({channelPrefix, registry, log}));
  const stopChecking = writeDirectly(io, connections, registry);
  const expiry = new SessionExpiry(io);
  serveObservation(io, {...options, ...shared, expiry});

  httpServer.listen({port, host, backlog: BACKLOG});
  await once(httpServer, 'listening');
  let stopped: Promise<void> | undefined;
  const stop = async (drainMs = 0) => {
    Object.assign(state, {draining: true, stopping: true});
    httpServer.close(); // stops listening at once; open connections stay
    await drainSockets(io, drainMs);
    await closeServer(io, connections);
    stopChecking();
    expiry.stop();
    subscription?.stop();
    log.flush();
  };
  return {
    url: urlOf(httpServer, host),
    io,
    registry,
    isSubscribed,
    readiness,
    startDraining: () => void (state.draining = true),
    stop: drainMs => (stopped ??= stop(drainMs)),
  };
}

function createShared({logger, registry = createRegistry()}: GatewayOptions): Shared {
  const log = new RateLimitedLog({logger});
  return {
    state: {draining: false, stopping: false},
    registry,
    log,
    cuts: new CutConnections(registry, log),
    paced: new PacedTasks(),
  };
}

function createSocketServer(
  httpServer: HttpServer,
  {allowedOrigins}: GatewayOptions,
  {state, log, cuts, paced}: Shared,
): ObservationServer {
  const refusalOfOrigin = createOriginCheck(allowedOrigins, log);
  return new Server(httpServer, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    serveClient: false,
    destroyUpgrade: false, // the front door answers upgrades of other paths
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    connectTimeout: CONNECT_TIMEOUT_MS,
    perMessageDeflate: false, // costs memory, and writeDirectly relies on it
    wsEngine: createWebSocketEngine({
      paced,
      refusalOf: request => {
        if (state.stopping) return {status: 503};
        return refusalOfOrigin(request) ?? (resumesSession(request) ? {status: 400} : undefined);
      },
      refuse: refuseUpgrade,
      onCut: reason => cuts.count(reason),
    }),
  });
}

// No session can be resumed: engine.io's sessions begin and end with their WebSocket.
function resumesSession({url}: IncomingMessage): boolean {
  return /[?&]sid=/.test(url ?? '');
}

function urlOf(server: HttpServer, host: string): string {
  const {port} = server.address() as AddressInfo; // it listens on a port
  return `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`;
}
