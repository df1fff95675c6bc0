// What PostgreSQL and its pool do at the moment of a scrape, as metrics of the REST process.
import type {PostgresDataSource} from '../datasources/postgres/postgres.datasource';
import {Gauge, type Registry} from '../platform/metrics';
import type {FeedService} from '../services/feed.service';

/** Registers the gauges; they ask only when they are scraped. `waiting`: how many inquiries wait to be stored. */
export function registerPostgresMetrics(
  registry: Registry,
  {postgres, feed, waiting}: {postgres: PostgresDataSource; feed: FeedService; waiting: () => number},
): void {
  new Gauge({
    name: 'outreach_postgres_connections',
    help: 'Connections to PostgreSQL, and requests that wait for one.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, value] of Object.entries(postgres.poolFigures())) this.set({state}, value);
    },
  });
  new Gauge({
    name: 'outreach_inquiries_waiting',
    help: 'Inquiries that wait to be stored with the next ones.',
    registers: [registry],
    collect() {
      this.set(waiting());
    },
  });
  new Gauge({
    name: 'outreach_feed_horizon_age_seconds',
    help: 'For how long the oldest open transaction that writes holds back the feed; absent without PostgreSQL.',
    registers: [registry],
    async collect() {
      const age = await feed.horizonAgeSeconds();
      if (age === undefined) this.remove();
      else this.set(age);
    },
  });
}
