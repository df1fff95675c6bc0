// The gateway's subscription to Redis: made anew after every reconnect, called up only when Redis has confirmed it,
// and pinged, so that a half-open connection is noticed.
import type {Redis} from 'ioredis';
import {levelOf, reasonOf} from '../platform/error-reasons';
import type {Logger} from '../platform/logger';
import {RateLimitedLog} from '../platform/rate-limited-log';

const PING_INTERVAL_MS = 10_000;
const REPORT_INTERVAL_MS = 60_000; // what is refused is asked for again at each ping

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

  /** Has Redis confirmed every pattern on the connection that is up now? */
  isUp(): boolean {
    return this.subscriber.status === 'ready' && this.confirmed.size === this.patterns.size;
  }

  stop(): void {
    clearInterval(this.timer);
    this.log.flush();
    this.subscriber.disconnect();
  }

  /**
   * The adapter's view of the subscriber. The request and response channels, by which any publisher could move or
   * disconnect sockets, are not subscribed to at all, and a gateway publishes nothing.
   */
  asAdapterClient() {
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

  // A connection that does not answer is destroyed by its socket timeout; what was refused before is tried again.
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
