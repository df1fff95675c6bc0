// Counts what visitors submitted. The topic label comes from configuration: a submission with another topic is
// refused before it is counted.
import {inject} from '@loopback/core';
import {PlatformBindings} from '../platform/keys';
import {Counter, type Registry} from '../platform/metrics';

export class SubmissionMetrics {
  private readonly inquiries: Counter<'outcome' | 'topic'>;
  private readonly subscriptions: Counter;

  constructor(@inject(PlatformBindings.REGISTRY) registry: Registry) {
    this.inquiries = new Counter({
      name: 'outreach_inquiries_total',
      help: 'Inquiries answered with 201, by topic: stored, or repeated with a known idempotency key.',
      labelNames: ['outcome', 'topic'],
      registers: [registry],
    });
    this.subscriptions = new Counter({
      name: 'outreach_subscriptions_total',
      help: 'Subscription requests accepted, new or known.',
      registers: [registry],
    });
  }

  countInquiry(outcome: 'stored' | 'repeated', topic: string): void {
    this.inquiries.inc({outcome, topic});
  }

  countSubscription(): void {
    this.subscriptions.inc();
  }
}
