// Jest's global set-up: one PostgreSQL with a migrated template database, one Redis, for all test files.
import {pino} from 'pino';
import {Client} from 'pg';
import {migrate} from '../../src/datasources/postgres/migrate';
import {buildWhatTestsStart} from './build';
import {type Service, startPostgres, startRedis} from './services';

declare global {
  var outreachTestServices: Service[] | undefined;
}

export const TEMPLATE_DATABASE = 'outreach_template';

export default async function startServices(): Promise<void> {
  await provide([startPostgres, startRedis]);
}

/** Builds what is missing, starts both, stops what is up when one fails, and informs the test files by environment variables. */
export async function provide([postgres, redis]: [() => Promise<Service>, () => Promise<Service>]): Promise<void> {
  buildWhatTestsStart();
  const services: Service[] = [];
  globalThis.outreachTestServices = services;
  try {
    services.push(await postgres());
    services.push(await redis());
    const [database, pubsub] = services;
    process.env.OUTREACH_TEST_DATABASE_URL = database?.url;
    process.env.OUTREACH_TEST_REDIS_URL = pubsub?.url;
    await createTemplate(database?.url ?? '');
    process.stderr.write(`Tests use ${database?.source} and ${pubsub?.source}.\n`);
  } catch (error) {
    for (const service of services) await service.stop();
    throw error;
  }
}

async function createTemplate(adminUrl: string): Promise<void> {
  const name = `${TEMPLATE_DATABASE}_${process.pid}`;
  const client = new Client({connectionString: adminUrl});
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${name}`);
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  await migrate(url.href, pino({level: 'silent'}));
  process.env.OUTREACH_TEST_TEMPLATE = name;
}
