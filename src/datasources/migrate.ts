// Applies the numbered SQL files of migrations/, forward only, each in its own transaction, under an advisory lock so
// that two runs do not collide. Never called when the service starts: it is a step of its own.
import {runner} from 'node-pg-migrate';
import type {Logger} from '../platform/logger';
import {MIGRATIONS_DIRECTORY} from './schema-version';

/** Applies what is missing; resolves with the names of the applied migrations. */
export async function migrate(databaseUrl: string, logger: Logger): Promise<string[]> {
  const applied = await runner({
    databaseUrl,
    dir: MIGRATIONS_DIRECTORY,
    direction: 'up',
    migrationsTable: 'pgmigrations',
    singleTransaction: false,
    advisoryLockMode: 'wait', // a second run finds nothing left to do
    logger: {
      debug: () => undefined,
      info: () => undefined, // it prints the whole SQL; the names below are enough
      warn: message => logger.warn({detail: message}, 'migrate.warning'),
      error: message => logger.error({detail: message}, 'migrate.failed'),
    },
  });
  const names = applied.map(migration => migration.name);
  names.forEach(name => logger.info({name}, 'migrate.applied'));
  return names;
}
