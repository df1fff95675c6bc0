// runUntilSignalled in a process of its own: one orderly stop, a bounded one, and a fatal end for what nobody handled.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {onTeardown} from '../../helpers/teardown';

const MODULE = path.resolve(__dirname, '../../../src/platform/process.ts');

interface Exit {
  code: number | null;
  events: string[];
}

/** A process that says `ready` once it waits for signals; `body` may use `stops`, `logger` and `fail`. */
async function givenProcess(options: {stop: string; timeoutMs?: number; drain?: string; after?: string}) {
  const {stop, timeoutMs = 5000, drain = 'undefined', after = ''} = options;
  const script = `
    import {runUntilSignalled} from ${JSON.stringify(MODULE)};
    const say = event => process.stdout.write(event + '\\n');
    const line = level => (_object, event) => say(level + ' ' + event);
    const logger = {info: line('info'), error: line('error'), fatal: line('fatal')};
    setInterval(() => {}, 1000);
    runUntilSignalled(async () => { say('stop called'); ${stop} }, {logger, drain: ${drain}, timeoutMs: ${timeoutMs}});
    say('ready');
    ${after}`;
  // Node takes the types out of the module itself.
  const flags = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', '--input-type=module', '--eval'];
  const child = spawn(process.execPath, [...flags, script], {stdio: ['ignore', 'pipe', 'inherit']});
  onTeardown(() => Promise.resolve(child.kill('SIGKILL')));
  const events: string[] = [];
  const lines = createInterface({input: child.stdout});
  lines.on('line', event => events.push(event));
  const exited = Promise.all([once(child, 'exit'), once(lines, 'close')]);
  if (!after) await waitFor(events, 'ready', lines);
  const exit = async (): Promise<Exit> => {
    const [[code]] = (await exited) as [[number | null], unknown];
    return {code, events: events.filter(event => event !== 'ready')};
  };
  return {child, exit, heard: (event: string) => waitFor(events, event, lines)};
}

async function waitFor(events: string[], event: string, lines: NodeJS.EventEmitter): Promise<void> {
  while (!events.includes(event)) await once(lines, 'line');
}

const signal = (child: ChildProcess, name: NodeJS.Signals) => child.kill(name);

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s stops it once, in order, and it exits with 0', async name => {
  const {child, exit} = await givenProcess({stop: ''});
  signal(child, name);
  expect(await exit()).toEqual({code: 0, events: ['info process.stopping', 'stop called', 'info process.stopped']});
});

test('a second signal changes nothing', async () => {
  const {child, exit, heard} = await givenProcess({
    stop: `
      process.on('SIGTERM', () => say('again SIGTERM')).on('SIGINT', () => say('again SIGINT'));
      process.on('SIGHUP', () => say('again SIGHUP'));
      await new Promise(resolve => { process.once('SIGUSR2', resolve); say('waiting'); });`,
  });
  signal(child, 'SIGTERM');
  await heard('waiting');
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    signal(child, name);
    await heard(`again ${name}`);
  }
  signal(child, 'SIGUSR2'); // now the stop may end
  const {code, events} = await exit();
  expect(code).toBe(0);
  expect(events.filter(event => !/again|waiting/.test(event))).toEqual([
    'info process.stopping',
    'stop called',
    'info process.stopped',
  ]);
});

const DRAINED = [
  'info process.draining',
  'drain started',
  'info process.stopping',
  'stop called',
  'info process.stopped',
];

test('the delay of a drain lies before the stop, and out of its time', async () => {
  const drain = `{start: () => say('drain started'), delayMs: 300}`;
  const {child, exit} = await givenProcess({stop: '', drain, timeoutMs: 250});
  const startedAt = performance.now();
  signal(child, 'SIGTERM');
  signal(child, 'SIGTERM'); // one signal that npm and systemd both pass on
  expect(await exit()).toEqual({code: 0, events: DRAINED});
  expect(performance.now() - startedAt).toBeGreaterThan(290);
});

test('a second signal, as somebody gives who does not wait, ends the delay of a drain', async () => {
  const drain = `{start: async () => say('drain started'), delayMs: 600_000}`;
  const {child, exit, heard} = await givenProcess({stop: '', drain});
  signal(child, 'SIGINT');
  await heard('drain started');
  const again = setInterval(() => signal(child, 'SIGINT'), 100);
  const result = await exit().finally(() => clearInterval(again));
  expect(result).toEqual({code: 0, events: DRAINED});
});

test('a drain that fails ends with 1', async () => {
  const drain = `{start: () => Promise.reject(new Error('x')), delayMs: 0}`;
  const {child, exit} = await givenProcess({stop: '', drain});
  signal(child, 'SIGTERM');
  expect(await exit()).toEqual({code: 1, events: ['error process.stop.failed']});
});

test('a stop that takes too long is ended with 1', async () => {
  const {child, exit} = await givenProcess({stop: 'await new Promise(() => {});', timeoutMs: 200});
  signal(child, 'SIGTERM');
  expect(await exit()).toEqual({
    code: 1,
    events: ['info process.stopping', 'stop called', 'error process.stop.timeout'],
  });
});

test('a stop that fails ends with 1', async () => {
  const {child, exit} = await givenProcess({stop: `throw new Error('x');`});
  signal(child, 'SIGTERM');
  expect(await exit()).toEqual({
    code: 1,
    events: ['info process.stopping', 'stop called', 'error process.stop.failed'],
  });
});

test.each([
  ['an unhandled rejection', `Promise.reject(new Error('x'));`],
  ['an exception that nobody caught', `setTimeout(() => { throw new Error('x'); });`],
  ['a rejection with no error', 'Promise.reject(undefined);'],
])('%s is fatal', async (_name, after) => {
  const {exit} = await givenProcess({stop: '', after});
  expect(await exit()).toEqual({code: 1, events: ['fatal process.failed']});
});
