// The rules of subscriptions. No answer, timing or event reveals whether the address was known.
import {BindingScope, inject, injectable} from '@loopback/core';
import {repository} from '@loopback/repository';
import type {SubscriptionRequest} from '../contract/subscription';
import {newId, timeOfId} from '../platform/time-ordered-id';
import {SubscriptionRepository} from '../repositories/subscription/subscription.repository';
import {InvalidField} from './domain-errors';
import {idempotencyDigest} from './idempotency';
import {ServiceBindings} from './keys';
import type {SubmissionMetrics} from './submission-metrics';
import {confirmableSince, confirmationEnd, type SubscriptionTokens} from './subscription-tokens';

@injectable({scope: BindingScope.SINGLETON})
export class SubscriptionService {
  constructor(
    @repository(SubscriptionRepository) private readonly subscriptions: SubscriptionRepository,
    @inject(ServiceBindings.SUBMISSION_METRICS) private readonly metrics: SubmissionMetrics,
    @inject(ServiceBindings.DOUBLE_OPT_IN) private readonly doubleOptIn: boolean,
    @inject(ServiceBindings.SUBSCRIPTION_TOKENS) private readonly tokens: SubscriptionTokens,
  ) {}

  /**
   * Puts the address on the list, with the evidence of consent. Resolved means committed. With an idempotency key, a
   * repeat of the same request changes nothing, so that a late repeat does not subscribe somebody again who has
   * unsubscribed meanwhile.
   */
  async subscribe(request: SubscriptionRequest, idempotencyKey?: string): Promise<void> {
    const digest = idempotencyKey === undefined ? undefined : idempotencyDigest(idempotencyKey, request);
    const id = newId();
    const consentedAt = timeOfId(id);
    const status = this.doubleOptIn ? 'pending' : 'active';
    const lapsedUntil = confirmableSince(consentedAt);
    await this.subscriptions.ensure({...request, id, consentedAt}, {status, lapsedUntil, digest});
    this.metrics.countSubscription();
  }

  /** Confirms the request that the token was made for; again, it changes nothing. Throws InvalidField for any other. */
  async confirm(token: string): Promise<void> {
    const subject = this.tokens.read('confirm', token);
    if (!subject) throw unknownToken();
    const now = new Date();
    const isInTime = confirmationEnd(subject.consentedAt) > now;
    if (!isInTime || !(await this.subscriptions.confirm(subject, now)))
      throw new InvalidField({field: 'token', code: 'not_allowed', detail: 'is no longer valid: subscribe again'});
  }

  /**
   * Ends the subscription that the token was made for; again, or when it is gone, it changes nothing. Throws InvalidField for
   * any other text.
   */
  async unsubscribe(token: string | undefined, method: 'link' | 'one_click'): Promise<void> {
    if (token === undefined) throw new InvalidField({field: 'token', code: 'required', detail: 'is required'});
    const subject = this.tokens.read('unsubscribe', token);
    if (!subject) throw unknownToken();
    await this.subscriptions.unsubscribe(subject.id, method, new Date());
  }
}

function unknownToken(): InvalidField {
  return new InvalidField({field: 'token', code: 'format', detail: 'is none that this service has made'});
}
