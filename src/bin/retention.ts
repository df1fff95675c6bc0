// Removes what is older than configured and exits: `npm run retention [-- --dry-run]`.
import {parseArgs} from 'node:util';
import {logConfigurationWarnings, readEnv, retentionDays, retentionEnvSchema} from '../config/env';
import {PostgresDataSource} from '../datasources/postgres/postgres.datasource';
import {requireSchema} from '../datasources/postgres/schema-version';
import {BUILD} from '../platform/build';
import {createLogger} from '../platform/logger';
import {runUntilSignalled} from '../platform/process';
import {createProgressLine} from '../platform/progress';
import {RetentionRepository} from '../repositories/privacy/retention.repository';
import {RetentionService} from '../services/retention.service';
import {exitOnStartError} from './start-error';

async function main(): Promise<void> {
  const dryRun = parseArgs({options: {'dry-run': {type: 'boolean'}}}).values['dry-run'] ?? false;
  const env = readEnv(retentionEnvSchema);
  const logger = createLogger({name: 'retention', level: env.LOG_LEVEL});
  logger.info(BUILD, 'process.started');
  logConfigurationWarnings(logger);
  const postgres = new PostgresDataSource({url: env.DATABASE_URL, poolSize: 2, logger});
  const stopping = new AbortController();
  const progress = createProgressLine(process.stderr);
  const service = new RetentionService(new RetentionRepository(postgres));
  const run = async () => {
    await requireSchema(postgres);
    const {signal} = stopping;
    const {outcome, ...result} = await service.run({
      days: retentionDays(env),
      dryRun,
      signal,
      onProgress: progress.show,
    });
    progress.clear();
    logger[outcome === 'done' ? 'info' : 'warn'](result, `retention.${outcome}`);
    await postgres.stop();
  };
  const finished = run();
  const stop = () => (stopping.abort(), finished);
  runUntilSignalled(stop, {logger, timeoutMs: env.SHUTDOWN_TIMEOUT_MS});
  await finished;
}

main().catch(exitOnStartError);
