// Connects the publisher at start, without ever failing the boot, and at stop settles what is in flight, then
// disconnects. `quit` is no way out: it waits for a Redis that may hang.
import {inject, lifeCycleObserver, type LifeCycleObserver, service} from '@loopback/core';
import {PlatformBindings} from '../../platform/keys';
import type {Logger} from '../../platform/logger';
import {WebSocketBindings} from './keys';
import {OutreachSocketEventService} from './socket-event.service';
import type {PublisherConnection} from './types';

const DRAIN_TIMEOUT_MS = 500;

@lifeCycleObserver('redis')
export class RedisConnectionObserver implements LifeCycleObserver {
  constructor(
    @inject(WebSocketBindings.PUBLISHER) private readonly publisher: PublisherConnection,
    @service(OutreachSocketEventService) private readonly socketEvents: OutreachSocketEventService,
    @inject(PlatformBindings.LOGGER) private readonly logger: Logger,
  ) {}

  /** Starts connecting and returns: Redis decides neither start nor readiness. */
  start(): void {
    // A refused first attempt rejects here too; the connection itself logs it and tries again.
    this.publisher.connect().catch((error: unknown) => this.logger.debug({err: error}, 'redis.connect.refused'));
  }

  async stop(): Promise<void> {
    await this.socketEvents.drain(DRAIN_TIMEOUT_MS);
    this.publisher.disconnect();
  }
}
