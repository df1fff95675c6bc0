// A log that nobody reads: the process goes on, drops lines and counts them, and ends when it is signalled. A full pipe
// used to stop everything at the first line that did not fit.
import packageJson from '../../package.json';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenRestProcess, type LogKind, type TestProcess} from '../helpers/process';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

// Each denied request leaves a line of about 1 KB: together more than a pipe and what is held back (1 MiB).
const REQUESTS = 2000;
const SUBJECT = '€'.repeat(255);
const CRASH = "data:text/javascript,process.on('SIGUSR2',()=>{throw(new(TypeError)('on/purpose'))})";

let database: TestDatabase;
let issuer: TokenIssuer;
let withoutScope: string;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  withoutScope = await issuer.sign({scope: 'inquiries:read', subject: SUBJECT});
});

function givenRest(log: LogKind, env: Record<string, string> = {}): Promise<TestProcess> {
  return givenRestProcess({databaseUrl: database.url, issuer, env: {SHUTDOWN_TIMEOUT_MS: '4000', ...env}}, log);
}

/** Sends requests that each leave a line, 20 at a time; resolves with how many were answered as they should be. */
async function floodLog(rest: TestProcess): Promise<number> {
  let [left, answered] = [REQUESTS, 0];
  const client = async () => {
    while (left > 0) {
      left -= 1;
      const response = await rest.get('/subscriptions', withoutScope);
      await response.arrayBuffer();
      if (response.status === 403) answered += 1;
    }
  };
  await Promise.all(Array.from({length: 20}, client));
  return answered;
}

async function droppedLines(rest: TestProcess): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${rest.metricsPort}/metrics`)).text();
  return Number(/^outreach_log_dropped_lines_total (\d+)$/m.exec(text)?.[1]);
}

const countOf = (rest: TestProcess, event: string) => rest.lines.filter(({msg}) => msg === event).length;

describe.each(['pipe', 'socket'] as const)('standard output is a %s', log => {
  test('requests are answered, liveness too, and SIGTERM ends it with 0 while nobody reads', async () => {
    const rest = await givenRest(log);
    expect(rest.lines[0]).toMatchObject({msg: 'process.started', version: packageJson.version, node: process.version});
    rest.stdout.pause();
    expect(await floodLog(rest)).toBe(REQUESTS);
    expect((await rest.get('/live')).status).toBe(200);
    expect(await droppedLines(rest)).toBeGreaterThan(0);
    rest.signal('SIGTERM');
    await rest.hasExited;
    rest.stdout.resume(); // every line is parsed, so each must be whole
    expect(await rest.exited).toBe(0);
    expect(countOf(rest, 'access.denied')).toBeGreaterThan(20);
  });

  test('a reader that comes back is given the newest lines, and how many are missing', async () => {
    const rest = await givenRest(log);
    rest.stdout.pause();
    await floodLog(rest);
    const missing = await droppedLines(rest);
    rest.stdout.resume();
    await eventually(() => expect(countOf(rest, 'access.denied')).toBe(REQUESTS - missing));
    expect(await droppedLines(rest)).toBe(missing);
    const reported = rest.lines.filter(({msg}) => msg === 'log.dropped');
    expect(reported).toEqual([expect.objectContaining({name: 'rest', level: 'warn', pid: rest.pid, count: missing})]);
    expect(rest.lines.indexOf(reported[0] ?? {})).toBeLessThan(rest.lines.length - 1);
    rest.signal('SIGTERM');
    expect(await rest.exited).toBe(0);
    await rest.logs('process.stopped');
  });

  test('a crash writes its last line, and with nobody to read it the process ends all the same', async () => {
    const [read, unread] = await Promise.all(
      [log, log].map(each => givenRest(each, {NODE_OPTIONS: `--import=${CRASH}`})),
    );
    if (!read || !unread) throw new TypeError('two were started');
    read.signal('SIGUSR2');
    expect(await read.exited).toBe(1);
    expect(read.lines.at(-1)).toMatchObject({msg: 'process.failed', level: 'fatal', err: {message: 'on/purpose'}});
    unread.stdout.pause();
    await floodLog(unread);
    unread.signal('SIGUSR2');
    await unread.hasExited;
    unread.stdout.resume();
    expect(await unread.exited).toBe(1);
  });

  test('a reader that has gone for good changes nothing', async () => {
    const rest = await givenRest(log);
    rest.stdout.destroy();
    expect(await floodLog(rest)).toBe(REQUESTS);
    rest.signal('SIGTERM');
    expect(await rest.hasExited).toBe(0);
  });
});
