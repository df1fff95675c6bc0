// The gateway's metrics, health and probes, on the internal port.
import type {Server} from 'node:http';
import type {Gateway} from './gateway';
import {startInternalServer} from '../platform/metrics';

/** Resolves once it listens. */
export function startGatewayInternals(gateway: Gateway, {host, port}: {host: string; port: number}): Promise<Server> {
  return startInternalServer({
    host,
    port,
    registry: gateway.registry,
    health: () => Promise.resolve({sockets: gateway.io.engine.clientsCount, subscribed: gateway.isSubscribed()}),
    readiness: () => Promise.resolve(gateway.readiness()),
  });
}
