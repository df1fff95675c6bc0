// README's bot: its commands run as they are written, and the back office shows what README says that it does.
import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import type {Browser} from 'playwright-core';
import {openBackOffice} from '../helpers/back-office';
import {givenBrowser} from '../helpers/browser';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';

const ROOT = path.resolve(__dirname, '../..');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const BLOCK = [...README.matchAll(/^```sh\n(.*?)^```/gms)]
  .map(([, block = '']) => block)
  .find(each => /Bot/.test(each));
const [BOT = '', ...RELEASE] = BLOCK?.split(/^(?=TOKEN=)/m) ?? [];

let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([givenStack(await givenStackDirectory()), givenBrowser()]);
}, 120_000);

/** Runs it at the root of the repository; resolves with what it prints. */
async function run(script: string, inquiryId = ''): Promise<string> {
  const runnable = script.replaceAll('localhost:3000', new URL(stack.restUrl).host).replaceAll('<id>', inquiryId);
  const env = {...process.env, OUTREACH_DIRECTORY: stack.directory};
  return (await promisify(execFile)('bash', ['-e', '-o', 'pipefail', '-c', runnable], {cwd: ROOT, env})).stdout;
}

test('the bot gets its 201 and is set aside with the reason; releasing makes its inquiry new', async () => {
  const {page} = await openBackOffice(browser, stack);
  const answer = await run(BOT);
  expect(answer).toMatch(/^HTTP\/1\.1 201 /);
  const id = /"id":"([0-9a-f-]{36})"/.exec(answer)?.[1] ?? '';
  await page.getByLabel('Status').selectOption('spam');
  const row = page.locator(`#inquiries li[data-id="${id}"]`);
  await row.getByText('a field that people do not see was filled in').waitFor();

  const released = await run(RELEASE.join(''), id);
  expect(released.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
  expect(released).toContain('"spamReasons":["honeypot"]');
  await row.waitFor({state: 'detached'}); // it is new, and no longer under this filter
  await page.getByLabel('Status').selectOption('new');
  await row.waitFor();
  await page.context().close();
});
