// The gateway and the REST application of `npm start`, on loopback and with the development key.
import {randomBytes} from 'node:crypto';
import type {JSONWebKeySet} from 'jose';
import {OutreachApplication} from '../application';
import {WebSocketBindings} from '../components/websocket/keys';
import {type DevEnv, readEnv, restEnvSchema} from '../config/env';
import {parseClaims} from '../access/claims';
import {createGateway, type Gateway} from '../gateway/gateway';
import {createAllowedOrigins} from '../platform/allowed-origins';
import type {Logger} from '../platform/logger';
import {createRegistry} from '../platform/metrics';
import {createTokenVerifier} from '../platform/token-verifier';
import {DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER} from './development-key';
import {withDemoConsent} from './demo-consent';
import {createInProcessEmitter} from './in-process-emitter';

/** What both services are given; without `redisUrl` events stay in this process. */
export interface ServiceOptions {
  env: DevEnv;
  databaseUrl: string;
  redisUrl: string | undefined;
  jwks: JSONWebKeySet;
  /** Signs the tokens of subscriptions. */
  tokenKey: string;
  allowedOrigins: readonly string[];
  logger: Logger;
}

/** A gateway that listens. */
export function startGateway({env, redisUrl, jwks, allowedOrigins, logger}: ServiceOptions): Promise<Gateway> {
  const registry = createRegistry();
  const auth = {issuer: DEVELOPMENT_ISSUER, audience: DEVELOPMENT_AUDIENCE, jwks};
  return createGateway({
    host: '127.0.0.1',
    port: env.GATEWAY_PORT,
    redis: redisUrl === undefined ? undefined : {url: redisUrl, channelPrefix: env.REDIS_KEY},
    topics: env.INQUIRY_TOPICS,
    allowedOrigins: createAllowedOrigins(allowedOrigins),
    verifyToken: createTokenVerifier({...auth, parse: parseClaims, logger, registry}),
    logger,
    registry,
  });
}

/** A REST application that listens; it emits through Redis, or straight into this gateway. */
export async function startRest(options: ServiceOptions, gateway: Gateway): Promise<OutreachApplication> {
  const {env, databaseUrl, redisUrl, jwks, tokenKey, allowedOrigins, logger} = options;
  const restEnv = readEnv(restEnvSchema, {
    HOST: '127.0.0.1',
    PORT: String(env.PORT),
    METRICS_HOST: env.METRICS_HOST,
    METRICS_PORT: String(env.METRICS_PORT),
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    REDIS_KEY: env.REDIS_KEY,
    AUTH_ISSUER: DEVELOPMENT_ISSUER,
    AUTH_AUDIENCE: DEVELOPMENT_AUDIENCE,
    AUTH_JWKS: JSON.stringify(jwks),
    DOUBLE_OPT_IN: String(env.DOUBLE_OPT_IN),
    SUBSCRIPTION_TOKEN_KEYS: tokenKey,
    SUBSCRIPTION_LISTS: env.SUBSCRIPTION_LISTS?.join(','),
    CONSENT_TEXTS: await withDemoConsent(env.CONSENT_TEXTS),
    INQUIRY_TOPICS: env.INQUIRY_TOPICS.join(','),
    UNKNOWN_TOPIC: env.UNKNOWN_TOPIC,
    RATE_LIMIT: env.RATE_LIMIT,
    PROOF_OF_WORK: env.PROOF_OF_WORK,
    ALLOWED_ORIGINS: allowedOrigins.join(','),
    // Of this start alone: pages that are open across a restart have a token that says nothing.
    FORM_TOKEN_KEYS: env.FORM_TOKEN_KEYS.join(',') || randomBytes(32).toString('base64'),
  });
  const app = new OutreachApplication({env: restEnv, logger});
  if (redisUrl === undefined) app.bind(WebSocketBindings.EMITTER).to(createInProcessEmitter(gateway.io));
  await app.start();
  return app;
}
