// `npm start` as a process of its own, on free ports and in a directory of its own.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, realpath, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {DevelopmentAddresses} from '../../src/dev/development-stack';
import {eventually} from './eventually';
import {onTeardown} from './teardown';

export interface RunningStack extends DevelopmentAddresses {
  process: ChildProcess;
  /** Where its data and its key are. */
  directory: string;
  /** Everything that it printed so far. */
  output(): string;
  /** Ctrl-C; resolves with the exit code. */
  interrupt(): Promise<number | null>;
  /** Any other end; resolves with the exit code, which is null for a signal that nobody can handle. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

const DEV = path.resolve(__dirname, '../../dist/bin/dev.js');

/** A directory for the stack's data; private, as a careful user's is. */
export async function givenStackDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'outreach-start-'));
  onTeardown(async () => {
    const data = await realpath(path.join(directory, 'postgres')).catch(() => undefined); // may lie elsewhere, for root
    for (const place of [data, directory]) if (place !== undefined) await rm(place, {recursive: true, force: true});
  });
  return directory;
}

async function givenEmptyDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'outreach-empty-'));
  onTeardown(() => rm(directory, {recursive: true, force: true}));
  return directory;
}

/** `env` is added to its environment; `flags` are node's own; it reads the `.env` of `cwd`, an empty directory unless given. */
export async function givenStack(
  directory: string,
  env: Record<string, string> = {},
  {flags = [], cwd}: {flags?: readonly string[]; cwd?: string} = {},
): Promise<RunningStack> {
  const child = spawn(process.execPath, [...flags, DEV], {
    cwd: cwd ?? (await givenEmptyDirectory()),
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      GATEWAY_PORT: '0',
      WEB_PORT: '0',
      METRICS_PORT: '0',
      RATE_LIMIT: 'off', // tests send more from one address than people do
      OUTREACH_DIRECTORY: directory,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  const interrupt = () => end('SIGINT');
  onTeardown(interrupt);
  const addresses = await eventually(async () => {
    if (child.exitCode !== null) return undefined; // it will not get ready any more
    if (!output.includes('outreach is ready')) throw new Error(`not ready:\n${output}`);
    return JSON.parse(await readFile(path.join(directory, 'dev.json'), 'utf8')) as DevelopmentAddresses;
  }, 60_000);
  if (!addresses) throw new Error(`it ended:\n${output}`);
  return {...addresses, process: child, directory, output: () => output, interrupt, end};
}
