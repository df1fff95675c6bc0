// The script for forms solves the proof of work, in a real browser, on pages of another origin and under the policy of
// docs/public-site.md: a visitor whose address is above its rate is accepted, and nobody waits in vain.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {Browser, Page, Request, Worker} from 'playwright-core';
import {givenBrowser} from '../helpers/browser';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {givenSubmission} from '../helpers/inquiries';
import {givenSite, type Site} from '../helpers/public-site';
import {givenRest, type TestRest} from '../helpers/rest';
import {givenTokenIssuer} from '../helpers/tokens';

const ROOT = path.resolve(__dirname, '../..');
const read = (name: string) => readFileSync(path.join(ROOT, name), 'utf8');
const POLICY = /^Content-Security-Policy: (.*)$/m.exec(read('docs/public-site.md'))?.[1] ?? '';

let database: TestDatabase;
let rest: TestRest;
let site: Site;
let otherSite: Site;
let browser: Browser;

beforeAll(async () => {
  const issuer = await givenTokenIssuer();
  [database, site, otherSite, browser] = await Promise.all([givenDatabase(), givenSite(), givenSite(), givenBrowser()]);
  const env = {RATE_LIMIT: 'on', RATE_LIMIT_PER_CLIENT: '1', ALLOWED_ORIGINS: site.origin};
  rest = await givenRest({databaseUrl: database.url, issuer, env});
  const script = (content: string) => ({type: 'text/javascript', content});
  for (const each of [site, otherSite]) each.files.set('/embed.js', script(read('packages/client/dist/embed.js')));
  site.files.set('/form.mjs', script(read('packages/client/dist/form.mjs')));
  site.files.set(
    '/attach.js',
    script(`import {attachForm} from '/form.mjs';
      const options = {restUrl: '${rest.url}'};
      if (location.hash === '#worker') options.workerUrl = '/embed.js';
      attachForm(document.querySelector('form'), options);`),
  );
  site.files.set(
    '/log.js',
    script(`window.violations = [];
      document.addEventListener('securitypolicyviolation', ({violatedDirective}) => violations.push(violatedDirective));`),
  );
  await rest.post('/inquiries', givenSubmission()); // from now on this machine is above its limit
}, 120_000);

const EMBED = '<script src="/embed.js" defer></script>';
const form = (attributes: string) => `<form ${attributes}><input type="hidden" name="topic" value="sales">
  <input type="hidden" name="altcha" value="a site's own, which is no field of the visitor's">
  <label>Name <input name="name"></label> <label>E-mail <input name="email"></label>
  <label>Message <textarea name="message"></textarea></label> <button>Send</button></form>`;

interface Visit {
  page: Page;
  posts: Request[];
  workers: Worker[];
}

async function visit(body: string, {policy = POLICY, hash = ''} = {}): Promise<Visit> {
  site.files.set('/', {
    type: 'text/html',
    headers: {'Content-Security-Policy': policy.replaceAll('https://api.example.org', rest.url)},
    content: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact</title><script src="/log.js"></script>${body}</html>`,
  });
  const page = await (await browser.newContext()).newPage();
  const [posts, workers]: [Request[], Worker[]] = [[], []];
  page.on('request', request => {
    if (request.method() === 'POST') posts.push(request);
  });
  page.on('worker', worker => workers.push(worker));
  await page.goto(`${site.origin}/${hash}`);
  return {page, posts, workers};
}

let visitors = 0;
/** Fills the form in and sends it; what became of it. */
async function send({page, posts}: Visit): Promise<{status: string; reasons: string[]; fields: string[]}> {
  const email = `visitor.${(visitors += 1)}@example.org`;
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Message').fill('What would ten of them cost?');
  await page.getByRole('button', {name: 'Send'}).click();
  await page.locator('[role=status][data-state=success]').waitFor();
  const [row, ...more] = await database.query(
    'SELECT status, spam_reasons AS reasons FROM inquiry WHERE email = $1 AND metadata IS NULL',
    [email],
  );
  expect(more).toEqual([]);
  const fields = Object.keys(posts.at(-1)?.postDataJSON() as object).filter(name =>
    ['_token', 'altcha'].includes(name),
  );
  return {...(row as {status: string; reasons: string[]}), fields};
}

const ACCEPTED = {status: 'new', reasons: [], fields: ['_token', 'altcha']};
const violationsOf = ({page}: Visit) => page.evaluate<string[]>('window.violations');
const attribute = () => form(`data-outreach="${rest.url}"`);

test('the form is accepted above the rate, each time, and solved in a worker that ends', async () => {
  const visited = await visit(EMBED + attribute());
  for (let count = 1; count <= 2; count += 1) {
    expect(await send(visited)).toEqual(ACCEPTED);
    expect(visited.workers.map(worker => worker.url())).toEqual(Array(count).fill(`${site.origin}/embed.js`));
  }
  expect(visited.page.workers()).toEqual([]);
  expect([await violationsOf(visited), await visited.page.context().cookies()]).toEqual([[], []]);
  await visited.page.context().close();
});

test('so is that of the element, in a worker', async () => {
  const visited = await visit(`${EMBED}<outreach-form rest-url="${rest.url}">${form('')}</outreach-form>`);
  expect(await send(visited)).toEqual(ACCEPTED);
  expect([visited.workers.length, await violationsOf(visited)]).toEqual([1, []]);
  await visited.page.context().close();
});

test.each([
  ['the page', '', 0],
  ['a worker, where attachForm is given its script', '#worker', 1],
])('attachForm solves it on %s', async (_, hash, workers) => {
  const visited = await visit(`${form('')}<script type="module" src="/attach.js"></script>`, {hash});
  expect(await send(visited)).toEqual(ACCEPTED);
  expect([visited.workers.length, await violationsOf(visited)]).toEqual([workers, []]);
  await visited.page.context().close();
});

test('the script of another origin, which gets no worker, solves it on the page', async () => {
  const policy = POLICY.replace("script-src 'self'", `script-src 'self' ${otherSite.origin}`);
  const visited = await visit(`<script src="${otherSite.origin}/embed.js"></script>${attribute()}`, {policy});
  expect(await send(visited)).toEqual(ACCEPTED);
  expect([visited.workers, await violationsOf(visited)]).toEqual([[], []]);
  await visited.page.context().close();
});

test('a policy without workers leaves it to the page', async () => {
  const visited = await visit(EMBED + attribute(), {policy: `${POLICY}; worker-src 'none'`});
  expect(await send(visited)).toEqual(ACCEPTED);
  expect(await violationsOf(visited)).toEqual(['worker-src']);
  await visited.page.context().close();
});

test('a browser without WebCrypto, as on plain http, sends the form without a proof, and is set aside as ever', async () => {
  const visited = await visit('');
  await visited.page.addInitScript("Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})");
  site.files.set('/', {
    type: 'text/html',
    content: `<script src="${otherSite.origin}/embed.js"></script>${attribute()}`,
  });
  await visited.page.reload();
  expect(await send(visited)).toEqual({status: 'spam', reasons: ['rate'], fields: ['_token']});
  await visited.page.context().close();
});

test('nobody waits for a proof that is not found', async () => {
  const visited = await visit(EMBED + attribute());
  await visited.page.route(`${rest.url}/form-token`, async route => {
    const response = await route.fetch();
    const answer = (await response.json()) as {challenge: {parameters: {keyPrefix: string}}};
    answer.challenge.parameters.keyPrefix = '0'.repeat(32);
    await route.fulfill({response, json: answer});
  });
  expect(await send(visited)).toEqual({status: 'spam', reasons: ['rate'], fields: ['_token']});
  await visited.page.context().close();
});
