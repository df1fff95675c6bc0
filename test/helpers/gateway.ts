// A gateway on a free port in the test's own process, and clients of it that remember what they received.
import {randomUUID} from 'node:crypto';
import {io, type Socket} from 'socket.io-client';
import {
  type ClientToServerEvents,
  type InquirySubmitted,
  type ObserveResult,
  type ServerToClientEvents,
  SocketEvent,
} from '../../src/contract/events';
import {OBSERVATION_NAMESPACE} from '../../src/contract/rooms';
import {createAllowedOrigins} from '../../src/platform/allowed-origins';
import {createGateway, type Gateway} from '../../src/gateway/gateway';
import {createRegistry} from '../../src/platform/metrics';
import {createPayloadCheck} from './asyncapi';
import {eventually} from './eventually';
import {givenLogger, type RecordedLogger} from './logger';
import {onTeardown} from './teardown';
import {givenTokenVerifier, type TokenIssuer} from './tokens';

export const TOPICS = ['general', 'sales', 'support', 'partnership', 'press', 'careers'];
export const ALLOWED_ORIGIN = 'https://backoffice.test';

const checkPayload = createPayloadCheck();
const undocumented: unknown[] = [];
afterAll(() => expect(undocumented).toEqual([]));

export interface TestGateway extends Gateway, RecordedLogger {}

/** Resolves once the gateway listens and, by default, has subscribed. */
export async function givenGateway(options: {
  issuer: TokenIssuer;
  redisUrl: string;
  redisKey: string;
  awaitSubscription?: boolean;
  allowedOrigins?: string[];
  port?: number;
  maxConnections?: number;
}): Promise<TestGateway> {
  const recorded = givenLogger();
  const registry = createRegistry();
  const gateway = await createGateway({
    host: '127.0.0.1',
    port: options.port ?? 0,
    maxConnections: options.maxConnections,
    redis: {url: options.redisUrl, channelPrefix: options.redisKey},
    topics: TOPICS,
    allowedOrigins: createAllowedOrigins(options.allowedOrigins ?? [ALLOWED_ORIGIN]),
    verifyToken: givenTokenVerifier({jwks: options.issuer.jwks, logger: recorded.logger, registry}),
    logger: recorded.logger,
    registry,
  });
  onTeardown(() => gateway.stop());
  if (options.awaitSubscription ?? true) {
    await eventually(() => {
      if (!gateway.isSubscribed()) throw new Error('the gateway has not subscribed');
    });
  }
  return {...gateway, ...recorded};
}

export type ObservationClient = Socket<ServerToClientEvents, ClientToServerEvents>;

export interface TestObserver {
  socket: ObservationClient;
  events: InquirySubmitted[];
  ack: ObserveResult;
  /** Resolves with the events about these inquiries once each was received at least once. */
  receives(...inquiryIds: string[]): Promise<InquirySubmitted[]>;
  close(): void;
}

/** Connects without observing; rejects with the connect_error. */
export async function connectSocket(
  gatewayUrl: string,
  auth: Record<string, unknown>,
  origin?: string,
): Promise<ObservationClient> {
  const socket: ObservationClient = io(gatewayUrl + OBSERVATION_NAMESPACE, {
    transports: ['websocket'],
    auth,
    forceNew: true,
    reconnection: false,
    ...(origin !== undefined && {extraHeaders: {Origin: origin}}),
  });
  onTeardown(() => Promise.resolve(socket.disconnect()));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
    // Cut before the namespace answered; its refusal closes too, and says why in the same turn.
    socket.io.once('close', reason => setImmediate(() => reject(new Error(reason))));
  });
  return socket;
}

/**
 * A connected client that observes these topics (all that its token allows when left out). Whatever it is sent must be
 * as docs/asyncapi.yaml has it.
 */
export async function givenObserver(gatewayUrl: string, token: string, topics?: string[]): Promise<TestObserver> {
  const socket = await connectSocket(gatewayUrl, {token});
  const events: InquirySubmitted[] = [];
  socket.on(SocketEvent.INQUIRY_SUBMITTED, event => {
    events.push(event);
    try {
      checkPayload(SocketEvent.INQUIRY_SUBMITTED, event);
    } catch (error) {
      undocumented.push(error);
    }
  });
  const request = topics === undefined ? {} : {topics};
  const ack = (await socket.timeout(5000).emitWithAck('observe', request)) as ObserveResult; // the library loses the type after timeout()
  checkPayload('observe acknowledgement', ack);
  return {
    socket,
    events,
    ack,
    receives: (...inquiryIds) =>
      eventually(() =>
        inquiryIds.map(id => {
          const event = events.find(({data}) => data.inquiryId === id);
          if (!event) throw new Error(`no event about ${id} among ${events.length}`);
          return event;
        }),
      ),
    close: () => void socket.disconnect(),
  };
}

/** A channel prefix that no other test uses. */
export function givenRedisKey(): string {
  return `test-${randomUUID()}`;
}

/** URL of the Redis that all test files share. */
export function sharedRedisUrl(): string {
  const url = process.env.OUTREACH_TEST_REDIS_URL;
  if (!url) throw new Error('OUTREACH_TEST_REDIS_URL is not set: this test belongs to a project with a global set-up');
  return url;
}
