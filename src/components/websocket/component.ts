// ApplicationWebSocketComponent: declares the emitter, the service that notifies and the observer that owns the
// connection; nothing else. The application binds PUBLISHER and CHANNEL_PREFIX before it starts.
import {Binding, BindingScope, type Component} from '@loopback/core';
import {WebSocketBindings} from './keys';
import {NotifyMetrics} from './notify-metrics';
import {RedisConnectionObserver} from './redis-connection.observer';
import {OutreachSocketEventService} from './socket-event.service';
import {WebSocketEmitter} from './websocket-emitter';

export class ApplicationWebSocketComponent implements Component {
  bindings = [
    Binding.bind(WebSocketBindings.EMITTER).toClass(WebSocketEmitter).inScope(BindingScope.SINGLETON),
    Binding.bind(WebSocketBindings.NOTIFY_METRICS).toClass(NotifyMetrics).inScope(BindingScope.SINGLETON),
  ];
  services = [OutreachSocketEventService];
  lifeCycleObservers = [RedisConnectionObserver];
}
