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
      help: 'From the commit to the last settled publish of an inquiry.',
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1],
      registers: [registry],
    });
  }

  count(result: NotifyResult): void {
    this.results.inc({result});
  }

  /** Starts the clock of one notification; call what it returns when all its publishes are settled. */
  startTimer(): () => void {
    return this.duration.startTimer();
  }
}
