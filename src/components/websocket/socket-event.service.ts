// OutreachSocketEventService: notifies the observation rooms of an inquiry that is committed. Best effort: the
// inquiry is in PostgreSQL, so a lost event costs nothing but seconds. It never throws and cannot be awaited.
import {BindingScope, inject, injectable} from '@loopback/core';
import {type InquirySubmitted, SocketEvent} from '../../contract/events';
import {roomsOfInquiry} from '../../contract/rooms';
import {PlatformBindings} from '../../platform/keys';
import {levelOf, reasonOf} from '../../platform/error-reasons';
import type {Logger} from '../../platform/logger';
import {RateLimitedLog} from '../../platform/rate-limited-log';
import {DeadlineError, withDeadline, within} from '../../platform/within';
import type {NotifyMetrics, NotifyResult} from './notify-metrics';
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

@injectable({scope: BindingScope.SINGLETON})
export class OutreachSocketEventService {
  private readonly inFlight = new Set<Promise<void>>();
  private readonly losses: RateLimitedLog;
  private publishes = 0;
  // A publish has timed out, and none was answered since. That a connection is gone is no answer: a Redis that hangs
  // accepts the next one too.
  private isUnanswered = false;
  private answers: Promise<void> | undefined;

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
    const notification = this.notifyRooms(event).catch((error: unknown) => {
      this.logger.error({err: error, inquiryId: event.data.inquiryId}, 'inquiry.notify.defect');
    });
    this.inFlight.add(notification);
    void notification.then(() => this.inFlight.delete(notification));
  }

  /** Resolves when nothing is in flight any more, or after `timeoutMs`; for an orderly stop. */
  async drain(timeoutMs: number): Promise<void> {
    if (this.inFlight.size > 0) await within(timeoutMs, Promise.allSettled([...this.inFlight]));
    this.losses.flush();
  }

  private async notifyRooms(event: InquirySubmitted): Promise<void> {
    await this.answered();
    if (!this.isReady()) {
      this.metrics.count('not_ready');
      return;
    }
    const rooms = roomsOfInquiry(event.data.topic);
    const stopTimer = this.metrics.startTimer();
    const outcomes = await Promise.allSettled(rooms.map(room => this.publish(room, event)));
    stopTimer();
    const results = outcomes.map(resultOf);
    results.forEach(result => this.metrics.count(result));
    const lost = results.filter(result => result !== 'delivered');
    if (lost.length > 0) {
      const failure = outcomes.find(outcome => outcome.status === 'rejected');
      const reason = reasonOf(failure?.reason);
      this.losses.write(levelOf(reason), 'inquiry.notify.lost', {
        reason: reason ?? lost[0],
        inquiryId: event.data.inquiryId,
        results,
        err: failure?.reason as unknown,
      });
    }
  }

  // Inquiries that were stored together are answered together; the last visitor would wait for all events but one.
  private answered(): Promise<void> {
    return (this.answers ??= new Promise(resolve => {
      setImmediate(() => {
        this.answers = undefined;
        resolve();
      });
    }));
  }

  private async publish(room: string, event: InquirySubmitted): Promise<number> {
    this.publishes += 1;
    try {
      const answer = this.emitter.emitToRoom(room, SocketEvent.INQUIRY_SUBMITTED, event);
      const onAnswer = () => void (this.isUnanswered = false);
      answer.then(onAnswer, (error: unknown) => isReply(error) && onAnswer());
      return await withDeadline(PUBLISH_TIMEOUT_MS, answer);
    } catch (error) {
      if (error instanceof DeadlineError) this.isUnanswered = true;
      throw error;
    } finally {
      this.publishes -= 1;
    }
  }
}

// ReplyError is redis-parser's name for an error that Redis itself has answered.
function isReply(error: unknown): boolean {
  return (error as Error | undefined)?.name === 'ReplyError';
}

function resultOf(outcome: PromiseSettledResult<number>): NotifyResult {
  if (outcome.status === 'fulfilled') return outcome.value > 0 ? 'delivered' : 'no_gateway';
  return outcome.reason instanceof DeadlineError ? 'timeout' : 'failed';
}
