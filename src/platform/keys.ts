// Binding keys of what every part of the REST application shares.
import {BindingKey} from '@loopback/core';
import type {Registry} from 'prom-client';
import type {Logger} from './logger';
import type {RateLimitedLog} from './rate-limited-log';

export const PlatformBindings = {
  LOGGER: BindingKey.create<Logger>('outreach.logger'),
  RATE_LIMITED_LOG: BindingKey.create<RateLimitedLog>('outreach.rate-limited-log'),
  REGISTRY: BindingKey.create<Registry>('outreach.metrics.registry'),
} as const;
