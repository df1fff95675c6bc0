// Everything that `npm start` runs, in one process: PostgreSQL, migrations, Redis where there is one, gateway, REST
// application and the pages of web/. It is composed of the same parts as the production processes.
import {rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {DevEnv} from '../config/env';
import {migrate} from '../datasources/postgres/migrate';
import type {Logger} from '../platform/logger';
import {explainMigrationError} from './development-database';
import type {DevelopmentHost} from './development-host';
import {developmentKeySet, developmentTokenKey, signDevelopmentToken} from './development-key';
import {startGateway, startRest} from './development-services';
import {startStorage} from './development-storage';
import {startWebServer} from './web-server';
import {ALL_SCOPES} from '../access/policy';

/** Where everything runs; also written to `.outreach/dev.json`. */
export interface DevelopmentAddresses {
  restUrl: string;
  gatewayUrl: string;
  webUrl: string;
  token: string;
  /** Of the embedded database only: the URL that somebody gave is theirs, and may hold a password. */
  databaseUrl?: string;
}

export interface DevelopmentStack extends DevelopmentAddresses {
  /** Of its own pages, and of ALLOWED_ORIGINS. */
  allowedOrigins: readonly string[];
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
  /** Of `npm run dev`: what runs already, and is not stopped here. */
  host?: DevelopmentHost;
}

/** Starts everything. When a part fails, what runs already is stopped before this throws. */
export async function startDevelopmentStack(options: DevelopmentOptions): Promise<DevelopmentStack> {
  const {logger} = options;
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    if (logger.isLevelEnabled('warn')) logger.level = 'error'; // what the parts say of each other's going is no news
    for (const stopPart of stops.splice(0).reverse()) await stopPart();
  };
  try {
    const started = await startParts(options, stopPart => stops.push(stopPart));
    return {...started, stop};
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  {env, directory, logger, say, host}: DevelopmentOptions,
  onStop: (stop: () => Promise<unknown>) => void,
): Promise<Omit<DevelopmentStack, 'stop'>> {
  const {database, redisUrl} = host?.storage ?? (await startStorage({env, directory, say, onStop}));
  const databaseUrl = database.url;
  const applied = await migrate(databaseUrl, logger).catch((error: unknown) => {
    throw explainMigrationError(error, database);
  });
  if (applied.length > 0) say(`Applied ${applied.join(', ')}`);
  const jwks = await developmentKeySet(directory);
  const tokenKey = await developmentTokenKey(directory);
  const token = await signDevelopmentToken(directory, {scope: ALL_SCOPES.join(' '), ttl: '12h'});

  // The pages come first, since their origin must be allowed; they learn the other addresses when those are known.
  const pageValues: Record<string, string> = {
    TOKEN: token,
    TOPICS: env.INQUIRY_TOPICS.join(','),
    DOUBLE_OPT_IN: String(env.DOUBLE_OPT_IN),
  };
  const web = await startWebServer({port: env.WEB_PORT, values: pageValues});
  onStop(() => web.stop());
  const own = [web.url, host?.backOfficeUrl ?? []].flat().flatMap(url => [url, url.replace('127.0.0.1', 'localhost')]);
  const allowedOrigins = [...new Set([...own, ...env.ALLOWED_ORIGINS])];
  const services = {env, databaseUrl, redisUrl, jwks, tokenKey, allowedOrigins, logger};
  const gateway = await startGateway(services);
  onStop(() => gateway.stop());
  const app = await startRest(services, gateway);
  onStop(() => app.stop());

  const addresses = {
    restUrl: String(app.restServer.url),
    gatewayUrl: gateway.url,
    webUrl: web.url,
    token,
    ...(env.DATABASE_URL === undefined && {databaseUrl}),
  };
  Object.assign(pageValues, {REST_URL: addresses.restUrl, GATEWAY_URL: gateway.url, WEB_URL: web.url});
  await writeAddresses(addresses, directory, onStop);
  return {...addresses, allowedOrigins};
}

async function writeAddresses(
  addresses: DevelopmentAddresses,
  directory: string,
  onStop: (stop: () => Promise<unknown>) => void,
): Promise<void> {
  const file = path.join(directory, 'dev.json');
  await writeFile(file, `${JSON.stringify(addresses, null, 2)}\n`, {mode: 0o600});
  onStop(() => rm(file, {force: true}));
}
