// How every entry point ends when it cannot start.
import {ConfigurationError} from '../config/env';
import {ForeignSchemaError, MissingMigrationsError} from '../datasources/postgres/schema-version';
import {describeError} from '../platform/logger';

// node's system errors, and pg's, of which `code` is the SQLSTATE
interface SystemError {
  code?: unknown;
  syscall?: unknown;
  path?: unknown;
  address?: unknown;
  port?: unknown;
}

const PORTS = 'PORT, GATEWAY_PORT, WEB_PORT or METRICS_PORT';
const HOSTS = 'HOST or METRICS_HOST';

// EX_CONFIG of sysexits.h: a person has to change something, and starting again does not help.
const EXIT_CONFIGURATION = 78;
const NEEDS_A_PERSON = [ConfigurationError, ForeignSchemaError, MissingMigrationsError];
const CONFIGURATION_CODES = ['EADDRNOTAVAIL', 'EACCES', '28P01', '28000', '3D000', '42P07', '42710'];

/**
 * Prints a sentence that names what to change, or a described error where there is no such sentence. Exits with 78 when
 * it is the configuration, and with 1 when the same start may succeed later (a server that is away, a port in use).
 * `host` is the variable to name when a host is not found: the one that this program looks up when it starts.
 */
export function exitOnStartError(error: unknown, host: typeof HOSTS | 'DATABASE_URL' = HOSTS): never {
  process.stderr.write(`${sentenceOf(error, host) ?? explain(error)}\n`);
  process.exit(isConfiguration(error, host) ? EXIT_CONFIGURATION : 1);
}

function isConfiguration(error: unknown, host: string): boolean {
  if (NEEDS_A_PERSON.some(kind => error instanceof kind)) return true;
  const {code, path} = error as SystemError; // each is checked below
  if (typeof path === 'string' || String(code).startsWith('ERR_PARSE_ARGS')) return true;
  // A name to listen on is this machine's own; that of a database may come with its server.
  return CONFIGURATION_CODES.includes(String(code)) || (code === 'ENOTFOUND' && host === HOSTS);
}

function sentenceOf(error: unknown, host: string): string | undefined {
  if (error instanceof ConfigurationError) return error.message;
  if (error instanceof ForeignSchemaError) {
    return `The database of DATABASE_URL begins with the migration ${error.first}: it is older than the first release, or another program's, and no migration leads from it to this version. Keep a dump if its data matters, and run migrate on a new database.`;
  }
  if (error instanceof MissingMigrationsError) {
    return `The newest migration of the database of DATABASE_URL is ${error.newest ?? 'none'}: run migrate.`;
  }
  const {code, syscall, path, address, port} = error as SystemError; // each is checked below
  if (String(code).startsWith('ERR_PARSE_ARGS')) return (error as Error).message; // node:util made it
  if (syscall === 'listen') return listenSentence(String(code), String(address), String(port));
  if (typeof path === 'string') {
    return `${path} cannot be used (${String(code)}): see to it, or choose another directory with OUTREACH_DIRECTORY.`;
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} names a host that cannot be found.`;
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EHOSTUNREACH':
    case 'ETIMEDOUT':
      return `The server of DATABASE_URL does not answer (${code}).`;
    case '28P01':
    case '28000':
      return 'The server of DATABASE_URL refuses the user or the password.';
    case '3D000':
      return 'The database of DATABASE_URL does not exist.';
    case '42P07':
    case '42710':
      return 'The database of DATABASE_URL has tables or types of these names that no migration of this program has made: run migrate on a new database.';
    case '55P03':
      return 'A table of DATABASE_URL is in use for too long, by an export or an open transaction: end that, and start again.';
  }
  return undefined;
}

function listenSentence(code: string, address: string, port: string): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `${address}:${port} is in use: stop what listens there, or choose another port (${PORTS}; see .env.example).`;
    case 'EACCES':
      return `This user may not listen on ${address}:${port}: choose another port (${PORTS}; see .env.example).`;
    case 'EADDRNOTAVAIL':
      return `${HOSTS} must be an address of this machine; it has none such as ${address}.`;
  }
  return undefined;
}

function explain(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? error.message : JSON.stringify(describeError(error));
}
