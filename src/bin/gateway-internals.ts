// The gateway's metrics and health, on the internal port.
import type {Server} from 'node:http';
import type {GatewayEnv} from '../config/env';
import type {Gateway} from '../gateway/gateway';
import {startInternalServer} from '../platform/metrics';

/** Resolves once it listens. */
export function startGatewayInternals(gateway: Gateway, env: GatewayEnv): Promise<Server> {
  return startInternalServer({
    host: env.HOST,
    port: env.METRICS_PORT,
    registry: gateway.registry,
    health: () => Promise.resolve({sockets: gateway.io.engine.clientsCount, subscribed: gateway.isSubscribed()}),
  });
}
