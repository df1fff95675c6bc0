// Why a dependency failed, as a reason code: that of PostgreSQL (SQLSTATE), Redis or Node, or a word of ours for a
// driver's message without a code. The only list of the reasons that need a person, and of the hints.
import {isError} from './errors';

// The beginnings of messages that pg, pg-pool and ioredis give without a code.
const REASON_BY_MESSAGE: readonly (readonly [string, string])[] = [
  ['timeout exceeded when trying to connect', 'connect_timeout'],
  ['timeout expired', 'connect_timeout'],
  ['Connection terminated due to connection timeout', 'connect_timeout'],
  ['Connection terminated', 'connection_terminated'],
  ['Query read timeout', 'answer_timeout'],
  ['Client has encountered a connection error', 'connection_terminated'],
  ['Cannot use a pool after calling end', 'pool_closed'],
  ['Client was closed', 'connection_closed'],
  ['The server does not support SSL connections', 'tls_not_supported'],
  ['There was an error establishing an SSL connection', 'tls_failed'],
  ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password', 'password_missing'],
  ['Socket timeout', 'answer_timeout'],
  ['Connection is closed', 'connection_closed'],
  ['Command aborted due to connection close', 'connection_closed'],
  ['Stream isn', 'not_connected'],
];

/** Reasons that stay until a person acts; whole SQLSTATE classes by their first two characters. */
const NEEDS_PERSON = new Set([
  ...['28', '58', '3D000', '42501', '42P01', '53100', 'XX001', 'XX002'],
  ...['password_missing', 'tls_not_supported', 'tls_failed', 'missing_migrations', 'foreign_schema'],
  ...['WRONGPASS', 'NOAUTH', 'NOPERM', 'MISCONF'],
]);

// OpenSSL's and Node's codes for a certificate or a handshake that is not accepted.
const TLS_REASON = /CERT|LEAF_SIGNATURE|^ERR_(TLS|SSL)_/;

const HINTS: Readonly<Record<string, string>> = {
  '28P01': 'check the user and the password of DATABASE_URL',
  '28000': 'check the user of DATABASE_URL, and pg_hba.conf',
  '3D000': 'check the database of DATABASE_URL',
  '42501': 'grant it to the user of DATABASE_URL: docs/operations.md',
  '42P01': 'npm run migrate',
  '53100': 'the disk of PostgreSQL is full',
  '53300': 'raise max_connections, or lower DATABASE_POOL_SIZE',
  missing_migrations: 'npm run migrate',
  foreign_schema:
    'no migration leads from this schema to the expected one: keep a dump if the data matters, then npm run migrate on a new database',
  password_missing: 'DATABASE_URL has no password',
  tls_not_supported: 'DATABASE_URL asks for TLS, which the server does not have',
  WRONGPASS: 'check the user and the password of REDIS_URL',
  NOAUTH: 'REDIS_URL has no password',
  NOPERM: 'give the user of REDIS_URL the rights of docs/operations.md, and check REDIS_KEY',
  OOM: 'Redis has reached its maxmemory',
};

/**
 * A code or a word from a fixed set; undefined when the error has neither. When several addresses failed, the first
 * reason.
 */
export function reasonOf(error: unknown): string | undefined {
  if (!isError(error)) return undefined;
  const {code, errors} = error as {code?: unknown; errors?: unknown}; // node's, pg's and AggregateError's own fields
  if (typeof code === 'string') return code;
  if (Array.isArray(errors)) return errors.map(reasonOf).find(reason => reason !== undefined);
  // Redis begins each error reply with a code; the rest may quote the command.
  if (error.name === 'ReplyError') return /^[A-Z]{2,20}(?= |$)/.exec(error.message)?.[0];
  return driverReasonOf(error);
}

/** The word for an error that a driver made itself, without a code; undefined for every other. */
export function driverReasonOf(error: Error): string | undefined {
  return REASON_BY_MESSAGE.find(([beginning]) => error.message.startsWith(beginning))?.[1];
}

/** `error` for what stays until a person acts, `warn` for what may pass. */
export function levelOf(reason: string | undefined): 'error' | 'warn' {
  if (reason === undefined) return 'warn';
  const isOfClass = /^\d[0-9A-Z]{4}$/.test(reason) && NEEDS_PERSON.has(reason.slice(0, 2));
  return isOfClass || NEEDS_PERSON.has(reason) || isTlsReason(reason) ? 'error' : 'warn';
}

/** Did TLS fail, so that a retry fails the same way? */
export function isTlsReason(reason: string): boolean {
  return TLS_REASON.test(reason);
}

/** What the operator may do about it, from a fixed table. */
export function hintOf(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : HINTS[reason];
}
