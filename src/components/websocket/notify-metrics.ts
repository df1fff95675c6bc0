// Counts what became of each publish, in Prometheus names. `no_gateway` means that Redis took it and nobody listened.
import {inject} from '@loopback/core';
import {PlatformBindings} from '../../platform/keys';
import {Counter, Histogram, type Registry} from '../../platform/metrics';

export const NOTIFY_RESULTS = ['delivered', 'no_gateway', 'failed', 'timeout', 'not_ready'] as const;
export type NotifyResult = (typeof NOTIFY_RESULTS)[number];

export class NotifyMetrics {
  private readonly results: Counter<'result'>;
  private readonly duration: Histogram;

  constructor(@inject(PlatformBindings.REGISTRY) registry: Registry) {
    this.results = new Counter({
      name: 'outreach_notify_total',
      help: 'Publishes of INQUIRY_SUBMITTED by what became of them.',
      labelNames: ['result'],
      registers: [registry],
    });
    NOTIFY_RESULTS.forEach(result => this.results.inc({result}, 0)); // a series that exists can be alerted on
    this.duration = new Histogram({
      name: 'outreach_notify_duration_seconds',
      help: 'From the answers of a turn to its last settled publish, for each inquiry.',
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1],
      registers: [registry],
    });
  }

  count(result: NotifyResult, times = 1): void {
    this.results.inc({result}, times);
  }

  /** The publishes of so many inquiries have settled after so many milliseconds, the last of them. */
  observe(inquiries: number, milliseconds: number): void {
    for (let each = 0; each < inquiries; each += 1) this.duration.observe(milliseconds / 1000);
  }
}
