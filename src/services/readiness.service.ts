// May this replica get traffic? PostgreSQL and its schema decide; Redis never does, it is only reported.
import {BindingScope, inject, injectable} from '@loopback/core';
import {WebSocketBindings} from '../components/websocket/keys';
import type {EventEmitter} from '../components/websocket/websocket-emitter';
import {PostgresDataSource} from '../datasources/postgres.datasource';
import {currentSchemaVersion, expectedSchemaVersion} from '../datasources/schema-version';
import {UnavailableError} from '../platform/errors';

/** The state of each part; `ready` is what a load balancer asks. */
export interface Readiness {
  ready: boolean;
  draining: boolean;
  postgres: 'up' | 'down' | 'wrong-schema';
  redis: 'up' | 'degraded';
}

@injectable({scope: BindingScope.SINGLETON})
export class ReadinessService {
  private readonly expectedSchema = expectedSchemaVersion();
  private draining = false;

  constructor(
    @inject('datasources.postgres') private readonly postgres: PostgresDataSource,
    @inject(WebSocketBindings.EMITTER) private readonly emitter: EventEmitter,
  ) {}

  /** From now on not ready: the process is about to stop. */
  startDraining(): void {
    this.draining = true;
  }

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
    try {
      const current = await currentSchemaVersion(this.postgres);
      // A newer schema is fine: migrations expand first, and older replicas run on until they are replaced.
      return current !== undefined && current >= this.expectedSchema ? 'up' : 'wrong-schema';
    } catch (error) {
      if (error instanceof UnavailableError) return 'down';
      throw error;
    }
  }
}
