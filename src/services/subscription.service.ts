// The rules of subscriptions. No answer, timing or event reveals whether the address was known.
import {BindingScope, inject, injectable} from '@loopback/core';
import {repository} from '@loopback/repository';
import {DEFAULT_LIST, type SubscriptionRequest} from '../contract/subscription';
import {newId, timeOfId} from '../platform/time-ordered-id';
import {SubscriptionRepository} from '../repositories/subscription/subscription.repository';
import {InvalidField} from './domain-errors';
import type {Sender} from './guards/guard';
import {FORM_TOKEN_FIELD, type FormTokens} from './guards/form-tokens';
import {idempotencyDigest} from './idempotency';
import {type ConsentTexts, ServiceBindings} from './keys';
import type {SubmissionMetrics} from './submission-metrics';
import {confirmableSince, confirmationEnd, type SubscriptionTokens} from './subscription-tokens';

/** What is known of a request beside its fields. */
export interface SubscribeOptions {
  idempotencyKey?: string;
  sender?: Sender;
}

@injectable({scope: BindingScope.SINGLETON})
export class SubscriptionService {
  constructor(
    @repository(SubscriptionRepository) private readonly subscriptions: SubscriptionRepository,
    @inject(ServiceBindings.SUBMISSION_METRICS) private readonly metrics: SubmissionMetrics,
    @inject(ServiceBindings.DOUBLE_OPT_IN) private readonly doubleOptIn: boolean,
    @inject(ServiceBindings.SUBSCRIPTION_TOKENS) private readonly tokens: SubscriptionTokens,
    @inject(ServiceBindings.SUBSCRIPTION_LISTS) private readonly lists: readonly string[] | undefined,
    @inject(ServiceBindings.CONSENT_TEXTS) private readonly consentTexts: ConsentTexts,
    @inject(ServiceBindings.FORM_TOKENS) private readonly formTokens: FormTokens,
    @inject(ServiceBindings.HONEYPOT_FIELD) private readonly honeypot: string,
  ) {}

  /**
   * Puts the address on the list, with the evidence of consent. Resolved means committed. With an idempotency key, or else a
   * form token, a repeat of the same request changes nothing, so that a late repeat does not subscribe somebody again who has
   * unsubscribed meanwhile. A new address waits for a confirmation where a program has filled in what people do not see.
   * Throws InvalidField for a list or a text that there is not.
   */
  async subscribe(request: SubscriptionRequest, {idempotencyKey, sender}: SubscribeOptions = {}): Promise<void> {
    const subscription = {...request, list: this.listOf(request), consentTextSha256: this.textOf(request)};
    const key = idempotencyKey ?? this.formTokens.idempotencyKeyOf(sender?.fields[FORM_TOKEN_FIELD]);
    const digest = key === undefined ? undefined : idempotencyDigest(key, subscription);
    const id = newId();
    const consentedAt = timeOfId(id);
    const isTrapped = sender?.fields[this.honeypot] !== undefined;
    const status = this.doubleOptIn || isTrapped ? 'pending' : 'active';
    const lapsedUntil = confirmableSince(consentedAt);
    await this.subscriptions.ensure({...subscription, id, consentedAt}, {status, lapsedUntil, digest});
    this.metrics.countSubscription();
  }

  private listOf({list}: SubscriptionRequest): string {
    const [first = DEFAULT_LIST] = this.lists ?? [];
    const named = list ?? first;
    if (this.lists && !this.lists.includes(named))
      throw new InvalidField({field: 'list', code: 'not_allowed', detail: 'must be one of the lists of this site'});
    return named;
  }

  // The hash of the text that the visitor saw: ours, where the version is one of ours.
  private textOf({consentVersion, consentTextSha256: sent}: SubscriptionRequest): string {
    const {sha256, takesOthers} = this.consentTexts;
    const known = sha256.get(consentVersion);
    const refuse = (field: string, code: 'not_allowed' | 'required', detail: string) =>
      new InvalidField({field, code, detail});
    if (known === undefined && !takesOthers)
      throw refuse('consentVersion', 'not_allowed', 'must be a version of the consent text of this site');
    if (known !== undefined && sent !== undefined && sent !== known)
      throw refuse('consentTextSha256', 'not_allowed', 'must be the SHA-256 of that version of the consent text');
    const hash = known ?? sent;
    if (hash === undefined) throw refuse('consentTextSha256', 'required', 'is required');
    return hash;
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
