// The examples of docs/public-site.md as they stand there, each on a page of another origin than the service's, in a
// real browser: what the page's visitor sees, and what is stored. Those of frameworks are in framework-sites.test.ts.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {Browser, Page} from 'playwright-core';
import {givenBrowser} from '../helpers/browser';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';
import {eventually} from '../helpers/eventually';
import {documentedExamples, fillIn, givenSite, loseNextAnswer, send, type Site} from '../helpers/public-site';

const ROOT = path.resolve(__dirname, '../..');
const TEXT = 'Send me the newsletter, about once a month. I can unsubscribe at any time.';
const TEXT_HASH = createHash('sha256').update(TEXT).digest('hex');
/** The first example below this heading. */
function exampleOf(heading: string): string {
  const [example = ''] = documentedExamples(heading, stack.restUrl);
  return example.replaceAll('http://localhost:5500', site.origin);
}

let site: Site;
let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  site = await givenSite();
  const env = {ALLOWED_ORIGINS: site.origin, CONSENT_TEXTS: `2026-11=${TEXT_HASH}`};
  [stack, browser] = await Promise.all([givenStack(await givenStackDirectory(), env), givenBrowser()]);
  site.files.set('/thanks.html', {type: 'text/html', content: '<!doctype html><title>Thanks</title><h1>Got it</h1>'});
}, 120_000);

async function openPage(html: string, options: {javaScriptEnabled?: boolean} = {}): Promise<Page> {
  const content = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact</title>${html}</html>`;
  site.files.set('/', {type: 'text/html', content});
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(`${site.origin}/`);
  return page;
}

async function stored(name: string): Promise<{id: string; topic: string}[]> {
  const response = await fetch(`${stack.restUrl}/inquiries?q=${encodeURIComponent(name)}`, {
    headers: {Authorization: `Bearer ${stack.token}`},
  });
  return (await response.json()) as {id: string; topic: string}[];
}

describe.each([true, false])('the plain form, with JavaScript: %s', javaScriptEnabled => {
  const form = () => exampleOf('A form without JavaScript');
  const withNext = (value: string) => form().replace(/(name="_next" value=")[^"]*/, `$1${value}`);
  const suffix = javaScriptEnabled ? 'script' : 'plain';

  test('leads to the page of the site', async () => {
    const page = await openPage(form(), {javaScriptEnabled});
    await fillIn(page, {name: `Redirected ${suffix}`});
    await send(page);
    await page.waitForURL(`${site.origin}/thanks.html`);
    expect(await stored(`Redirected ${suffix}`)).toHaveLength(1);
    await page.context().close();
  });

  test.each([
    ['no _next', () => form().replace(/<input[^>]*name="_next"[^>]*>/, '')],
    ['a _next elsewhere', () => withNext('https://elsewhere.example/')],
    ['a relative _next', () => withNext('/thanks.html')],
  ])('with %s ends on a page that thanks and leads back', async (what, html) => {
    const page = await openPage(html(), {javaScriptEnabled});
    const name = `${what} ${suffix}`.replace('_', '');
    await fillIn(page, {name});
    await send(page);
    await page.getByRole('heading', {level: 1, name: 'Thank you'}).waitFor();
    const [inquiry, ...others] = await stored(name);
    expect([await page.getByText('Reference').innerText(), others]).toEqual([`Reference: ${inquiry?.id}`, []]);
    await page.getByRole('link', {name: /^Back to localhost:/}).click();
    await page.getByLabel('Name').waitFor();
    expect(page.url()).toBe(`${site.origin}/`);
    await page.context().close();
  });

  test('with a mistake of its developer does not blame the visitor, and Back keeps what was typed', async () => {
    const page = await openPage(form().replace('<button', '<button name="send now" value="1"'), {javaScriptEnabled});
    await fillIn(page, {name: `Blameless ${suffix}`});
    await send(page);
    await page.getByRole('heading', {level: 1, name: 'The form was not sent'}).waitFor();
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringContaining('The field “send?now” has a name that is not allowed'),
    ]);
    await page.goBack();
    expect(await page.getByLabel('Name').inputValue()).toBe(`Blameless ${suffix}`);
    await page.context().close();
  });

  const OWN_FIELDS = `
    <fieldset>
      <legend>Interests</legend>
      <label><input type="checkbox" name="interest" value="engines" /> Engines</label>
      <label><input type="checkbox" name="interest" value="looms" /> Looms</label>
      <label><input type="checkbox" name="interest" value="mills" /> Mills</label>
    </fieldset>
    <label>Details <textarea name="details"></textarea></label>
    <input type="file" name="file" />
    <button name="submit" value="1"`;
  const multipart = () => form().replace('<form', '<form enctype="multipart/form-data"').replace('<button', OWN_FIELDS);

  test('as multipart keeps ticked boxes and several lines, and an empty file field is no file', async () => {
    const page = await openPage(multipart(), {javaScriptEnabled});
    await fillIn(page, {name: `Multipart ${suffix}`});
    await page.getByLabel('Engines').check();
    await page.getByLabel('Mills').check();
    await page.getByLabel('Details').fill('one\ntwo');
    await send(page);
    await page.waitForURL(`${site.origin}/thanks.html`);
    expect(await stored(`Multipart ${suffix}`)).toMatchObject([
      {metadata: {interest: ['engines', 'mills'], details: 'one\ntwo'}},
    ]);
    await page.context().close();
  });

  test.each([
    [2000, 'Please check what you typed', 'File is a file, which cannot be sent: please take it out.'],
    [3_000_000, 'Your message is too long', 'Please shorten it, leave out any file, and send it again.'],
  ])('as multipart with a file of %i bytes says so on a page, and stores nothing', async (size, heading, sentence) => {
    const page = await openPage(multipart(), {javaScriptEnabled});
    await fillIn(page, {name: `File ${size} ${suffix}`});
    const file = {name: 'photo.png', mimeType: 'image/png', buffer: Buffer.alloc(size, 0xff)};
    await page.locator('[type=file]').setInputFiles(file);
    await send(page);
    await page.getByRole('heading', {level: 1, name: heading}).waitFor();
    await page.getByText(sentence).waitFor();
    expect(await stored(`File ${size} ${suffix}`)).toEqual([]);
    await page.context().close();
  });
});

describe.each([true, false])('the newsletter form, with JavaScript: %s', javaScriptEnabled => {
  // The first block is of the shell.
  const form = () =>
    documentedExamples('Newsletters', stack.restUrl)[1]?.replaceAll('http://localhost:5500', site.origin);

  test('subscribes with the text that its visitor has agreed to, and leads to the page of the site', async () => {
    const email = `${javaScriptEnabled ? 'script' : 'plain'}@example.org`;
    const page = await openPage(form() ?? '', {javaScriptEnabled});
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel(TEXT).check();
    await page.getByRole('button', {name: 'Subscribe'}).click();
    await page.waitForURL(`${site.origin}/thanks.html`);
    const found = await fetch(`${stack.restUrl}/subscriptions/search`, {
      method: 'POST',
      headers: {Authorization: `Bearer ${stack.token}`, 'Content-Type': 'application/json'},
      body: JSON.stringify({email}),
    });
    expect(await found.json()).toMatchObject([{consentVersion: '2026-11', consentTextSha256: TEXT_HASH}]);
    await page.context().close();
  });
});

test('a bare FormData of fetch is stored, with a group of boxes and an empty file field', async () => {
  const page = await openPage(`${exampleOf('A form without JavaScript')}
    <input type="file" name="file" />
    <script type="module">
      const form = document.forms[0];
      form.append(document.querySelector('[type=file]'));
      form.addEventListener('submit', async event => {
        event.preventDefault();
        const body = new FormData(form);
        body.delete('_next');
        for (const interest of ['engines', 'looms']) body.append('interest', interest);
        const response = await fetch(form.action, {method: 'POST', body});
        document.title = JSON.stringify([response.status, Object.keys(await response.json())]);
      });
    </script>`);
  await fillIn(page, {name: 'Bare FormData'});
  await send(page);
  await eventually(async () => expect(await page.title()).toMatch(/^\[/));
  expect(JSON.parse(await page.title())).toEqual([201, ['id', 'receivedAt']]);
  expect(await stored('Bare FormData')).toMatchObject([{metadata: {interest: ['engines', 'looms']}}]);
  await page.context().close();
});

test('the form with the script stays on its page, and sends what it holds', async () => {
  const content = readFileSync(path.join(ROOT, 'packages/client/dist/embed.js'), 'utf8');
  site.files.set('/embed.js', {type: 'text/javascript', content});
  const page = await openPage(exampleOf('A form with the script'));
  await fillIn(page, {name: 'Scripted'});
  await page.getByLabel('Engines').check();
  await send(page);
  await page.getByText('Thank you, your message has arrived. Reference: ').waitFor();
  expect(page.url()).toBe(`${site.origin}/`);
  expect(await stored('Scripted')).toEqual([
    expect.objectContaining({topic: 'sales', metadata: {interests: 'engines'}}),
  ]);
  await page.context().close();
});

describe('the example of fetch', () => {
  test('says what the service says, keeps what was typed, and stores it once it is right', async () => {
    const page = await openPage(exampleOf('fetch'));
    const name = 'Corrected';
    await fillIn(page, {name, email: 'ada@localhost'}); // browsers let it through
    await send(page);
    await page.getByText('must be an e-mail address').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe(name);
    expect(await page.getByLabel('Message').inputValue()).toBe('What would ten of them cost?');
    await page.getByLabel('E-mail').fill('ada@example.org');
    await send(page);
    await page.getByText('Thank you. Reference: ').waitFor();
    const found = await stored(name);
    expect(found.map(({topic}) => topic)).toEqual(['sales']);
    expect(await page.getByRole('status').innerText()).toBe(`Thank you. Reference: ${found[0]?.id}`);
    await page.context().close();
  });

  test('says what is wrong with what it has no field for', async () => {
    const page = await openPage(exampleOf('fetch').replace("topic: 'sales'", "topic: 'prices'"));
    await fillIn(page, {name: 'Of the developer'});
    await send(page);
    await page.getByText('topic must be one of').waitFor();
    await page.context().close();
  });

  test('stores it once when the first answer is lost', async () => {
    const page = await openPage(exampleOf('fetch'));
    const name = 'Again';
    await loseNextAnswer(page, stack.restUrl);
    await fillIn(page, {name});
    await send(page);
    await page.getByText('We cannot be reached').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe(name);
    await send(page);
    await page.getByText('Thank you. Reference: ').waitFor();
    expect(await stored(name)).toHaveLength(1);
    await page.context().close();
  });
});

test('npm start prints what is allowed, and says once which origin is not', async () => {
  expect(stack.output()).toContain(
    `origins     ${stack.webUrl}, ${stack.webUrl.replace('127.0.0.1', 'localhost')}, ${site.origin} `,
  );
  const elsewhere = site.origin.replace('localhost', '127.0.0.1');
  const page = await browser.newPage();
  site.files.set('/', {type: 'text/html', content: '<!doctype html><title>Contact</title>'});
  await page.goto(elsewhere);
  const post = () =>
    page.evaluate(
      url =>
        fetch(`${url}/inquiries`, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{}'}).then(
          () => 'read',
          () => 'refused',
        ),
      stack.restUrl,
    );
  expect([await post(), await post()]).toEqual(['refused', 'refused']);
  await eventually(() => expect(stack.output()).toContain('cors.origin.refused'));
  const lines = stack
    .output()
    .split('\n')
    .filter(line => line.includes('cors.origin.refused'));
  expect(lines.map(line => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({variable: 'ALLOWED_ORIGINS', origin: elsewhere}),
  ]);
  await page.close();
});
