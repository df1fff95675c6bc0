// The rules of subscriptions. No answer, timing or event reveals whether the address was known.
import {BindingScope, inject, injectable} from '@loopback/core';
import {repository} from '@loopback/repository';
import type {SubscriptionRequest} from '../contract/subscription';
import {newId, timeOfId} from '../platform/time-ordered-id';
import {SubscriptionRepository} from '../repositories/subscription/subscription.repository';
import {idempotencyDigest} from './idempotency';
import {ServiceBindings} from './keys';
import type {SubmissionMetrics} from './submission-metrics';

@injectable({scope: BindingScope.SINGLETON})
export class SubscriptionService {
  constructor(
    @repository(SubscriptionRepository) private readonly subscriptions: SubscriptionRepository,
    @inject(ServiceBindings.SUBMISSION_METRICS) private readonly metrics: SubmissionMetrics,
  ) {}

  /**
   * Puts the address on the list, with the evidence of consent. Resolved means committed. With an idempotency key, a
   * repeat of the same request changes nothing, so that a late repeat does not subscribe somebody again who has
   * unsubscribed meanwhile.
   */
  async subscribe(request: SubscriptionRequest, idempotencyKey?: string): Promise<void> {
    const digest = idempotencyKey === undefined ? undefined : idempotencyDigest(idempotencyKey, request);
    const id = newId();
    await this.subscriptions.ensure({...request, id, consentedAt: timeOfId(id)}, digest);
    this.metrics.countSubscription();
  }
}
