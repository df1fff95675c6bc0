// Binding keys of the websocket component, each string written once.
import {BindingKey} from '@loopback/core';
import type {NotifyMetrics} from './notify-metrics';
import type {RedisConnectionObserver} from './redis-connection.observer';
import type {OutreachSocketEventService} from './socket-event.service';
import type {EventEmitter, PublisherConnection} from './websocket-emitter';

export const WebSocketBindings = {
  /** The connection to Redis that the emitter publishes on. */
  PUBLISHER: BindingKey.create<PublisherConnection>('outreach.websocket.publisher'),
  /** Prefix of the channels (REDIS_KEY); the gateways listen on the same. */
  CHANNEL_PREFIX: BindingKey.create<string>('outreach.websocket.channel-prefix'),
  /** The emitter; rebind it to emit in the same process when there is no Redis. */
  EMITTER: BindingKey.create<EventEmitter>('outreach-ws-emitter'),
  SOCKET_EVENT_SERVICE: BindingKey.create<OutreachSocketEventService>('services.OutreachSocketEventService'),
  NOTIFY_METRICS: BindingKey.create<NotifyMetrics>('outreach.websocket.notify-metrics'),
  REDIS_CONNECTION: BindingKey.create<RedisConnectionObserver>('lifeCycleObservers.RedisConnectionObserver'),
} as const;
