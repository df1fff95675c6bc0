// Starts and stops the internal server (metrics, health, probes) of the REST process with the application.
import type {Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {inject, lifeCycleObserver, type LifeCycleObserver, service} from '@loopback/core';
import {PostgresDataSource} from '../datasources/postgres/postgres.datasource';
import {PlatformBindings} from '../platform/keys';
import type {Logger} from '../platform/logger';
import {type Registry, startInternalServer, stopInternalServer} from '../platform/metrics';
import {FeedService} from '../services/feed.service';
import {InquiryService} from '../services/inquiry.service';
import {ReadinessService} from '../services/readiness.service';
import {RestGlueBindings} from '../rest/server/keys';
import {registerPostgresMetrics} from './postgres-metrics';

@lifeCycleObserver('internal-server')
export class InternalServerObserver implements LifeCycleObserver {
  private server: Server | undefined;

  constructor(
    @inject(RestGlueBindings.INTERNAL_ADDRESS) private readonly address: {host: string; port: number},
    @inject(PlatformBindings.REGISTRY) private readonly registry: Registry,
    @inject(PlatformBindings.LOGGER) private readonly logger: Logger,
    @inject('datasources.postgres') postgres: PostgresDataSource,
    @service(ReadinessService) private readonly readiness: ReadinessService,
    @service(FeedService) feed: FeedService,
    @service(InquiryService) inquiries: InquiryService,
  ) {
    registerPostgresMetrics(registry, {postgres, feed, waiting: () => inquiries.waiting});
  }

  async start(): Promise<void> {
    const {registry, address, readiness} = this;
    this.server = await startInternalServer({
      ...address,
      registry,
      health: () => readiness.check(),
      readiness: () => readiness.report(),
    });
    const {port} = this.server.address() as AddressInfo; // it listens on a port
    this.logger.info({port}, 'metrics.listening');
    // Nobody may ever ask `/ready`: a wrong password or schema is in the log soon after the start all the same.
    void this.askOnce();
  }

  private async askOnce(): Promise<void> {
    try {
      await this.readiness.check();
    } catch (error) {
      this.logger.error({err: error}, 'readiness.failed');
    }
  }

  async stop(): Promise<void> {
    if (this.server) await stopInternalServer(this.server);
    this.server = undefined;
  }
}
