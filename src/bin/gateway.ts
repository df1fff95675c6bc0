// The gateway process: `npm run gateway`.
import type {AddressInfo} from 'node:net';
import {acceptedTokens, gatewayEnvSchema, logConfigurationWarnings, readEnv} from '../config/env';
import {parseClaims} from '../access/claims';
import {createGateway} from '../gateway/gateway';
import {createAllowedOrigins} from '../platform/allowed-origins';
import {BUILD} from '../platform/build';
import {createLogger} from '../platform/logger';
import {createRegistry, stopInternalServer} from '../platform/metrics';
import {runUntilSignalled} from '../platform/process';
import {limitSemiSpace} from '../platform/v8-heap';
import {createTokenVerifier} from '../platform/token-verifier';
import {startGatewayInternals} from '../gateway/internal-server';
import {exitOnStartError} from './start-error';

async function main(): Promise<void> {
  limitSemiSpace();
  const env = readEnv(gatewayEnvSchema);
  const logger = createLogger({name: 'gateway', level: env.LOG_LEVEL});
  logger.info(BUILD, 'process.started');
  logConfigurationWarnings(logger);
  const registry = createRegistry();
  const gateway = await createGateway({
    host: env.HOST,
    port: env.PORT,
    maxConnections: env.MAX_CONNECTIONS,
    redis: {url: env.REDIS_URL, channelPrefix: env.REDIS_KEY},
    topics: env.INQUIRY_TOPICS,
    allowedOrigins: createAllowedOrigins(env.ALLOWED_ORIGINS),
    verifyToken: createTokenVerifier({...acceptedTokens(env), parse: parseClaims, logger, registry}),
    logger,
    registry,
  });
  const internal = await startGatewayInternals(gateway, {host: env.METRICS_HOST, port: env.METRICS_PORT});
  const stop = async () => {
    await gateway.stop(env.SHUTDOWN_TIMEOUT_MS / 2);
    await stopInternalServer(internal);
  };
  const drain = {start: () => gateway.startDraining(), delayMs: env.DRAIN_DELAY_MS};
  runUntilSignalled(stop, {logger, drain, timeoutMs: env.SHUTDOWN_TIMEOUT_MS});
  logger.info({port: (internal.address() as AddressInfo).port}, 'metrics.listening'); // it listens on a port
  logger.info({url: gateway.url}, 'gateway.listening');
}

main().catch(exitOnStartError);
