// How every entry point ends when it cannot start.
import {ConfigurationError} from '../config/env';
import {describeError} from '../platform/logger';

/** Prints a bad configuration as plain sentences, anything else as a described error, and exits with 1. */
export function exitOnStartError(error: unknown): never {
  const text = error instanceof ConfigurationError ? error.message : JSON.stringify(describeError(error));
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
