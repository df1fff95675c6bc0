// Exports: what may leave in bulk, and how many at a time.
import {BindingScope, inject, injectable} from '@loopback/core';
import {repository} from '@loopback/repository';
import type {Claims} from '../contract/access';
import {ProblemError} from '../contract/problem';
import {InquiryRepository} from '../repositories/inquiry.repository';
import type {InquiryFilter} from '../repositories/inquiry-list';
import {SubscriptionRepository} from '../repositories/subscription.repository';
import type {SubscriptionFilter} from '../repositories/subscription-list';
import type {TableExport} from '../repositories/table-export';
import {ServiceBindings} from './keys';
import {visibleTo} from './visibility';

/** Exports of one process at the same time; each has a connection to PostgreSQL of its own. */
export const MAX_EXPORTS = 2;
const RETRY_AFTER_SECONDS = '30';

@injectable({scope: BindingScope.SINGLETON})
export class ExportService {
  private running = 0;

  constructor(
    @repository(InquiryRepository) private readonly inquiries: InquiryRepository,
    @repository(SubscriptionRepository) private readonly subscriptions: SubscriptionRepository,
    @inject(ServiceBindings.EXPORT_IDLE_TIMEOUT_MS) private readonly idleTimeoutMs: number,
  ) {}

  /** What the bearer may see of the inquiries. Read or destroy it; throws ProblemError `unavailable` when others run. */
  async exportInquiries(claims: Claims, filter: InquiryFilter): Promise<TableExport> {
    const visible = {...filter, conditions: [...visibleTo(claims), ...filter.conditions]};
    return this.admit(() => this.inquiries.openExport(visible, this.idleTimeoutMs));
  }

  /** All matching subscriptions. Read or destroy it; throws ProblemError `unavailable` when others run. */
  async exportSubscriptions(filter: SubscriptionFilter): Promise<TableExport> {
    return this.admit(() => this.subscriptions.openExport(filter, this.idleTimeoutMs));
  }

  private async admit(open: () => Promise<TableExport>): Promise<TableExport> {
    if (this.running >= MAX_EXPORTS) {
      throw new ProblemError('unavailable', 'Other exports are running: try again when one of them has ended.', {
        headers: {'Retry-After': RETRY_AFTER_SECONDS},
      });
    }
    this.running += 1;
    try {
      const opened = await open();
      opened.csv.once('close', () => (this.running -= 1));
      return opened;
    } catch (error) {
      this.running -= 1;
      throw error;
    }
  }
}
