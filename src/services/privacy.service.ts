// Erasure and subject export: both are about a whole address, so a token that is narrowed to topics may do neither.
import {BindingScope, inject, injectable} from '@loopback/core';
import {repository} from '@loopback/repository';
import type {Claims} from '../access/claims';
import {topicScope} from '../access/topic-scope';
import {type ErasureCounts, SUBJECT_EXPORT_MAX_ROWS} from '../contract/privacy';
import {PlatformBindings} from '../platform/keys';
import type {Logger} from '../platform/logger';
import {type HeldRows, PrivacyRepository} from '../repositories/privacy/privacy.repository';
import {ConcurrencyLimiter} from './concurrency-limiter';
import {NotAllowed} from './domain-errors';

/** What is held about an address; `complete` is false when a list was cut short. */
export interface HeldData extends HeldRows {
  exportedAt: Date;
  complete: boolean;
}

/** How many erasures and subject exports may wait for the one that runs. */
export const MOST_WAITING = 20;

@injectable({scope: BindingScope.SINGLETON})
export class PrivacyService {
  // Two erasures would wait for each other in PostgreSQL, each holding a connection of the pool.
  private readonly limiter = new ConcurrencyLimiter({
    permits: 1,
    queueLimit: MOST_WAITING,
    retryAfterSeconds: 5,
    detail: 'Other erasures or subject exports are running: try again in a moment.',
  });

  constructor(
    @repository(PrivacyRepository) private readonly privacy: PrivacyRepository,
    @inject(PlatformBindings.LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Erases the address everywhere, in one transaction, and then its words from the planner's statistics; a repeat finds
   * nothing and counts zero. Throws NotAllowed for a token narrowed to topics, since a partial erasure would look
   * complete, and Unavailable while too many others wait in this process.
   */
  async erase(claims: Claims, email: string, requestId: string): Promise<ErasureCounts> {
    assertAllTopics(claims);
    const request = {actor: claims.subject, requestId, createdAt: new Date()};
    return this.limiter.run(async () => {
      const counts = await this.privacy.erase(email, request);
      if (counts.inquiries + counts.notesRedacted > 0) await this.forgetErasedWords(requestId);
      return counts;
    });
  }

  // The rows are already erased: a failure leaves only single words in the statistics, without their inquiry.
  private async forgetErasedWords(requestId: string): Promise<void> {
    try {
      await this.privacy.forgetErasedWords();
    } catch (err) {
      this.logger.warn({requestId, err}, 'erasure.words.kept');
    }
  }

  /** Everything held about the address, as of one moment. Throws NotAllowed and Unavailable as `erase` does. */
  async export(claims: Claims, email: string, requestId: string): Promise<HeldData> {
    assertAllTopics(claims);
    const exportedAt = new Date();
    const request = {actor: claims.subject, requestId, createdAt: exportedAt};
    const held = await this.limiter.run(() => this.privacy.collect(email, SUBJECT_EXPORT_MAX_ROWS + 1, request));
    const {inquiries, activity, subscriptions, consents, quotes} = held;
    return {
      exportedAt,
      complete: [inquiries, activity, subscriptions, consents, quotes].every(
        rows => rows.length <= SUBJECT_EXPORT_MAX_ROWS,
      ),
      inquiries: inquiries.slice(0, SUBJECT_EXPORT_MAX_ROWS),
      activity: activity.slice(0, SUBJECT_EXPORT_MAX_ROWS),
      subscriptions: subscriptions.slice(0, SUBJECT_EXPORT_MAX_ROWS),
      consents: consents.slice(0, SUBJECT_EXPORT_MAX_ROWS),
      quotes: quotes.slice(0, SUBJECT_EXPORT_MAX_ROWS),
    };
  }
}

function assertAllTopics(claims: Claims): void {
  if (topicScope(claims) !== undefined) {
    throw new NotAllowed('An address is of all topics: the token must not be narrowed to some.');
  }
}
