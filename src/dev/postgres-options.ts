// How the embedded PostgreSQL is set up: loopback only, UTF-8, and without fsync where its data is thrown away.
import type {EmbeddedPostgresPackageOptions} from './postgres-package';

export const DATABASE_USER = 'outreach';

/** What differs between one cluster and the next. */
export interface ServerOptions {
  cluster: string;
  port: number;
  password: string;
  durable: boolean;
  /** Takes what the server says. */
  log: string[];
}

/** The package's options for a server that only this machine reaches. */
export function serverOptions({cluster, port, password, durable, log}: ServerOptions): EmbeddedPostgresPackageOptions {
  return {
    databaseDir: cluster,
    port,
    user: DATABASE_USER,
    password,
    authMethod: 'scram-sha-256',
    persistent: durable,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', ...(durable ? [] : ['--no-sync'])],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      // A test file has many applications, each with a pool, and two files run at a time.
      ...['-c', `max_connections=${durable ? 200 : 500}`],
      ...(durable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
    ],
    onLog: message => log.push(message),
    onError: message => log.push(String(message)),
  };
}
