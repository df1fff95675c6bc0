// Everything that `npm start` runs, in one process: PostgreSQL, migrations, Redis where there is one, gateway, REST
// application and the pages of web/. It is composed of the same parts as the production processes.
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {OutreachApplication} from '../application';
import {WebSocketBindings} from '../components/websocket/keys';
import {ConfigurationError, type DevEnv, readEnv, restEnvSchema} from '../config/env';
import {migrate} from '../datasources/migrate';
import {createGateway} from '../gateway/gateway';
import type {Logger} from '../platform/logger';
import {createTokenVerifier} from '../platform/token-verifier';
import {DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER, developmentKeySet, signDevelopmentToken} from './development-key';
import {startDatabase} from './development-database';
import {isProcessOf} from './stale-process';
import {createInProcessEmitter} from './in-process-emitter';
import {startRedis} from './development-redis';
import {startWebServer} from './web-server';
import {ALL_SCOPES} from '../contract/access';

/** Where everything runs; also written to `.outreach/dev.json`. */
export interface DevelopmentAddresses {
  restUrl: string;
  gatewayUrl: string;
  webUrl: string;
  token: string;
}

export interface DevelopmentStack extends DevelopmentAddresses {
  /** Stops all of it, in order; also after a start that failed half way. */
  stop(): Promise<void>;
}

export interface DevelopmentOptions {
  env: DevEnv;
  /** `.outreach/`: data, key and addresses. */
  directory: string;
  logger: Logger;
  /** Says what is being done. */
  say: (line: string) => void;
}

/** Starts everything. When a part fails, what runs already is stopped before this throws. */
export async function startDevelopmentStack(options: DevelopmentOptions): Promise<DevelopmentStack> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const stopPart of stops.splice(0).reverse()) await stopPart();
  };
  try {
    const addresses = await startParts(options, stopPart => stops.push(stopPart));
    return {...addresses, stop};
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  {env, directory, logger, say}: DevelopmentOptions,
  onStop: (stop: () => Promise<unknown>) => void,
): Promise<DevelopmentAddresses> {
  await mkdir(directory, {recursive: true});
  await takeDirectory(directory, onStop);
  const addressFile = path.join(directory, 'dev.json');
  const databaseUrl = await startDatabase({env, directory, say, onStop});
  const applied = await migrate(databaseUrl, logger);
  if (applied.length > 0) say(`Applied ${applied.length} migrations`);

  const redisUrl = await startRedis({env, directory, say, onStop});
  const jwks = await developmentKeySet(directory);
  const auth = {issuer: DEVELOPMENT_ISSUER, audience: DEVELOPMENT_AUDIENCE};
  const token = await signDevelopmentToken(directory, {scope: ALL_SCOPES.join(' '), ttl: '12h'});

  // The pages come first, since their origin must be allowed; they learn the other addresses when those are known.
  const pageValues: Record<string, string> = {TOKEN: token, TOPICS: env.INQUIRY_TOPICS.join(',')};
  const web = await startWebServer({port: env.WEB_PORT, values: pageValues});
  onStop(() => web.stop());
  const allowedOrigins = [web.url, web.url.replace('127.0.0.1', 'localhost')];

  const gateway = await createGateway({
    host: '127.0.0.1',
    port: env.GATEWAY_PORT,
    redis: redisUrl === undefined ? undefined : {url: redisUrl, channelPrefix: env.REDIS_KEY},
    topics: env.INQUIRY_TOPICS,
    allowedOrigins,
    verifyToken: createTokenVerifier({...auth, jwks}),
    logger,
  });
  onStop(() => gateway.stop());

  const restEnv = readEnv(restEnvSchema, {
    HOST: '127.0.0.1',
    PORT: String(env.PORT),
    METRICS_PORT: String(env.METRICS_PORT),
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    REDIS_KEY: env.REDIS_KEY,
    AUTH_ISSUER: auth.issuer,
    AUTH_AUDIENCE: auth.audience,
    AUTH_JWKS: JSON.stringify(jwks),
    INQUIRY_TOPICS: env.INQUIRY_TOPICS.join(','),
    ALLOWED_ORIGINS: allowedOrigins.join(','),
  });
  const app = new OutreachApplication({env: restEnv, logger});
  if (redisUrl === undefined) app.bind(WebSocketBindings.EMITTER).to(createInProcessEmitter(gateway.io));
  await app.start();
  onStop(() => app.stop());

  const restUrl = String(app.restServer.url);
  Object.assign(pageValues, {REST_URL: restUrl, GATEWAY_URL: gateway.url, WEB_URL: web.url});
  const addresses = {restUrl, gatewayUrl: gateway.url, webUrl: web.url, token};
  await writeFile(addressFile, `${JSON.stringify(addresses, null, 2)}\n`, {mode: 0o600});
  onStop(() => rm(addressFile, {force: true}));
  return addresses;
}

// Two runs in one directory would fight over its data; the file of a run that was killed counts for nothing.
async function takeDirectory(directory: string, onStop: (stop: () => Promise<unknown>) => void): Promise<void> {
  const file = path.join(directory, 'dev.pid');
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  if (pid !== process.pid && (await isProcessOf(pid, 'bin/dev.js'))) {
    throw new ConfigurationError(
      `outreach runs here already, as process ${pid}: see ${directory}/dev.json, or stop it.`,
    );
  }
  await rm(path.join(directory, 'dev.json'), {force: true});
  await writeFile(file, String(process.pid));
  onStop(() => rm(file, {force: true}));
}
