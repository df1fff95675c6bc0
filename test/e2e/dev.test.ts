// `npm run dev` in a copy of the repository: a change is served without a command, the data and their servers stay, and a
// debugger can attach.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {cp, mkdtemp, readFile, realpath, rm, symlink, writeFile} from 'node:fs/promises';
import {get, type IncomingMessage} from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {freePort} from '../../src/dev/free-port';
import type {DevelopmentAddresses} from '../../src/dev/development-stack';
import {givenBrowser} from '../helpers/browser';
import {eventually} from '../helpers/eventually';
import {givenSubmission} from '../helpers/inquiries';
import {onTeardown} from '../helpers/teardown';

const ROOT = path.resolve(__dirname, '../..');
const COPIED = ['src', 'dist', 'web', 'scripts', 'migrations', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];
const LIVE = 'return Promise.resolve(LIVE);';

let copy: string;
let dev: ChildProcess;
let output = '';
let addresses: DevelopmentAddresses;
let backOfficeUrl: string;

beforeAll(async () => {
  copy = await givenCopy();
  const names = ['PORT', 'GATEWAY_PORT', 'WEB_PORT', 'METRICS_PORT'];
  const ports = await Promise.all(names.map(async name => [name, String(await freePort())] as const));
  dev = spawn(process.execPath, ['scripts/dev.mjs', '--inspect=0'], {
    cwd: copy,
    env: {
      PATH: process.env.PATH,
      OUTREACH_DIRECTORY: path.join(copy, '.outreach'),
      ...Object.fromEntries(ports),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [dev.stdout, dev.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  onTeardown(() => end('SIGTERM'));
  await eventually(() => expect(output).toContain('outreach is ready'), 60_000);
  addresses = JSON.parse(await readFile(path.join(copy, '.outreach/dev.json'), 'utf8')) as DevelopmentAddresses;
  backOfficeUrl = /^ {2}back office (\S+)\/$/m.exec(output)?.[1] ?? '';
}, 120_000);

async function givenCopy(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'outreach-dev-'));
  onTeardown(async () => {
    const data = await realpath(path.join(directory, '.outreach/postgres')).catch(() => undefined); // elsewhere, for root
    for (const place of [data, directory]) if (place !== undefined) await rm(place, {recursive: true, force: true});
  });
  const filter = (file: string) => path.basename(file) !== 'node_modules' && file !== path.join(ROOT, 'web/dist');
  for (const name of COPIED) await cp(path.join(ROOT, name), path.join(directory, name), {recursive: true, filter});
  for (const name of ['node_modules', 'web/node_modules'])
    await symlink(path.join(ROOT, name), path.join(directory, name));
  return directory;
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const place = path.join(copy, file);
  const source = await readFile(place, 'utf8');
  expect(source).toContain(from);
  await writeFile(place, source.replace(from, to));
}

async function end(signal: NodeJS.Signals): Promise<number | null> {
  if (dev.exitCode !== null || dev.signalCode !== null) return dev.exitCode;
  const exited = once(dev, 'exit');
  dev.kill(signal);
  await exited;
  return dev.exitCode;
}

async function readLive(): Promise<unknown> {
  return (await fetch(`${addresses.restUrl}/live`)).json();
}

function processIds(): Promise<string[]> {
  const files = ['postgres/cluster/postmaster.pid', 'redis.pid'];
  return Promise.all(
    files.map(async file => String((await readFile(path.join(copy, '.outreach', file), 'utf8')).split('\n')[0])),
  );
}

const served = (value: string) => eventually(async () => expect(await readLive()).toMatchObject({edit: value}), 60_000);

test('a change of the service is served, on the same addresses, with the data and their servers kept', async () => {
  const posted = await fetch(`${addresses.restUrl}/inquiries`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(givenSubmission({name: 'From before'})),
  });
  const {id} = (await posted.json()) as {id: string};
  const servers = await processIds();
  await edit('src/controllers/probe.controller.ts', LIVE, "return Promise.resolve({...LIVE, edit: 'first'});");
  await served('first');
  const headers = {Authorization: `Bearer ${addresses.token}`};
  const kept = await fetch(`${addresses.restUrl}/inquiries/${id}`, {headers});
  expect(await kept.json()).toMatchObject({name: 'From before'});
  expect(await processIds()).toEqual(servers);
  await eventually(() => expect(output).toMatch(/Restarted \d+\.\d s after the change/));
}, 90_000);

test('what does not parse is reported and stops nothing; what has a wrong type is reported and runs', async () => {
  await edit('src/controllers/probe.controller.ts', "edit: 'first'", "edit: 'second");
  await eventually(
    () => expect(output).toMatch(/probe\.controller\.ts\(\d+,\d+\): error TS1002[^]*Not restarted/),
    60_000,
  );
  expect(await readLive()).toMatchObject({edit: 'first'});
  await edit('src/controllers/probe.controller.ts', "edit: 'second", "edit: 'second', status: 5");
  await served('second');
  await eventually(() => expect(output).toMatch(/probe\.controller\.ts\(\d+,\d+\): error TS2322/), 60_000);
}, 150_000);

test('a change of the back office shows in the open page, which is signed in', async () => {
  const browser = await givenBrowser();
  const page = await browser.newPage();
  await page.goto(backOfficeUrl, {timeout: 60_000});
  await page.getByText('Inquiries', {exact: true}).first().waitFor({timeout: 60_000});
  await page.locator('#connection[data-state=live]').waitFor();
  await edit('web/src/i18n/english.ts', "inquiries: 'Inquiries'", "inquiries: 'Changed by the test'");
  await page.getByText('Changed by the test').first().waitFor({timeout: 60_000});
}, 150_000);

test("the token of the back office's server is for this machine's own names only", async () => {
  for (const [host, status] of [
    ['127.0.0.1', 200],
    ['localhost', 200],
    ['rebound.example', 403],
  ] as const) {
    const request = get(`${backOfficeUrl}/config.json`, {headers: {host}});
    const [response] = (await once(request, 'response')) as [IncomingMessage]; // node's own event
    expect([host, response.statusCode]).toEqual([host, status]);
    response.resume();
  }
  const {headers} = await fetch(`${backOfficeUrl}/config.json`, {headers: {Origin: 'http://localhost:1'}});
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

test('a debugger attaches to the process that serves', async () => {
  const [address = ''] = output.match(/(?<=Debugger listening on ws:\/\/)[\d.:]+/g)?.slice(-1) ?? [];
  const [target] = (await (await fetch(`http://${address}/json/list`)).json()) as [{url: string}];
  expect(target.url).toBe(`file://${path.join(copy, 'dist/bin/dev.js')}`);
});

test('another run in the same directory is refused, and Ctrl-C stops all of it', async () => {
  const second = spawn(process.execPath, ['scripts/dev.mjs'], {
    cwd: copy,
    env: {PATH: process.env.PATH, OUTREACH_DIRECTORY: path.join(copy, '.outreach')},
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  second.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const [code] = (await once(second, 'exit')) as [number]; // node's own event
  expect([code, complaint]).toEqual([78, expect.stringMatching(/runs here already, as process \d+/)]);
  const servers = (await processIds()).map(Number);
  expect(await end('SIGINT')).toBe(0);
  // One that has ended is there until its parent, or init, has waited for it.
  for (const pid of servers) await eventually(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'));
  await expect(readLive()).rejects.toThrow();
});
