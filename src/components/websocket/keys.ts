// Binding keys of the websocket component, each string written once.
import {BindingKey} from '@loopback/core';
import type {NotifyMetrics} from './notify-metrics';
import type {EventEmitter, PublisherConnection} from './types';

export const WebSocketBindings = {
  /** The connection to Redis that the emitter publishes on. */
  PUBLISHER: BindingKey.create<PublisherConnection>('outreach.websocket.publisher'),
  /** Prefix of the channels (REDIS_KEY); the gateways listen on the same. */
  CHANNEL_PREFIX: BindingKey.create<string>('outreach.websocket.channel-prefix'),
  /** The emitter; rebind it to emit in the same process when there is no Redis. */
  EMITTER: BindingKey.create<EventEmitter>('outreach-ws-emitter'),
  NOTIFY_METRICS: BindingKey.create<NotifyMetrics>('outreach.websocket.notify-metrics'),
} as const;
