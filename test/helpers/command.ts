// Runs one of the short commands of dist/bin to its end.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {onTeardown} from './teardown';

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningCommand {
  signal(name: NodeJS.Signals): void;
  /** Resolves when it has ended; `code` is null when a signal ended it. */
  result: Promise<CommandResult>;
}

/** Runs dist/bin/`name`.js with this environment and nothing else but PATH. */
export function runCommand(
  name: string,
  options: {args?: string[]; env?: Record<string, string>} = {},
): Promise<CommandResult> {
  return startCommand(name, options).result;
}

/** The same without waiting for its end. */
export function startCommand(
  name: string,
  {args = [], env = {}}: {args?: string[]; env?: Record<string, string>} = {},
): RunningCommand {
  const program = path.resolve(__dirname, '../../dist/bin', `${name}.js`);
  const child = spawn(process.execPath, [program, ...args], {
    env: {PATH: process.env.PATH, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = {stdout: '', stderr: ''};
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const result = once(child, 'close').then(() => ({code: child.exitCode, ...output}));
  onTeardown(() => {
    child.kill('SIGKILL');
    return result;
  });
  return {signal: signal => void child.kill(signal), result};
}
