// OutreachSocketEventService: notifies the observation rooms of an inquiry that is committed. Best effort: the
// inquiry is in PostgreSQL, so a lost event costs nothing but seconds. It never throws and cannot be awaited.
import {BindingScope, inject, injectable} from '@loopback/core';
import {type InquirySubmitted, SocketEvent} from '../../contract/events';
import {roomsOfInquiry} from '../../contract/rooms';
import {PlatformBindings} from '../../platform/keys';
import {levelOf, reasonOf} from '../../platform/error-reasons';
import type {Logger} from '../../platform/logger';
import {RateLimitedLog} from '../../platform/rate-limited-log';
import {withDeadline, within} from '../../platform/within';
import {NOTIFY_RESULTS, type NotifyMetrics, type NotifyResult} from './notify-metrics';
import {WebSocketBindings} from './keys';
import type {EventEmitter} from './types';

/**
 * How long a publish may wait for Redis before its outcome counts as unknown, in milliseconds. It has left by then, so
 * that waiting longer loses nothing, and giving up early does: what comes after it is dropped. A Redis that is well may
 * take half a second on a machine that is busy, and one that hangs is cut off by its connection soon after.
 */
export const PUBLISH_TIMEOUT_MS = 1000;
// More than this many publishes in flight mean that Redis falls behind: further ones are dropped and counted. Enough for
// 1,000 inquiries a second and a Redis that takes an eighth of a second; what is answered together holds up the visitors
// of that moment, a thousand for 4 ms, these for one.
const MAX_IN_FLIGHT = 256;
// After a deadline has passed, one inquiry at a time asks whether Redis answers again: many publishes that time out
// together cost the visitors of that moment a fifth of their p99. An answer that comes late is one too.
const MAX_IN_FLIGHT_UNANSWERED = 1;

/** An event on its way to one room. */
interface Publish {
  event: InquirySubmitted;
  /** Undefined until there is an answer, or its time is over. */
  result?: NotifyResult;
  error?: unknown;
}

@injectable({scope: BindingScope.SINGLETON})
export class OutreachSocketEventService {
  /** Those of this turn of the event loop. */
  private events: InquirySubmitted[] = [];
  private readonly inFlight = new Set<Promise<void>>();
  private readonly losses: RateLimitedLog;
  private publishes = 0;
  // A publish has timed out, and none was answered since. That a connection is gone is no answer: a Redis that hangs
  // accepts the next one too.
  private isUnanswered = false;

  constructor(
    @inject(WebSocketBindings.EMITTER) private readonly emitter: EventEmitter,
    @inject(PlatformBindings.LOGGER) private readonly logger: Logger,
    @inject(WebSocketBindings.NOTIFY_METRICS) private readonly metrics: NotifyMetrics,
  ) {
    this.losses = new RateLimitedLog({logger});
  }

  /** May an event be sent now? A fast path: each publish has its own deadline all the same. */
  isReady(): boolean {
    return this.emitter.isReady() && this.publishes < (this.isUnanswered ? MAX_IN_FLIGHT_UNANSWERED : MAX_IN_FLIGHT);
  }

  /** How many publishes have neither succeeded nor failed yet. */
  get pending(): number {
    return this.publishes;
  }

  /**
   * Sends `INQUIRY_SUBMITTED` to each room of the inquiry, once the visitors of this turn of the event loop have their
   * answers. Call it after the commit. Best effort: returns at once, never throws, counts every outcome, and logs lost
   * publishes, at most one line a second and reason with the newest id; that Redis is away is logged once, by its
   * connection.
   */
  notifyInquirySubmitted(event: InquirySubmitted): void {
    if (!this.isReady()) {
      this.metrics.count('not_ready');
      return;
    }
    // Inquiries that were stored together are answered together; the last visitor would wait for all events but one.
    if (this.events.push(event) > 1) return;
    const turn = new Promise(resolve => setImmediate(resolve))
      .then(() => this.notifyAll(this.events.splice(0)))
      .catch((error: unknown) => this.logger.error({err: error}, 'inquiry.notify.defect'))
      .finally(() => this.inFlight.delete(turn));
    this.inFlight.add(turn);
  }

  /** Resolves when nothing is in flight any more, or after `timeoutMs`; for an orderly stop. */
  async drain(timeoutMs: number): Promise<void> {
    if (this.inFlight.size > 0) await within(timeoutMs, Promise.allSettled([...this.inFlight]));
    this.losses.flush();
  }

  // One timer for all, and nothing for each but its publishes: every visitor shares the processor with them.
  private async notifyAll(events: readonly InquirySubmitted[]): Promise<void> {
    const startedAt = performance.now();
    const notified: Publish[][] = [];
    const answers: Promise<void>[] = [];
    for (const event of events) {
      if (!this.isReady()) {
        this.metrics.count('not_ready');
        continue;
      }
      const publishes = roomsOfInquiry(event.data.topic).map(room => {
        const publish: Publish = {event};
        answers.push(this.publish(room, publish));
        return publish;
      });
      notified.push(publishes);
    }
    if (answers.length === 0) return;
    await withDeadline(PUBLISH_TIMEOUT_MS, Promise.all(answers)).catch((error: unknown) => {
      this.isUnanswered = true;
      for (const publish of notified.flat()) if (!publish.result) this.settle(publish, 'timeout', error);
    });
    this.metrics.observe(notified.length, performance.now() - startedAt);
    this.count(notified.flat());
    for (const publishes of notified) this.logLost(publishes);
  }

  // Resolves when it was answered, however late; never rejects.
  private async publish(room: string, publish: Publish): Promise<void> {
    this.publishes += 1;
    try {
      const gateways = await this.emitter.emitToRoom(room, SocketEvent.INQUIRY_SUBMITTED, publish.event);
      this.isUnanswered = false;
      this.settle(publish, gateways > 0 ? 'delivered' : 'no_gateway');
    } catch (error) {
      if (isReply(error)) this.isUnanswered = false;
      this.settle(publish, 'failed', error);
    }
  }

  private settle(publish: Publish, result: NotifyResult, error?: unknown): void {
    if (publish.result) return; // its time was over
    this.publishes -= 1;
    publish.result = result;
    publish.error = error;
  }

  private count(publishes: readonly Publish[]): void {
    for (const counted of NOTIFY_RESULTS) {
      const times = publishes.filter(({result}) => result === counted).length;
      if (times > 0) this.metrics.count(counted, times);
    }
  }

  private logLost(publishes: readonly Publish[]): void {
    const lost = publishes.find(({result}) => result !== 'delivered');
    if (!lost) return;
    const failure = publishes.find(({error}) => error !== undefined);
    const reason = reasonOf(failure?.error);
    this.losses.write(levelOf(reason), 'inquiry.notify.lost', {
      reason: reason ?? lost.result,
      inquiryId: lost.event.data.inquiryId,
      results: publishes.map(({result}) => result),
      err: failure?.error,
    });
  }
}

// ReplyError is redis-parser's name for an error that Redis itself has answered.
function isReply(error: unknown): boolean {
  return (error as Error | undefined)?.name === 'ReplyError';
}
