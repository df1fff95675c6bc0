// May this replica get traffic? PostgreSQL and its schema decide; Redis never does, it is only reported.
import {BindingScope, inject, injectable} from '@loopback/core';
import {WebSocketBindings} from '../components/websocket/keys';
import type {EventEmitter} from '../components/websocket/types';
import {PostgresDataSource} from '../datasources/postgres/postgres.datasource';
import {currentSchemaVersion, expectedSchemaVersion, schemaErrorOf} from '../datasources/postgres/schema-version';
import {hintOf, levelOf, reasonOf} from '../platform/error-reasons';
import {UnavailableError} from '../platform/errors';
import {PlatformBindings} from '../platform/keys';
import type {ReadinessReport} from '../platform/metrics';
import type {RateLimitedLog} from '../platform/rate-limited-log';
import {within} from '../platform/within';

/** The state of each part; `ready` decides whether a load balancer sends traffic. */
export interface Readiness {
  ready: boolean;
  draining: boolean;
  postgres: 'up' | 'down' | 'wrong-schema';
  redis: 'up' | 'degraded';
}

type Report = Omit<Readiness, 'ready'> & ReadinessReport;

/** The result of one check, and why PostgreSQL is not `up`. */
interface PostgresCheck {
  postgres: Readiness['postgres'];
  schema?: {expected: string; found: string | null; hint: string | undefined};
  error?: unknown;
}

// However many probes come, PostgreSQL is asked once a second at most. While it takes longer than ANSWER_WITHIN_MS, its
// last answer counts, until that is STALE_MS old.
const FRESH_MS = 1000;
const ANSWER_WITHIN_MS = 75;
const STALE_MS = 5000;

@injectable({scope: BindingScope.SINGLETON})
export class ReadinessService {
  private readonly expectedSchema = expectedSchemaVersion();
  private draining = false;
  private reported: string | undefined;
  private last: {found: PostgresCheck; at: number} | undefined;
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

  /**
   * Answers within a tenth of a second once PostgreSQL has answered at all; never rejects. Logs `readiness.changed`,
   * and `schema.wrong`, when the answer differs from the last one.
   */
  async check(): Promise<Readiness> {
    const {postgres, ...detail} = await this.checkPostgres();
    const state = {ready: postgres === 'up' && !this.draining, draining: this.draining, postgres};
    this.reportChange(state, detail);
    return {...state, redis: this.emitter.isReady() ? 'up' : 'degraded'};
  }

  // Redis is left out: its connection logs its own lines.
  private reportChange(state: Omit<Readiness, 'redis'>, {schema, error}: Omit<PostgresCheck, 'postgres'>): void {
    const reason = state.draining ? 'draining' : state.postgres;
    if (reason === this.reported) return;
    this.reported = reason;
    if (schema) this.log.write('error', 'schema.wrong', schema);
    const level = state.ready || state.draining ? 'info' : levelOf(reasonOf(error));
    this.log.write(level, 'readiness.changed', {...state, reason, err: error});
  }

  /** The same as the body of `GET /ready`. */
  async report(): Promise<Report> {
    const {ready, ...parts} = await this.check();
    return {status: ready ? 'ready' : 'not-ready', ...parts};
  }

  private async checkPostgres(): Promise<PostgresCheck> {
    if (this.last && performance.now() - this.last.at < FRESH_MS) return this.last.found;
    this.asking ??= this.ask();
    await (this.last ? within(ANSWER_WITHIN_MS, this.asking) : this.asking);
    return this.last && performance.now() - this.last.at < STALE_MS ? this.last.found : {postgres: 'down'};
  }

  private async ask(): Promise<void> {
    const found = await this.askPostgres();
    this.last = {found, at: performance.now()};
    this.asking = undefined;
  }

  private async askPostgres(): Promise<PostgresCheck> {
    try {
      const [expected, found] = [this.expectedSchema, await currentSchemaVersion(this.postgres)];
      const error = schemaErrorOf(found, expected);
      if (!error) return {postgres: 'up'};
      const schema = {expected: expected.newest, found: found?.newest ?? null, hint: hintOf(error.code)};
      return {postgres: 'wrong-schema', schema};
    } catch (error) {
      return {postgres: 'down', error: error instanceof UnavailableError ? error.cause : error};
    }
  }
}
