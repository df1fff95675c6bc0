// `npm start` for a newcomer: one command, a form, a back office with toast and row, data that stays.
import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {mkdir, readFile, rm, symlink, writeFile} from 'node:fs/promises';
import {createServer, get, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import type {Browser} from 'playwright-core';
import {givenBrowser} from '../helpers/browser';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';
import {eventually} from '../helpers/eventually';
import {givenSubmission} from '../helpers/inquiries';

let directory: string;
let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  directory = await givenStackDirectory();
  [stack, browser] = await Promise.all([givenStack(directory), givenBrowser()]);
}, 120_000);

async function post(fields: Record<string, unknown> = {}): Promise<string> {
  const response = await fetch(`${stack.restUrl}/inquiries`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(givenSubmission(fields)),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as {id: string}).id;
}

test('an inquiry shows in the back office as one toast and one row', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(error.message));
  await page.goto(`${stack.webUrl}/back-office/`);
  await page.locator('#connection[data-state=live]').waitFor();
  const id = await post({name: 'Grace Hopper'});
  await page.locator(`#inquiries li[data-id="${id}"]`).waitFor();
  expect(await page.locator(`#inquiries li[data-id="${id}"]`).innerText()).toContain('Grace Hopper');
  expect(await page.locator('#toasts .toast').count()).toBe(1);
  expect(complaints).toEqual([]);
  await page.close();
});

test('the back office shows text as text, whatever it looks like', async () => {
  const page = await browser.newPage();
  await page.goto(`${stack.webUrl}/back-office/`);
  const id = await post({name: '<img src=x onerror=alert(1)>'});
  const row = page.locator(`#inquiries li[data-id="${id}"]`);
  await row.waitFor();
  expect(await row.innerText()).toContain('<img src=x onerror=alert(1)>');
  expect(await row.locator('img').count()).toBe(0);
  await page.close();
});

test('the form stores an inquiry and says so', async () => {
  const page = await browser.newPage();
  await page.goto(stack.webUrl);
  await fillForm(page, 'With script');
  await page.locator('#inquiry-form button[type=submit]').click();
  await page.locator('#form-status[data-state=success]').waitFor();
  await eventually(async () => expect(await names()).toContain('With script'));
  await page.close();
});

test('the form works without JavaScript', async () => {
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(stack.webUrl);
  await fillForm(page, 'Without script');
  await page.locator('#inquiry-form button[type=submit]').click();
  await page.waitForURL(`${stack.webUrl}/thanks.html`);
  expect(await names()).toContain('Without script');
  await context.close();
});

test.each(['rebound.example', 'rebound.example:PORT', '127.0.0.1', 'localhost:1', '127.0.0.1.rebound.example:PORT'])(
  'the pages and their token are not for the host %s',
  async host => {
    const {port} = new URL(stack.webUrl);
    for (const page of ['/', '/back-office/', '/back-office/config.json', '/nothing']) {
      const {status, body} = await getAs(host.replace('PORT', port), page);
      expect([status, body]).toEqual([421, expect.not.stringContaining(stack.token)]);
    }
    expect(await getAs(`localhost:${port}`, '/back-office/config.json')).toMatchObject({status: 200});
  },
);

test('Ctrl-C stops all of it, and the next start finds the data again', async () => {
  const id = await post({name: 'Still there'});
  const children = childrenOf(stack.process.pid ?? 0);
  expect(children.length).toBeGreaterThan(0);
  expect(await stack.interrupt()).toBe(0);
  for (const pid of children) expect(isAlive(pid)).toBe(false);
  stack = await givenStack(directory);
  const response = await fetch(`${stack.restUrl}/inquiries/${id}`, {headers: {Authorization: `Bearer ${stack.token}`}});
  expect(await response.json()).toMatchObject({id, name: 'Still there'});
});

test('closing the terminal stops all of it too', async () => {
  const children = childrenOf(stack.process.pid ?? 0);
  expect(children.length).toBeGreaterThan(0);
  expect(await stack.end('SIGHUP')).toBe(0);
  for (const pid of children) expect(isAlive(pid)).toBe(false);
  stack = await givenStack(directory);
});

test('what a killed run leaves behind is stopped by the next start', async () => {
  const children = childrenOf(stack.process.pid ?? 0);
  const redis = Number((await readFile(path.join(directory, 'redis.pid'), 'utf8')).split('\n')[0]);
  expect(children).toContain(redis);
  process.kill(redis, 'SIGSTOP'); // not even a frozen one stays
  await stack.end('SIGKILL');
  expect(isAlive(redis)).toBe(true);
  stack = await givenStack(directory);
  for (const pid of children) expect(isAlive(pid)).toBe(false);
  expect(childrenOf(stack.process.pid ?? 0)).toHaveLength(children.length);
});

test('Ctrl-C ends it in order when PostgreSQL has died by itself', async () => {
  const postmaster = Number(
    (await readFile(path.join(directory, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n')[0],
  );
  process.kill(postmaster, 'SIGKILL');
  await eventually(() => expect(childrenOf(stack.process.pid ?? 0)).not.toContain(postmaster));
  expect(await stack.interrupt()).toBe(0);
  stack = await givenStack(directory);
});

test('npm start reads .env, of which the environment has the last word', async () => {
  const {scripts} = JSON.parse(readFileSync(path.resolve(__dirname, '../../package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [, flags = ''] = /&& exec node (.*) dist\/bin\/dev\.js$/.exec(scripts.start ?? '') ?? [];
  await stack.interrupt();
  await writeFile(path.join(directory, '.env'), 'ALLOWED_ORIGINS="http://from.test, http://file.test"\n');
  stack = await givenStack(directory, {}, {flags: flags.split(' '), cwd: directory});
  const allowed = async (origin: string) =>
    (await fetch(`${stack.restUrl}/live`, {headers: {Origin: origin}})).headers.get('access-control-allow-origin');
  expect(await allowed('http://file.test')).toBe('http://file.test');
  expect(await allowed(stack.webUrl)).toBe(stack.webUrl);
  expect(stack.output()).toMatch(/^ {2}origins {5}.*, http:\/\/from\.test, http:\/\/file\.test /m);
  await stack.interrupt();
  stack = await givenStack(
    directory,
    {ALLOWED_ORIGINS: 'http://environment.test'},
    {flags: flags.split(' '), cwd: directory},
  );
  expect([await allowed('http://file.test'), await allowed('http://environment.test')]).toEqual([
    null,
    'http://environment.test',
  ]);
  await rm(path.join(directory, '.env'));
});

test('a second start in the same directory is refused with a sentence', async () => {
  await expect(givenStack(directory)).rejects.toThrow(/runs here already, as process \d+/);
});

test('a taken port is said in one sentence, and the summary names the true directory', async () => {
  expect(stack.output()).toContain(`Also in ${directory}/dev.json.`);
  await stack.interrupt();
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const {port} = taken.address() as AddressInfo; // it listens on a port
  for (const name of ['PORT', 'GATEWAY_PORT', 'WEB_PORT', 'METRICS_PORT']) {
    const start = givenStack(directory, {[name]: String(port)});
    await expect(start).rejects.toThrow(/^it ended:\n127.0.0.1:\d+ is in use: .*\n$/);
  }
  taken.close();
});

test('without Redis the gateway is in the same process, and one line says so', async () => {
  await stack.interrupt();
  stack = await givenStack(directory, {PATH: await givenPathWithoutRedis()});
  expect(stack.output()).toMatch(/no redis-server on PATH: events go straight to the gateway/);
  const page = await browser.newPage();
  await page.goto(`${stack.webUrl}/back-office/`);
  await page.locator('#connection[data-state=live]').waitFor();
  const id = await post();
  await page.locator('#toasts .toast').first().waitFor();
  await page.locator(`#inquiries li[data-id="${id}"]`).waitFor();
  await page.close();
});

// fetch() sends no other Host than the URL's.
async function getAs(host: string, page: string): Promise<{status?: number; body: string}> {
  const [response] = (await once(get(stack.webUrl + page, {headers: {host}}), 'response')) as [IncomingMessage]; // node's own event
  return {status: response.statusCode, body: await text(response)};
}

async function fillForm(page: Awaited<ReturnType<Browser['newPage']>>, name: string): Promise<void> {
  const form = page.locator('#inquiry-form');
  await form.locator('[name=topic]').selectOption('sales');
  await form.locator('[name=name]').fill(name);
  await form.locator('[name=email]').fill('form@example.org');
  await form.locator('[name=message]').fill('Sent from the form');
}

async function names(): Promise<string[]> {
  const response = await fetch(`${stack.restUrl}/inquiries`, {headers: {Authorization: `Bearer ${stack.token}`}});
  return ((await response.json()) as {name: string}[]).map(({name}) => name);
}

// The programs that starting PostgreSQL as root calls, and no other.
async function givenPathWithoutRedis(): Promise<string> {
  const bin = path.join(directory, 'bin');
  await mkdir(bin);
  for (const program of ['id', 'locale']) await symlink(path.join('/usr/bin', program), path.join(bin, program));
  return bin;
}

function childrenOf(pid: number): number[] {
  return execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], {encoding: 'utf8'})
    .split('\n')
    .filter(Boolean)
    .map(Number);
}

// A process that has ended and that nobody has waited for has no command line.
function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}
