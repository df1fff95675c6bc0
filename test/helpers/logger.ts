// A real logger whose lines a test can read.
import {Writable} from 'node:stream';
import {pino} from 'pino';
import {describeError, type Logger} from '../../src/platform/logger';

export interface RecordedLogger {
  logger: Logger;
  /** Every line so far, parsed. */
  lines: Record<string, unknown>[];
  /** Every line so far, as text: for looking for what must not be there. */
  text(): string;
}

export function givenLogger(): RecordedLogger {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  const logger = pino(
    {level: 'debug', base: undefined, serializers: {err: describeError}, formatters: {level: level => ({level})}},
    stream,
  );
  return {logger, lines, text: () => JSON.stringify(lines)};
}
