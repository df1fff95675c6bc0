// What comes from Redis: the gateway's subscription, renewed after every reconnect and pinged, so that a half-open
// connection is noticed; and the parser, which passes events of the contract and nothing else, whatever the bytes.
import {createAdapter} from '@socket.io/redis-adapter';
import type {Redis} from 'ioredis';
import * as msgpack from 'notepack.io';
import {z} from 'zod';
import {inquirySubmittedSchema, SocketEvent} from '../contract/events';
import {OBSERVATION_NAMESPACE, roomsOfInquiry} from '../contract/rooms';
import {levelOf, reasonOf} from '../platform/error-reasons';
import type {Logger} from '../platform/logger';
import {Counter, type Registry} from '../platform/metrics';
import {RateLimitedLog} from '../platform/rate-limited-log';

const PING_INTERVAL_MS = 10_000;
const REPORT_INTERVAL_MS = 60_000; // a refused subscription is tried again at each ping
const MAX_MESSAGE_BYTES = 4096;
// The only bytes above 0xbf in an event: MessagePack's nil, false, true and short text; the text itself is ASCII. Every
// prefix that can claim a length beyond 255 is another byte above 0xbf: six bytes may ask for an array of 32 GB.
const HIGH_BYTES: ReadonlySet<number> = new Set([0xc0, 0xc2, 0xc3, 0xd9]);

export interface AdapterOptions {
  channelPrefix: string | undefined;
  registry: Registry;
  log: RateLimitedLog;
}

/** Owns the patterns that the adapter listens on. The subscriber must not resubscribe by itself. */
export class Subscription {
  private readonly patterns = new Set<string>();
  private readonly confirmed = new Set<string>();
  private readonly timer: NodeJS.Timeout;
  private readonly log: RateLimitedLog;

  constructor(
    private readonly subscriber: Redis,
    logger: Logger,
  ) {
    this.log = new RateLimitedLog({logger, intervalMs: REPORT_INTERVAL_MS});
    subscriber.on('ready', () => this.subscribe());
    subscriber.on('close', () => this.confirmed.clear());
    this.timer = setInterval(() => this.ping(), PING_INTERVAL_MS);
    this.timer.unref();
    subscriber.connect().catch((error: unknown) => logger.debug({err: error}, 'redis.connect.refused'));
  }

  /** Has Redis confirmed every pattern on the current connection? */
  isUp(): boolean {
    return this.subscriber.status === 'ready' && this.confirmed.size === this.patterns.size;
  }

  stop(): void {
    clearInterval(this.timer);
    this.log.flush();
    this.subscriber.disconnect();
  }

  /** The adapter that delivers the events of these channels; it refuses other messages, and counts and logs them. */
  createAdapter({channelPrefix, registry, log}: AdapterOptions): ReturnType<typeof createAdapter> {
    const refused = new Counter({
      name: 'outreach_gateway_refused_messages_total',
      help: 'Messages on the Redis channel that were not an event of the contract.',
      registers: [registry],
    });
    const parser = createBroadcastParser(reason => {
      refused.inc();
      log.write('warn', 'gateway.message.refused', {reason});
    });
    const client = this.asAdapterClient();
    return createAdapter(client, client, {key: channelPrefix, parser});
  }

  /**
   * The adapter's view of the subscriber. The request and response channels, by which any publisher could move or
   * disconnect sockets, are not subscribed to at all, and a gateway publishes nothing.
   */
  private asAdapterClient() {
    const {subscriber} = this;
    return {
      psubscribe: (pattern: string) => {
        this.patterns.add(pattern);
        if (subscriber.status === 'ready') this.subscribe();
      },
      punsubscribe: (pattern: string) => {
        this.patterns.delete(pattern);
        this.confirmed.delete(pattern);
        subscriber.punsubscribe(pattern).catch((error: unknown) => this.report(error));
      },
      subscribe: () => undefined,
      unsubscribe: () => undefined,
      publish: () => undefined,
      on: (event: string, listener: (...args: unknown[]) => void) => void subscriber.on(event, listener),
      off: (event: string, listener: (...args: unknown[]) => void) => void subscriber.off(event, listener),
      listenerCount: (event: string) => subscriber.listenerCount(event),
    };
  }

  private subscribe(): void {
    for (const pattern of this.patterns) {
      if (this.confirmed.has(pattern)) continue;
      this.subscriber.psubscribe(pattern).then(
        () => this.confirmed.add(pattern),
        (error: unknown) => this.report(error),
      );
    }
  }

  // A connection that does not answer is destroyed by its socket timeout; a subscription that was refused is tried
  // again.
  private ping(): void {
    if (this.subscriber.status !== 'ready') return;
    this.subscriber.ping().catch((error: unknown) => this.report(error, 'gateway.subscription.silent'));
    this.subscribe();
  }

  private report(error: unknown, event = 'gateway.subscription.failed'): void {
    const reason = reasonOf(error);
    this.log.write(levelOf(reason), event, {reason, err: error});
  }
}

// What the emitter publishes: [sender, packet, options], one room each (socket.io-redis-adapter's protocol).
const broadcastSchema = z
  .tuple([
    z.string(),
    z.object({
      type: z.literal(2), // EVENT of the socket.io protocol
      data: z.tuple([z.literal(SocketEvent.INQUIRY_SUBMITTED), inquirySubmittedSchema]),
      nsp: z.literal(OBSERVATION_NAMESPACE),
    }),
    z.object({
      rooms: z.array(z.string()).length(1),
      except: z.array(z.string()).max(0).optional(),
      flags: z.object({}).optional(),
    }),
  ])
  .refine(([, packet, {rooms}]) => roomsOfInquiry(packet.data[1].data.topic).includes(rooms[0] ?? ''));

// A broadcast of a namespace that does not exist: the adapter ignores other namespaces than its own.
const IGNORED = ['', {type: 2, data: [], nsp: '/none'}, {rooms: []}];

/** Why a message is refused: by its bytes, before it is decoded; by its encoding; or by what it holds. */
export type RefusalReason = 'bytes' | 'encoding' | 'content';

/** A parser for the adapter that lets only valid broadcasts through and calls `onRefused` for the others. */
export function createBroadcastParser(onRefused: (reason: RefusalReason) => void) {
  return {
    encode: (message: unknown): Buffer => msgpack.encode(message) as Buffer, // the package types it as any
    decode: (bytes: Buffer): unknown => {
      const broadcast = read(bytes);
      if (typeof broadcast !== 'string') return broadcast;
      onRefused(broadcast);
      return IGNORED;
    },
  };
}

function read(bytes: Buffer): z.infer<typeof broadcastSchema> | RefusalReason {
  if (!isHarmless(bytes)) return 'bytes';
  try {
    const parsed = broadcastSchema.safeParse(msgpack.decode(bytes));
    return parsed.success ? parsed.data : 'content';
  } catch {
    return 'encoding';
  }
}

// Checked before decoding, since the decoder allocates whatever length a message claims.
function isHarmless(bytes: Buffer): boolean {
  return bytes.length <= MAX_MESSAGE_BYTES && bytes.every(byte => byte < 0xc0 || HIGH_BYTES.has(byte));
}
