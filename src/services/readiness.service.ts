// May this replica get traffic? PostgreSQL and its schema decide; Redis never does, it is only reported.
import {BindingScope, inject, injectable} from '@loopback/core';
import {WebSocketBindings} from '../components/websocket/keys';
import type {EventEmitter} from '../components/websocket/websocket-emitter';
import {PostgresDataSource} from '../datasources/postgres.datasource';
import {currentSchemaVersion, expectedSchemaVersion} from '../datasources/schema-version';
import {UnavailableError} from '../platform/errors';
import {PlatformBindings} from '../platform/keys';
import type {RateLimitedLog} from '../platform/rate-limited-log';
import {within} from '../platform/within';

/** The state of each part; `ready` is what a load balancer asks. */
export interface Readiness {
  ready: boolean;
  draining: boolean;
  postgres: 'up' | 'down' | 'wrong-schema';
  redis: 'up' | 'degraded';
}

// However many ask, PostgreSQL is asked once a second, and nobody waits long for it: while it takes its time, what it
// answered last still counts, but not for ever.
const FRESH_MS = 1000;
const ANSWER_WITHIN_MS = 75;
const STALE_MS = 5000;

@injectable({scope: BindingScope.SINGLETON})
export class ReadinessService {
  private readonly expectedSchema = expectedSchemaVersion();
  private draining = false;
  private last: {postgres: Readiness['postgres']; at: number} | undefined;
  private asking: Promise<void> | undefined;

  constructor(
    @inject('datasources.postgres') private readonly postgres: PostgresDataSource,
    @inject(WebSocketBindings.EMITTER) private readonly emitter: EventEmitter,
    @inject(PlatformBindings.RATE_LIMITED_LOG) private readonly log: RateLimitedLog,
  ) {}

  /** From now on not ready: the process is about to stop. */
  startDraining(): void {
    this.draining = true;
  }

  /** Answers within a tenth of a second once PostgreSQL has answered at all; never rejects. */
  async check(): Promise<Readiness> {
    const postgres = await this.checkPostgres();
    return {
      ready: postgres === 'up' && !this.draining,
      draining: this.draining,
      postgres,
      redis: this.emitter.isReady() ? 'up' : 'degraded',
    };
  }

  private async checkPostgres(): Promise<Readiness['postgres']> {
    if (this.last && performance.now() - this.last.at < FRESH_MS) return this.last.postgres;
    this.asking ??= this.ask();
    await (this.last ? within(ANSWER_WITHIN_MS, this.asking) : this.asking);
    return this.last && performance.now() - this.last.at < STALE_MS ? this.last.postgres : 'down';
  }

  private async ask(): Promise<void> {
    const postgres = await this.askPostgres();
    this.last = {postgres, at: performance.now()};
    this.asking = undefined;
  }

  private async askPostgres(): Promise<Readiness['postgres']> {
    try {
      const current = await currentSchemaVersion(this.postgres);
      // A newer schema is fine: migrations expand first, and older replicas run on until they are replaced.
      return current !== undefined && current >= this.expectedSchema ? 'up' : 'wrong-schema';
    } catch (error) {
      if (!(error instanceof UnavailableError)) this.log.write('error', 'readiness.failed', {err: error});
      return 'down';
    }
  }
}
