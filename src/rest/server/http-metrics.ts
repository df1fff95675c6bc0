// What REST's door does: connections and requests that were refused or cut off, and requests that wait.
import {inject} from '@loopback/core';
import {PlatformBindings} from '../../platform/keys';
import {Counter, Gauge, type Registry} from '../../platform/metrics';
import type {RateLimitedLog} from '../../platform/rate-limited-log';
import type {ConnectionLimit} from './connection-limits';

/** Why a connection was refused or cut off. */
export type RefusedConnection = ConnectionLimit | 'written_ahead';

export class HttpMetrics {
  private readonly connections: Counter<'reason'>;
  private readonly submissions: Counter;
  private readonly floods: Counter;

  constructor(
    @inject(PlatformBindings.REGISTRY) private readonly registry: Registry,
    @inject(PlatformBindings.RATE_LIMITED_LOG) private readonly log: RateLimitedLog,
  ) {
    this.connections = new Counter({
      name: 'outreach_http_connections_refused_total',
      help: 'Connections refused or cut off: too many in all or of one client, a reader that takes nothing, requests written too far ahead.',
      labelNames: ['reason'],
      registers: [registry],
    });
    this.floods = new Counter({
      name: 'outreach_submissions_limited_total',
      help: 'Submissions answered 429 because their client is above the flood limit (RATE_LIMIT_FLOOD_PER_CLIENT).',
      registers: [registry],
    });
    this.submissions = new Counter({
      name: 'outreach_submissions_refused_total',
      help: 'Submissions answered 503 because too many of their client wait, or because they waited too long.',
      registers: [registry],
    });
  }

  /** Counts a connection that was refused or cut off, and logs it, at most once a second. */
  countConnection(reason: RefusedConnection): void {
    this.connections.inc({reason});
    this.log.write('warn', 'http.connection.refused', {reason});
  }

  /** Counts a submission of a client above the flood limit, and logs it, at most once a second. */
  countFlood(): void {
    this.floods.inc();
    this.log.write('warn', 'submission.limited', {reason: 'client'});
  }

  countSubmission(): void {
    this.submissions.inc();
  }

  /** Registers what is asked at a scrape. */
  observe({submissions, requests, unread}: Record<'submissions' | 'requests' | 'unread', () => number>): void {
    const gauge = (name: string, help: string, value: () => number) =>
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(value());
        },
      });
    gauge('outreach_submissions_queued', 'Submissions, read whole, that wait for their turn.', submissions);
    gauge('outreach_requests_queued', 'Requests that wait for a turn of the event loop.', requests);
    const help = 'Connections that are not read for a moment, since many requests of their client are under way.';
    gauge('outreach_http_connections_unread', help, unread);
  }
}
