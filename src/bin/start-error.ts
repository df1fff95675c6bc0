// How every entry point ends when it cannot start.
import {ConfigurationError} from '../config/env';
import {describeError} from '../platform/logger';

/** Prints a bad configuration as plain sentences, anything else as a described error, and exits with 1. */
export function exitOnStartError(error: unknown): never {
  const text = error instanceof ConfigurationError ? error.message : explain(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

function explain(error: unknown): string {
  const {code, port, address} = error as {code?: unknown; port?: unknown; address?: unknown}; // node's system errors
  if (code === 'EADDRINUSE') {
    return `${String(address)}:${String(port)} is in use: stop what listens there, or choose another port (PORT; see .env.example).`;
  }
  return error instanceof Error && error.cause instanceof Error ? error.message : JSON.stringify(describeError(error));
}
