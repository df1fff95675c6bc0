// Everything on one machine with one command: `npm start`. Also the child that `npm run dev` restarts.
import path from 'node:path';
import {devEnvSchema, logConfigurationWarnings, readEnv} from '../config/env';
import {receiveHost, sendReady} from '../dev/development-host';
import {startDevelopmentStack} from '../dev/development-stack';
import {readEnvFile} from '../dev/env-file';
import {BUILD} from '../platform/build';
import {createLogger} from '../platform/logger';
import {runUntilSignalled} from '../platform/process';
import {exitOnStartError} from './start-error';

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  await readEnvFile();
  const env = readEnv(devEnvSchema);
  const logger = createLogger({name: 'dev', level: env.LOG_LEVEL, fd: 2});
  logger.info(BUILD, 'process.started');
  logConfigurationWarnings(logger);
  const startedAt = performance.now();
  const host = await receiveHost();
  const stack = await startDevelopmentStack({env, directory: env.OUTREACH_DIRECTORY, logger, say, host});
  runUntilSignalled(() => stack.stop(), {logger, timeoutMs: 20_000});
  sendReady({restUrl: stack.restUrl, webUrl: stack.webUrl});
  say(`
outreach is ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s
  form        ${stack.webUrl}/
  back office ${host?.backOfficeUrl ?? `${stack.webUrl}/back-office`}/
  REST        ${stack.restUrl}   (OpenAPI: ${stack.restUrl}/openapi.json)
  gateway     ${stack.gatewayUrl}
  token       ${stack.token}
  origins     ${stack.allowedOrigins.join(', ')}   (ALLOWED_ORIGINS adds more: docs/public-site.md)
Also in ${path.resolve(env.OUTREACH_DIRECTORY, 'dev.json')}. Ctrl-C stops all of it; the data stays.`);
}

main().catch((error: unknown) => exitOnStartError(error, 'DATABASE_URL'));
