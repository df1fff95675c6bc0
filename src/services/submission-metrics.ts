// Counts what visitors submitted. The topic label comes from configuration: a submission with another topic is
// refused before it is counted.
import {inject} from '@loopback/core';
import {PlatformBindings} from '../platform/keys';
import {Counter, type Registry} from '../platform/metrics';
import type {Verdict} from './guards/submission-guards';

export class SubmissionMetrics {
  private readonly inquiries: Counter<'outcome' | 'topic'>;
  private readonly subscriptions: Counter;
  private readonly verdicts: Counter<'verdict' | 'reason'>;
  private readonly releases: Counter;

  constructor(@inject(PlatformBindings.REGISTRY) registry: Registry) {
    this.inquiries = new Counter({
      name: 'outreach_inquiries_total',
      help: 'Inquiries answered with 201, by topic: stored, quarantined as spam, or repeated with a known idempotency key.',
      labelNames: ['outcome', 'topic'],
      registers: [registry],
    });
    this.subscriptions = new Counter({
      name: 'outreach_subscriptions_total',
      help: 'Subscription requests accepted, new or known.',
      registers: [registry],
    });
    this.releases = new Counter({
      name: 'outreach_quarantine_released_total',
      help: 'Quarantined inquiries that were set to new, each once: no spam after all.',
      registers: [registry],
    });
    this.verdicts = new Counter({
      name: 'outreach_guard_verdicts_total',
      help: 'Signals of the spam guards about stored inquiries, by verdict and reason; an inquiry without a signal is not in it.',
      labelNames: ['verdict', 'reason'],
      registers: [registry],
    });
  }

  countInquiry(outcome: 'stored' | 'quarantined' | 'repeated', topic: string): void {
    this.inquiries.inc({outcome, topic});
  }

  /** Counts each reason of a verdict; they are codes of guards. */
  countVerdict({outcome, reasons}: Verdict): void {
    for (const reason of reasons) this.verdicts.inc({verdict: outcome, reason});
  }

  /** Counts a quarantined inquiry that was none. */
  countRelease(): void {
    this.releases.inc();
  }

  countSubscription(): void {
    this.subscriptions.inc();
  }
}
