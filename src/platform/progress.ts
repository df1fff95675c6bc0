// One line on a terminal that shows how far a command is; without a terminal, nothing.
import type {WriteStream} from 'node:tty';

export interface ProgressLine {
  show: (text: string) => void;
  /** Removes the line. */
  clear: () => void;
}

/** A line that is rewritten in place. `stream` is standard error, so that standard output stays the log. */
export function createProgressLine(stream: Pick<WriteStream, 'isTTY' | 'write'>): ProgressLine {
  const rewrite = (text: string) => {
    if (stream.isTTY) stream.write(`\r\u001B[K${text}`);
  };
  return {show: rewrite, clear: () => rewrite('')};
}
