// Binding keys of what every part of the REST application shares.
import {BindingKey} from '@loopback/core';
import type {Registry} from 'prom-client';
import type {Logger} from './logger';

export const PlatformBindings = {
  LOGGER: BindingKey.create<Logger>('outreach.logger'),
  REGISTRY: BindingKey.create<Registry>('outreach.metrics.registry'),
} as const;
