// Applies the migrations and exits: `npm run migrate`.
import {logConfigurationWarnings, migrateEnvSchema, readEnv} from '../config/env';
import {migrate} from '../datasources/migrate';
import {createLogger} from '../platform/logger';
import {exitOnStartError} from './start-error';

async function main(): Promise<void> {
  const env = readEnv(migrateEnvSchema);
  const logger = createLogger({name: 'migrate', level: env.LOG_LEVEL});
  logConfigurationWarnings(logger);
  const applied = await migrate(env.DATABASE_URL, logger);
  logger.info({applied}, applied.length === 0 ? 'migrate.nothing_to_do' : 'migrate.done');
}

main().catch((error: unknown) => exitOnStartError(error, 'DATABASE_URL'));
