// The back office's work on subscriptions: reads, counts, ends and confirms them. Visitors join by SubscriptionService.
import {BindingScope, injectable} from '@loopback/core';
import {repository} from '@loopback/repository';
import {NEXT_SUBSCRIPTION_STATUSES, SUBSCRIPTION_STATUSES, type SubscriptionStatus} from '../contract/status';
import type {SubscriptionCount, SubscriptionPatch} from '../contract/subscription';
import type {Total} from '../contract/page';
import type {Row} from '../models/column';
import type {Subscription} from '../models/subscription.model';
import type {ListPosition, PageRequest} from '../repositories/query/keyset-list';
import type {SubscriptionFilter} from '../repositories/subscription/subscription-list';
import {SubscriptionRepository} from '../repositories/subscription/subscription.repository';
import {Conflict, NotFound, Stale} from './domain-errors';

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
  constructor(@repository(SubscriptionRepository) private readonly subscriptions: SubscriptionRepository) {}

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

  /**
   * Changes the status, committed when this resolves; the current status again changes nothing. Throws NotFound, Stale
   * when its version is none of `versions`, and Conflict for a step that is not legal.
   */
  async patch(id: string, {status}: SubscriptionPatch, versions?: readonly number[]): Promise<PatchedSubscription> {
    const from = SUBSCRIPTION_STATUSES.filter(each => NEXT_SUBSCRIPTION_STATUSES[each].includes(status));
    const changed = await this.subscriptions.changeStatus({id, status, from, versions, at: new Date()});
    if (changed) return {subscription: changed, outcome: 'updated'};
    const current = await this.get(id);
    if (versions?.includes(current.version) === false) throw changedMeanwhile();
    if (current.status === status) return {subscription: current, outcome: 'unchanged'};
    if (!from.includes(current.status)) throw illegalStep(current.status);
    throw changedMeanwhile(); // it changed between the two statements
  }
}

function changedMeanwhile(): Stale {
  return new Stale('It was changed meanwhile: read it again.');
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
