// A REST or gateway process as operations run it: a child from dist/ with its own environment, whose log and exit a
// test can read. An unhandled rejection ends such a process, so one that lives has had none.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import path from 'node:path';
import {eventually} from './eventually';
import {restEnvironment, type RestOptions} from './rest';
import {onTeardown} from './teardown';

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
  /** Resolves with the exit code, or the signal that ended it, once all its output is read. */
  exited: Promise<number | NodeJS.Signals>;
  /** Fails, with its last lines, unless it runs and has logged nothing at level error or fatal. */
  expectHealthy(): void;
}

/** A listening REST process. */
export function givenRestProcess(options: RestOptions): Promise<TestProcess> {
  return givenProcess('rest', restEnvironment(options));
}

/** A listening gateway process; what only REST needs stands in its environment too, and is ignored. */
export function givenGatewayProcess(options: Omit<RestOptions, 'databaseUrl'>): Promise<TestProcess> {
  return givenProcess('gateway', restEnvironment({...options, databaseUrl: ''}));
}

async function givenProcess(name: 'rest' | 'gateway', environment: Record<string, string>): Promise<TestProcess> {
  const program = path.join(DIST, `${name}.js`);
  if (!existsSync(program)) throw new Error(`${program} is not there: run \`npm run build\` first.`);
  const child = spawn(process.execPath, [program], {
    env: {PATH: process.env.PATH, ...environment},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals); // node's own pair
  onTeardown(() => {
    child.kill('SIGKILL');
    return exited;
  });
  const {lines, errors} = collect(child);
  const text = () => [...lines.slice(-20).map(line => JSON.stringify(line)), ...errors].join('\n');
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const logs = async (event: string) => {
    const line = await eventually(() => {
      const found = lines.find(({msg}) => msg === event);
      if (!found && isRunning()) throw new Error(`${name} has not logged ${event}:\n${text()}`);
      return found;
    });
    if (!line) throw new Error(`${name} ended with ${await exited} and never logged ${event}:\n${text()}`);
    return line;
  };
  const listening = await logs(`${name}.listening`);
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
    exited,
    expectHealthy: () => {
      if (!isRunning()) throw new Error(`${name} ended with ${child.exitCode ?? child.signalCode}:\n${text()}`);
      const bad = lines.filter(({level}) => level === 'error' || level === 'fatal');
      if (bad.length > 0 || errors.length > 0)
        throw new Error(`${name} has said:\n${JSON.stringify(bad.slice(0, 3))}\n${errors.join('')}`);
    },
  };
}

function collect(child: ChildProcess): {lines: Record<string, unknown>[]; errors: string[]} {
  const lines: Record<string, unknown>[] = [];
  const errors: string[] = [];
  let incomplete = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const complete = (incomplete + chunk).split('\n');
    incomplete = complete.pop() ?? '';
    for (const line of complete) lines.push(JSON.parse(line) as Record<string, unknown>);
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => errors.push(chunk));
  return {lines, errors};
}
