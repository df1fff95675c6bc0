// Runs one of the short commands of dist/bin to its end.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs dist/bin/`name`.js with this environment and nothing else but PATH. */
export async function runCommand(
  name: string,
  {args = [], env = {}}: {args?: string[]; env?: Record<string, string>} = {},
): Promise<CommandResult> {
  const program = path.resolve(__dirname, '../../dist/bin', `${name}.js`);
  const child = spawn(process.execPath, [program, ...args], {
    env: {PATH: process.env.PATH, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = {stdout: '', stderr: ''};
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  await once(child, 'close');
  return {code: child.exitCode, ...output};
}
