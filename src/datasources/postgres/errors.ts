// Separates "PostgreSQL cannot answer now" (503, try again) from every other error of the database (ours).
import {driverReasonOf, isTlsReason} from '../../platform/error-reasons';
import {isError, UnavailableError} from '../../platform/errors';
import {SchemaError} from './schema-version';

// SQLSTATE classes and codes (PostgreSQL, appendix A) that say "not now" rather than "not like this".
const UNAVAILABLE_CLASSES = new Set(['08', '53', '57', '58']);
const UNAVAILABLE_CODES = new Set([
  '25006',
  '55000',
  '28000',
  '28P01',
  '3D000',
  '40001',
  '40P01',
  '55P03',
  'XX000',
  '26000', // what was sent behind a statement that could not be prepared, with its name
  '42P05', // and what is sent after that, twice
]);
/**
 * PostgreSQL has cancelled the statement because it took too long (57014, `statement_timeout`), and has rolled it back.
 * That is about this statement, and says nothing about the next one.
 */
export class StatementTimeoutError extends UnavailableError {}

/**
 * May a schema of another version explain this error? A name that is missing or means something else (class 42), a value
 * that an enum lacks, or a column that needs a value and gets none.
 */
export function mayBeOfSchema(error: unknown): boolean {
  const code = isError(error) && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (code.startsWith('42') && !UNAVAILABLE_CODES.has(code)) || code === '22P02' || code === '23502';
}

/** The same error, or an UnavailableError around it when trying again later may help. */
export function asUnavailable(error: unknown): unknown {
  if (isError(error) && 'code' in error && error.code === '57014') {
    return new StatementTimeoutError('PostgreSQL', {cause: error});
  }
  return isUnavailable(error) ? new UnavailableError('PostgreSQL', {cause: error}) : error;
}

function isUnavailable(error: unknown): boolean {
  if (!isError(error)) return false;
  if (error instanceof SchemaError) return true;
  const {code, syscall, errors} = error as {code?: unknown; syscall?: unknown; errors?: unknown}; // node's and pg's own
  if (Array.isArray(errors)) return errors.some(isUnavailable); // node tries each address of a host
  if (syscall !== undefined) return true;
  if (typeof code === 'string')
    return UNAVAILABLE_CLASSES.has(code.slice(0, 2)) || UNAVAILABLE_CODES.has(code) || isTlsReason(code);
  return driverReasonOf(error) !== undefined;
}
