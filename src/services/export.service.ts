// Exports: restricts inquiries to the bearer's topics, and limits how many exports run at a time.
import {finished} from 'node:stream';
import {BindingScope, inject, injectable} from '@loopback/core';
import {repository} from '@loopback/repository';
import type {Claims} from '../access/claims';
import {CSV_SEPARATORS, type CsvSeparator} from '../contract/page';
import {InquiryRepository} from '../repositories/inquiry/inquiry.repository';
import type {InquiryFilter} from '../repositories/inquiry/inquiry-list';
import {SubscriptionRepository} from '../repositories/subscription/subscription.repository';
import type {SubscriptionFilter} from '../repositories/subscription/subscription-list';
import type {ExportForm, TableExport} from '../repositories/query/table-export';
import {ConcurrencyLimiter} from './concurrency-limiter';
import {ServiceBindings} from './keys';
import {topicConditions} from './topic-conditions';

/** Concurrent exports of one process; each has its own connection to PostgreSQL. */
const MAX_EXPORTS = 2;

@injectable({scope: BindingScope.SINGLETON})
export class ExportService {
  private readonly limiter = new ConcurrencyLimiter({
    permits: MAX_EXPORTS,
    queueLimit: 0,
    retryAfterSeconds: 30,
    detail: 'Other exports are running: try again when one of them has ended.',
  });

  constructor(
    @repository(InquiryRepository) private readonly inquiries: InquiryRepository,
    @repository(SubscriptionRepository) private readonly subscriptions: SubscriptionRepository,
    @inject(ServiceBindings.EXPORT_IDLE_TIMEOUT_MS) private readonly idleTimeoutMs: number,
  ) {}

  /**
   * The matching inquiries that the bearer may see. Read or destroy the result; throws Unavailable at the limit of
   * exports.
   */
  async exportInquiries(claims: Claims, filter: InquiryFilter, separator: CsvSeparator): Promise<TableExport> {
    const visible = {...filter, conditions: [...topicConditions(claims), ...filter.conditions]};
    return this.admit(() => this.inquiries.openExport(visible, this.formOf(separator)));
  }

  /** All matching subscriptions. Read or destroy the result; throws Unavailable at the limit of exports. */
  async exportSubscriptions(filter: SubscriptionFilter, separator: CsvSeparator): Promise<TableExport> {
    return this.admit(() => this.subscriptions.openExport(filter, this.formOf(separator)));
  }

  /** How many rows `exportInquiries` would have; takes no permit. */
  async countInquiries(claims: Claims, filter: InquiryFilter): Promise<number> {
    const conditions = [...topicConditions(claims), ...filter.conditions];
    return this.inquiries.countAll({...filter, conditions});
  }

  /** How many rows `exportSubscriptions` would have; takes no permit. */
  async countSubscriptions(filter: SubscriptionFilter): Promise<number> {
    return this.subscriptions.countAll(filter);
  }

  private formOf(separator: CsvSeparator): ExportForm {
    return {separator: CSV_SEPARATORS[separator], idleTimeoutMs: this.idleTimeoutMs};
  }

  private async admit(open: () => Promise<TableExport>): Promise<TableExport> {
    const release = await this.limiter.acquire();
    try {
      const opened = await open();
      finished(opened.csv, release); // also when the stream has already failed
      return opened;
    } catch (error) {
      release();
      throw error;
    }
  }
}
