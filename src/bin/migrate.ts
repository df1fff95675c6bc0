// Applies the migrations and exits: `npm run migrate`. A signal ends it at once, and PostgreSQL's work with it.
import {constants} from 'node:os';
import {logConfigurationWarnings, migrateEnvSchema, readEnv} from '../config/env';
import {migrate} from '../datasources/postgres/migrate';
import {BUILD} from '../platform/build';
import {createLogger} from '../platform/logger';
import {createProgressLine} from '../platform/progress';
import {exitOnStartError} from './start-error';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const PROGRESS_MS = 2000;

async function main(): Promise<void> {
  const env = readEnv(migrateEnvSchema);
  const logger = createLogger({name: 'migrate', level: env.LOG_LEVEL});
  logger.info(BUILD, 'process.started');
  logConfigurationWarnings(logger);
  const progress = createProgressLine(process.stderr);
  const stopping = new AbortController();
  let stopCode = 0;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      stopCode ||= 128 + constants.signals[signal]; // as a shell says it
      logger.warn({signal}, 'migrate.stopping');
      stopping.abort();
    });
  }
  let [file, since] = ['waiting for PostgreSQL or another run', performance.now()];
  const onFile = (name: string) => ([file, since] = [name, performance.now()]);
  const showing = setInterval(() => {
    progress.show(`migrate: ${file}, ${Math.round((performance.now() - since) / 1000)} s`);
  }, PROGRESS_MS);
  try {
    const applied = await migrate(env.DATABASE_URL, logger, {signal: stopping.signal, onFile});
    logger.info({applied}, applied.length === 0 ? 'migrate.nothing_to_do' : 'migrate.done');
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    logger.warn({}, 'migrate.stopped');
    process.exitCode = stopCode;
  } finally {
    clearInterval(showing);
    progress.clear();
  }
}

main().catch((error: unknown) => exitOnStartError(error, 'DATABASE_URL'));
