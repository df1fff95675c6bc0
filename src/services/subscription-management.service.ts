// The back office's work on subscriptions: reads, counts, ends and confirms them. Visitors join by SubscriptionService.
import {BindingScope, inject, injectable} from '@loopback/core';
import {repository} from '@loopback/repository';
import {NEXT_SUBSCRIPTION_STATUSES, SUBSCRIPTION_STATUSES, type SubscriptionStatus} from '../contract/status';
import {
  MAX_CONSENTS,
  MAX_FOUND,
  type Recipient,
  type SubscriptionCount,
  type SubscriptionPatch,
} from '../contract/subscription';
import type {Total} from '../contract/page';
import type {Row} from '../models/column';
import type {Subscription} from '../models/subscription.model';
import type {ListPosition, PageRequest} from '../repositories/query/keyset-list';
import type {SubscriptionFilter} from '../repositories/subscription/subscription-list';
import {type ConsentRow, SubscriptionRepository} from '../repositories/subscription/subscription.repository';
import {Conflict, InvalidField, NotFound, Stale} from './domain-errors';
import {ServiceBindings} from './keys';
import {confirmationEnd, type SubscriptionTokens} from './subscription-tokens';

/** One page of subscriptions; `next` is where the following page starts, absent on the last one. */
export interface SubscriptionPage {
  subscriptions: Row<Subscription>[];
  next?: ListPosition;
  /** Only when it was asked for. */
  total?: Total;
}

/** A subscription after a patch. */
export interface PatchedSubscription {
  subscription: Row<Subscription>;
  outcome: 'updated' | 'unchanged';
}

@injectable({scope: BindingScope.SINGLETON})
export class SubscriptionManagementService {
  constructor(
    @repository(SubscriptionRepository) private readonly subscriptions: SubscriptionRepository,
    @inject(ServiceBindings.DOUBLE_OPT_IN) private readonly doubleOptIn: boolean,
    @inject(ServiceBindings.SUBSCRIPTION_TOKENS) private readonly tokens: SubscriptionTokens,
  ) {}

  async list(filter: SubscriptionFilter, page: PageRequest & {withTotal: boolean}): Promise<SubscriptionPage> {
    const {limit, after, offset, withTotal} = page;
    const [{rows, next}, total] = await Promise.all([
      this.subscriptions.page(filter, {limit, after, offset}),
      withTotal ? this.count(filter) : undefined,
    ]);
    return {subscriptions: rows, next, total};
  }

  /** How many match, in all and by status. */
  async count(filter: Omit<SubscriptionFilter, 'order'>): Promise<SubscriptionCount> {
    return this.subscriptions.countByStatus(filter);
  }

  /** One subscription. Throws NotFound when there is none. */
  async get(id: string): Promise<Row<Subscription>> {
    const subscription = await this.subscriptions.findOne({where: {id}});
    if (!subscription) throw new NotFound('There is no such subscription.');
    return subscription;
  }

  /** To whom mail is sent, with the tokens of its links. */
  async recipients(
    filter: SubscriptionFilter,
    page: PageRequest,
  ): Promise<{recipients: Recipient[]; next?: ListPosition}> {
    const {rows, next} = await this.subscriptions.page(filter, page);
    const now = new Date();
    return {recipients: rows.map(row => this.toRecipient(row, now)), next};
  }

  private toRecipient(row: Row<Subscription>, now: Date): Recipient {
    const {id, email, list, locale, status, consentedAt} = row;
    const isToConfirm = status === 'pending' && confirmationEnd(consentedAt) > now;
    return {
      id,
      email,
      list,
      locale,
      status: status === 'pending' ? 'pending' : 'active', // the others are not asked for
      consentedAt: consentedAt.toISOString(),
      confirmToken: (isToConfirm && this.tokens.make('confirm', row)) || null,
      unsubscribeToken: this.tokens.make('unsubscribe', row) ?? null,
    };
  }

  /** The subscriptions of an address, newest first, at most MAX_FOUND. */
  async search(email: string): Promise<Row<Subscription>[]> {
    return this.subscriptions.findByAddress(email, MAX_FOUND);
  }

  /** The history of its consent, newest first, at most MAX_CONSENTS entries. Throws NotFound when there is none. */
  async history(id: string): Promise<ConsentRow[]> {
    const entries = await this.subscriptions.history(id, MAX_CONSENTS);
    if (entries.length === 0) await this.get(id);
    return entries;
  }

  /**
   * Changes the status, committed with an entry of its history when this resolves; the current status again changes nothing.
   * Throws NotFound, Stale when its version is none of `versions`, Conflict for a step that is not legal, and InvalidField
   * for one that needs a reason.
   */
  async patch(
    id: string,
    {status, reason}: SubscriptionPatch,
    {versions, actor}: {versions?: readonly number[] | undefined; actor: string},
  ): Promise<PatchedSubscription> {
    const from = SUBSCRIPTION_STATUSES.filter(each => NEXT_SUBSCRIPTION_STATUSES[each].includes(status));
    const lacksReason = status === 'active' && reason === undefined;
    const isOwnersAlone = status === 'active' && this.doubleOptIn;
    const changed =
      lacksReason || isOwnersAlone
        ? undefined
        : await this.subscriptions.changeStatus({id, status, from, versions, at: new Date(), actor, reason});
    if (changed) return {subscription: changed, outcome: 'updated'};
    const current = await this.get(id);
    if (versions?.includes(current.version) === false) throw changedMeanwhile();
    if (current.status === status) return {subscription: current, outcome: 'unchanged'};
    if (!from.includes(current.status)) throw illegalStep(current.status);
    if (isOwnersAlone) throw ownersAlone();
    if (lacksReason) throw new InvalidField({field: 'reason', code: 'required', detail: 'is required'});
    throw changedMeanwhile(); // it changed between the two statements
  }
}

function changedMeanwhile(): Stale {
  return new Stale('It was changed meanwhile: read it again.');
}

function ownersAlone(): Conflict {
  return new Conflict('Each subscription is confirmed by the link that its owner gets by mail (DOUBLE_OPT_IN).', {
    field: 'status',
    code: 'illegal_transition',
    detail: 'is not possible from the current status',
  });
}

function illegalStep(current: SubscriptionStatus): Conflict {
  const next = NEXT_SUBSCRIPTION_STATUSES[current];
  return new Conflict(
    next.length === 0
      ? `From ${current} there is no next status here: joining again takes new consent, by POST /subscriptions.`
      : `From ${current} the next status can be: ${next.join(', ')}.`,
    {field: 'status', code: 'illegal_transition', detail: 'is not possible from the current status'},
  );
}
