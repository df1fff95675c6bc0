// A REST or gateway process as operations run it: a child from dist/ with its own environment, whose log and exit a
// test can read. An unhandled rejection ends such a process, so one that lives has had none.
import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, constants, existsSync, mkdtempSync, openSync, rmSync} from 'node:fs';
import {Socket} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {Readable} from 'node:stream';
import {eventually} from './eventually';
import {restEnvironment, type RestOptions} from './rest';
import {onTeardown} from './teardown';

/** Several that start at once on a busy machine take turns. */
const START_TIMEOUT_MS = 60_000;
const DIST = path.resolve(__dirname, '../../dist/bin');

export interface TestProcess {
  url: string;
  pid: number | undefined;
  metricsPort: number;
  /** Every log line so far, parsed. */
  lines: Record<string, unknown>[];
  /** Resolves with the line of this event once it was logged. */
  logs(event: string): Promise<Record<string, unknown>>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string, token?: string): Promise<Response>;
  signal(name: NodeJS.Signals): void;
  /** Its standard output; paused, nobody reads its log. */
  stdout: Readable;
  /** Resolves with the exit code, or the signal that ended it, whether its output is read or not. */
  hasExited: Promise<number | NodeJS.Signals>;
  /** The same, once all its output is read. */
  exited: Promise<number | NodeJS.Signals>;
  /** Fails, with its last lines, unless it runs and has logged nothing at level error or fatal, but for that reason. */
  expectHealthy(expectedReason?: string): void;
}

/** What standard output is: `socket` is what Node gives a child, as journald does; a shell and Docker give a pipe. */
export type LogKind = 'socket' | 'pipe';

/** A listening REST process. */
export function givenRestProcess(options: RestOptions, log?: LogKind): Promise<TestProcess> {
  return givenProcess('rest', restEnvironment(options), log);
}

/** A listening gateway process; what only REST needs stands in its environment too, and is ignored. */
export function givenGatewayProcess(options: Omit<RestOptions, 'databaseUrl'>): Promise<TestProcess> {
  return givenProcess('gateway', restEnvironment({...options, databaseUrl: ''}));
}

async function givenProcess(
  name: 'rest' | 'gateway',
  environment: Record<string, string>,
  log: LogKind = 'socket',
): Promise<TestProcess> {
  const program = path.join(DIST, `${name}.js`);
  if (!existsSync(program)) throw new Error(`${program} is not there: run \`npm run build\` first.`);
  const pipe = log === 'pipe' ? givenPipe() : undefined;
  const child = spawn(process.execPath, [program], {
    env: {PATH: process.env.PATH, ...environment},
    stdio: ['ignore', pipe?.input ?? 'pipe', 'pipe'],
  });
  if (pipe) closeSync(pipe.input); // the child's is the only one left
  const stdout = pipe?.output ?? child.stdout;
  if (!stdout) throw new TypeError('a child with a pipe has a stream');
  const hasExited = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals); // node's own pair
  const closed = Promise.all([once(child, 'close'), pipe && once(pipe.output, 'close')]);
  const exited = closed.then(() => hasExited);
  onTeardown(() => {
    child.kill('SIGKILL');
    stdout.resume(); // what nobody reads never ends
    return exited;
  });
  const {lines, errors} = collect(child, stdout);
  const text = () => [...lines.slice(-20).map(line => JSON.stringify(line)), ...errors].join('\n');
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const logs = async (event: string, timeoutMs?: number) => {
    const line = await eventually(() => {
      const found = lines.find(({msg}) => msg === event);
      if (!found && isRunning()) throw new Error(`${name} has not logged ${event}:\n${text()}`);
      return found;
    }, timeoutMs);
    if (!line) throw new Error(`${name} ended with ${await exited} and never logged ${event}:\n${text()}`);
    return line;
  };
  const listening = await logs(`${name}.listening`, START_TIMEOUT_MS);
  const url = String(listening.url);
  return {
    url,
    pid: child.pid,
    metricsPort: Number(lines.find(({msg}) => msg === 'metrics.listening')?.port),
    lines,
    logs,
    post: (target, body, headers = {}) =>
      fetch(url + target, {
        method: 'POST',
        headers: {'Content-Type': 'application/json', ...headers},
        body: JSON.stringify(body),
      }),
    get: (target, token) =>
      fetch(url + target, {headers: token === undefined ? {} : {Authorization: `Bearer ${token}`}}),
    signal: signal => void child.kill(signal),
    stdout,
    hasExited,
    exited,
    expectHealthy: expectedReason => {
      if (!isRunning()) throw new Error(`${name} ended with ${child.exitCode ?? child.signalCode}:\n${text()}`);
      const severe = lines.filter(({level}) => level === 'error' || level === 'fatal');
      const bad = severe.filter(({reason}) => reason === undefined || reason !== expectedReason);
      if (bad.length > 0 || errors.length > 0)
        throw new Error(`${name} has said:\n${JSON.stringify(bad.slice(0, 3))}\n${errors.join('')}`);
    },
  };
}

// A named pipe of 64 KiB, without a name once both ends are open.
function givenPipe(): {input: number; output: Socket} {
  const directory = mkdtempSync(path.join(tmpdir(), 'outreach-log-'));
  const file = path.join(directory, 'log');
  execFileSync('mkfifo', [file]);
  const output = new Socket({fd: openSync(file, constants.O_RDONLY | constants.O_NONBLOCK), writable: false});
  const input = openSync(file, 'w');
  rmSync(directory, {recursive: true});
  return {input, output};
}

function collect(child: ChildProcess, stdout: Readable): {lines: Record<string, unknown>[]; errors: string[]} {
  const lines: Record<string, unknown>[] = [];
  const errors: string[] = [];
  let incomplete = '';
  stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const complete = (incomplete + chunk).split('\n');
    incomplete = complete.pop() ?? '';
    for (const line of complete) lines.push(JSON.parse(line) as Record<string, unknown>);
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => errors.push(chunk));
  return {lines, errors};
}
