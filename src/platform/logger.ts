// pino JSON logs, one event a line: object first, then the event's name (`area.fact`). Errors pass the allow-list of
// describeError.
import {hostname} from 'node:os';
import {pino, stdTimeFunctions, type Logger} from 'pino';
import {describeError} from './describe-error';
import {LogWriter} from './log-writer';

export {describeError};
export type {Logger};
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Logs to standard output, or to `fd`; `name` is the process (`rest`, `gateway`, …). Each line has its pid and host,
 * which distinguish replicas. Logging never waits for the reader: lines that do not fit are dropped, and a line
 * `log.dropped` replaces them.
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
