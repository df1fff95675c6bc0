// PostgreSQL without clients: its single-user backend executes one statement, and callgrind counts the instructions. That is
// the same figure on a busy machine as on an idle one. Debian's programs, since valgrind runs them and their version changes
// rarely.
import {execFileSync, spawnSync} from 'node:child_process';
import {chown, mkdtemp, rm} from 'node:fs/promises';
import path from 'node:path';
import {createRequire} from 'node:module';
import {Client} from 'pg';
import {pino} from 'pino';
import {onCleanup} from '../machine/cleanup.mjs';
import {findPostgresProgram, findValgrind} from './installed-program.mjs';

const require = createRequire(import.meta.url);
const {freePort} = require('../../dist/dev/free-port.js');
const {migrate} = require('../../dist/datasources/postgres/migrate.js');
const USER = 'outreach';
const DATABASE = 'outreach';

/** A migrated cluster: at first a server, and then a backend that counts. */
export async function startCountedPostgres() {
  const [initdb, pgCtl, postgres] = ['initdb', 'pg_ctl', 'postgres'].map(findPostgresProgram);
  const valgrind = findValgrind();
  const owner = ownerOfClusters();
  const directory = await mkdtemp(path.join('/var/tmp', 'outreach-insert-'));
  onCleanup(() => rm(directory, {recursive: true, force: true}));
  if (owner.uid !== undefined) await chown(directory, owner.uid, owner.gid);
  const data = path.join(directory, 'data');
  const options = {cwd: directory, env: {PATH: process.env.PATH}, encoding: 'utf8', ...owner};
  // A server holds on to what its starter reads, so nothing is read of it.
  const run = (program, ...args) => execFileSync(program, args, {...options, stdio: ['ignore', 'ignore', 'inherit']});
  run(initdb, '-D', data, '-A', 'trust', '-U', USER, '--locale=C.UTF-8', '--encoding=UTF8');
  const port = await freePort();
  const settings = `-p ${port} -k ${directory} -c listen_addresses=127.0.0.1 -c autovacuum=off`;
  run(pgCtl, '-D', data, '-w', '-l', path.join(directory, 'log'), '-o', settings, 'start');
  const stop = onCleanup(() => run(pgCtl, '-D', data, '-w', '-m', 'fast', 'stop'));
  const url = database => `postgres://${USER}@127.0.0.1:${port}/${database}`;
  await withClient(url('postgres'), client => client.query(`CREATE DATABASE ${DATABASE}`));
  await migrate(url(DATABASE), pino({level: 'silent'}));
  // The backend reads a statement a line.
  const execute = (statement, program, ...args) => {
    const input = `${statement.replaceAll(/\s+/g, ' ')}\n`;
    const {stdout, stderr, status} = spawnSync(program, [...args, '--single', '-D', data, DATABASE], {
      ...options,
      input,
    });
    if (status !== 0 || /ERROR|FATAL/.test(stderr))
      throw new Error(`${program} ended with ${status}:\n${stdout}${stderr}`);
    return stderr;
  };
  const callgrind = ['--tool=callgrind', '--callgrind-out-file=/dev/null', postgres];
  return {
    version: execFileSync(postgres, ['--version'], {encoding: 'utf8'}).match(/[\d.]+/)[0],
    /** Gives `work` a client of the server; then the server is stopped, and nobody can ask it. */
    async askLast(work) {
      await withClient(url(DATABASE), work);
      await stop();
    },
    execute: statement => void execute(statement, postgres),
    /** Instructions of the whole backend, its start included. */
    count: statement => Number(/Collected : (\d+)/.exec(execute(statement, valgrind, ...callgrind))[1]),
  };
}

// PostgreSQL refuses to run as root: Debian's package has made a user for it.
function ownerOfClusters() {
  if (process.getuid() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map(option => Number(execFileSync('id', [option, 'postgres'], {encoding: 'utf8'})));
  return {uid, gid};
}

async function withClient(connectionString, work) {
  const client = new Client({connectionString});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
