// The REST process: `npm run rest`.
import {OutreachApplication} from '../application';
import {logConfigurationWarnings, readEnv, restEnvSchema} from '../config/env';
import {BUILD} from '../platform/build';
import {createLogger} from '../platform/logger';
import {runUntilSignalled} from '../platform/process';
import {exitOnStartError} from './start-error';

async function main(): Promise<void> {
  const env = readEnv(restEnvSchema);
  const logger = createLogger({name: 'rest', level: env.LOG_LEVEL});
  logger.info(BUILD, 'process.started');
  logConfigurationWarnings(logger);
  const app = new OutreachApplication({env, logger});
  const drain = {start: () => app.startDraining(), delayMs: env.DRAIN_DELAY_MS};
  runUntilSignalled(() => app.stop(), {logger, drain, timeoutMs: env.SHUTDOWN_TIMEOUT_MS});
  await app.start();
  logger.info({url: app.restServer.url}, 'rest.listening');
}

main().catch(exitOnStartError);
