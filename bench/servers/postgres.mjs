// PostgreSQL as in production, fsync and synchronous_commit on, from the npm package that the tests use; one migrated
// template, and a database cloned from it for each server under test.
import {mkdtemp, rm} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import {Client} from 'pg';
import {pino} from 'pino';
import {onCleanup} from '../machine/cleanup.mjs';

const require = createRequire(import.meta.url);
const {startEmbeddedPostgres} = require('../../dist/dev/embedded-postgres.js');
const {migrate} = require('../../dist/datasources/postgres/migrate.js');
const TEMPLATE = 'bench_template';
const TABLES = ['inquiry', 'inquiry_activity', 'inquiry_tombstone'];

/**
 * Starts the server; `database(name, options)` clones the migrated template, or another database of this server. `tables` are
 * those that `empty()` empties.
 */
export async function startPostgres() {
  const directory = await mkdtemp(path.join('/var/tmp', 'outreach-bench-'));
  onCleanup(() => rm(directory, {recursive: true, force: true}));
  const server = await startEmbeddedPostgres({directory, durable: true});
  onCleanup(() => server.stop());
  const admin = await connect(server.url('postgres'));
  await mustBeDurable(admin);
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  await migrate(server.url(TEMPLATE), pino({level: 'silent'}));
  return {
    version: (await admin.query('SHOW server_version')).rows[0].server_version,
    async database(name, {from = TEMPLATE, tables = TABLES} = {}) {
      await admin.query(`CREATE DATABASE ${name} TEMPLATE ${from}`);
      return openDatabase(server.url(name), tables);
    },
    /** Writes out what is dirty, so that no server pays for another's writes. */
    checkpoint: () => admin.query('CHECKPOINT'),
  };
}

async function openDatabase(url, tables) {
  const client = await connect(url);
  return {
    url,
    query: async (text, values) => (await client.query(text, values)).rows,
    count: async () => Number((await client.query('SELECT count(*) FROM inquiry')).rows[0].count),
    empty: () => client.query(`TRUNCATE ${tables.join(', ')}`),
    /** A template must have no connection. */
    close: () => client.end(),
  };
}

async function connect(url) {
  const client = new Client({connectionString: url});
  client.on('error', () => undefined); // the server is stopped before us
  await client.connect();
  onCleanup(() => client.end());
  return client;
}

// A benchmark without fsync would measure another promise than ours.
async function mustBeDurable(admin) {
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const {rows} = await admin.query(`SHOW ${setting}`);
    if (rows[0][setting] !== 'on') throw new Error(`${setting} is ${rows[0][setting]}, and must be on`);
  }
}
