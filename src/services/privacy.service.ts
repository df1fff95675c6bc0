// Erasure and subject export: both are about a whole address, so a token that is narrowed to topics may do neither.
import {BindingScope, injectable} from '@loopback/core';
import {repository} from '@loopback/repository';
import type {Claims} from '../contract/access';
import {type ErasureCounts, SUBJECT_EXPORT_MAX_ROWS} from '../contract/privacy';
import {ProblemError} from '../contract/problem';
import {ALL_TOPICS} from '../contract/rooms';
import {type HeldRows, PrivacyRepository} from '../repositories/privacy.repository';

/** What is held about an address; `complete` is false when a list was cut short. */
export interface HeldData extends HeldRows {
  exportedAt: Date;
  complete: boolean;
}

@injectable({scope: BindingScope.SINGLETON})
export class PrivacyService {
  constructor(@repository(PrivacyRepository) private readonly privacy: PrivacyRepository) {}

  /**
   * Erases the address everywhere, in one transaction; again, it finds nothing and counts zero. Throws ProblemError
   * `forbidden` for a token narrowed to topics: a half erasure would pass for a whole one.
   */
  async erase(claims: Claims, email: string, requestId: string): Promise<ErasureCounts> {
    assertAllTopics(claims);
    return this.privacy.erase(email, {actor: claims.subject, requestId, createdAt: new Date()});
  }

  /** Everything held about the address, as of one moment. Throws ProblemError `forbidden` as `erase` does. */
  async export(claims: Claims, email: string, requestId: string): Promise<HeldData> {
    assertAllTopics(claims);
    const exportedAt = new Date();
    const held = await this.privacy.collect(email, SUBJECT_EXPORT_MAX_ROWS + 1, {
      actor: claims.subject,
      requestId,
      createdAt: exportedAt,
    });
    const {inquiries, activity, subscriptions, quotes} = held;
    return {
      exportedAt,
      complete: [inquiries, activity, subscriptions, quotes].every(rows => rows.length <= SUBJECT_EXPORT_MAX_ROWS),
      inquiries: inquiries.slice(0, SUBJECT_EXPORT_MAX_ROWS),
      activity: activity.slice(0, SUBJECT_EXPORT_MAX_ROWS),
      subscriptions: subscriptions.slice(0, SUBJECT_EXPORT_MAX_ROWS),
      quotes: quotes.slice(0, SUBJECT_EXPORT_MAX_ROWS),
    };
  }
}

function assertAllTopics({topics}: Claims): void {
  if (topics !== ALL_TOPICS) {
    throw new ProblemError('forbidden', 'An address is of all topics: the token must not be narrowed to some.');
  }
}
