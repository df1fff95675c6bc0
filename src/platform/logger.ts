// pino JSON logs, one event a line: object first, then the event's name (`area.fact`). Errors pass an
// allow-list, because messages of PostgreSQL and of JSON.parse quote what a visitor typed.
import {hostname} from 'node:os';
import {pino, stdTimeFunctions, type Logger} from 'pino';
import {isError} from './errors';
import {LogWriter} from './log-writer';

export type {Logger};
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

// Errors whose message is made by the runtime or by us, never from a submitted value.
const MESSAGE_IS_SAFE = new Set([
  'TypeError',
  'RangeError',
  'ReferenceError',
  'UnavailableError',
  'ConfigurationError',
]);

interface LoggedError {
  type: string;
  message?: string;
  code?: unknown;
  constraint?: unknown;
  stack?: string;
  cause?: LoggedError;
}

/** What the log keeps of an error: type, code, constraint, stack frames, and the message only where it is safe. */
export function describeError(error: unknown): LoggedError {
  if (!isError(error)) return {type: typeof error};
  // The fields of node's and pg's own errors.
  const {code, constraint, syscall} = error as {code?: unknown; constraint?: unknown; syscall?: unknown};
  const described: LoggedError = {type: error.name, code, constraint, stack: stackFrames(error)};
  if (MESSAGE_IS_SAFE.has(error.name) || syscall !== undefined) described.message = error.message;
  if (error.cause !== undefined) described.cause = describeError(error.cause);
  return described;
}

/**
 * Logs to standard output, or to `fd`; `name` is the process (`rest`, `gateway`, …). Each line has its pid and host, which
 * tell replicas apart. Nothing waits for whoever reads the log: lines that find no room are dropped, and `log.dropped`
 * stands in their place.
 */
export function createLogger({name, level, fd = 1}: {name: string; level: LogLevel; fd?: 1 | 2}): Logger {
  const base = {name, pid: process.pid, hostname: hostname()};
  const droppedLine = (count: number) => {
    return `${JSON.stringify({level: 'warn', time: new Date().toISOString(), ...base, count, msg: 'log.dropped'})}\n`;
  };
  return pino(
    {
      name,
      level,
      base,
      timestamp: stdTimeFunctions.isoTime,
      formatters: {level: label => ({level: label})},
      serializers: {err: describeError},
    },
    new LogWriter({fd, droppedLine}),
  );
}

function stackFrames(error: Error): string | undefined {
  return error.stack
    ?.split('\n')
    .filter(line => line.startsWith('    at '))
    .slice(0, 12)
    .join('\n');
}
