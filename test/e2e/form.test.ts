// The demo form, with JavaScript and without: errors at their fields, and nothing that was typed is lost unless it was stored.
import {createHash} from 'node:crypto';
import type {Browser, Page, Request} from 'playwright-core';
import {givenBrowser} from '../helpers/browser';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';
import {eventually} from '../helpers/eventually';

let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([givenStack(await givenStackDirectory()), givenBrowser()]);
}, 120_000);

/** Of the DOM, which this project's types do not have. */
interface HtmlElement {
  insertAdjacentHTML(position: 'beforebegin', html: string): void;
}

const TYPED = {name: 'Ada', email: 'no address', company: 'Example Ltd', message: 'First line\nsecond line'};

async function openForm(fields: Record<string, string>): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(stack.webUrl);
  await page.locator('#subscription-form[novalidate]').waitFor(); // the script has run
  for (const [name, value] of Object.entries(fields)) await field(page, name).fill(value);
  return page;
}

const field = (page: Page, name: string) => page.locator(`#inquiry-form [name=${name}]`);
const send = (page: Page) => page.getByRole('button', {name: 'Send message'}).click();
const typedIn = (page: Page) =>
  Promise.all(Object.keys(TYPED).map(async name => [name, await field(page, name).inputValue()] as const)).then(
    entries => Object.fromEntries(entries),
  );
const count = async () => {
  const response = await fetch(`${stack.restUrl}/inquiries/count`, {headers: {Authorization: `Bearer ${stack.token}`}});
  return ((await response.json()) as {count: number}).count;
};

test('an error of the service is said at its field and in a summary that takes the focus; the rest stays', async () => {
  const before = await count();
  const page = await openForm(TYPED);
  await send(page);
  await page.locator('.error-summary:not([hidden])').waitFor();
  expect(await page.evaluate('document.activeElement.className')).toBe('error-summary');
  expect(await field(page, 'email').getAttribute('aria-invalid')).toBe('true');
  expect(await page.locator('[aria-invalid]').count()).toBe(1);
  const described = (await field(page, 'email').getAttribute('aria-describedby')) ?? '';
  expect(await page.locator(`#${described}`).innerText()).toMatch(/^E-mail must be an e-mail address/);
  expect(await typedIn(page)).toEqual(TYPED);
  await page.locator('.error-summary a').click();
  expect(await page.evaluate('document.activeElement.name')).toBe('email');

  await field(page, 'email').fill('ada@example.org');
  await send(page);
  await page.getByText('Thank you, your message has arrived.').waitFor();
  expect(await page.locator('[aria-invalid]').count()).toBe(0);
  expect(await count()).toBe(before + 1);
  await page.close();
});

test('several errors are all said, each at its field', async () => {
  const page = await openForm({...TYPED, name: '', company: 'x'.repeat(161)});
  await send(page);
  await page.locator('.error-summary:not([hidden])').waitFor();
  const invalid = await page.locator('[aria-invalid]').all();
  expect(await Promise.all(invalid.map(each => each.getAttribute('name')))).toEqual(['name', 'email', 'company']);
  expect(await page.locator('.error-summary li').first().innerText()).toBe('Name is required.');
  await page.close();
});

test('an answer that is lost costs nothing: what was typed stays, and the second try stores it once', async () => {
  const before = await count();
  const typed = {...TYPED, email: 'ada@example.org'};
  const page = await openForm(typed);
  const keys: (string | undefined)[] = [];
  const isSubmission = (request: Request) => request.method() === 'POST' && request.url().endsWith('/inquiries');
  page.on('request', request => isSubmission(request) && keys.push(request.headers()['idempotency-key']));
  await page.route(
    `${stack.restUrl}/inquiries`,
    async route => {
      await route.fetch(); // it is stored,
      await route.abort(); // and the visitor never learns
    },
    {times: 1},
  );
  await send(page);
  await page.getByText('your text is still here').waitFor();
  expect(await typedIn(page)).toEqual(typed);
  expect(await count()).toBe(before + 1);
  await send(page);
  await page.getByText('Thank you, your message has arrived.').waitFor();
  expect(await count()).toBe(before + 1);
  expect(keys).toHaveLength(2);
  expect(keys[1]).toBe(keys[0]);
  await eventually(async () => expect(await field(page, 'message').inputValue()).toBe(''));
  await page.close();
});

describe('with fields that a site has added', () => {
  const ADDED = `
    <div class="field"><label for="added-file">Attachment</label><input id="added-file" name="attachment" type="file"></div>
    <label><input type="checkbox" name="metadata[interest]" value="engines" checked> Engines</label>
    <label><input type="checkbox" name="metadata[interest]" value="looms" checked> Looms</label>`;
  const FILE = {name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('zqMark7')};

  async function openExtended(fields: Record<string, string>, added = ADDED, javaScriptEnabled = true): Promise<Page> {
    const page = await (await browser.newContext({javaScriptEnabled})).newPage();
    await page.goto(stack.webUrl);
    if (javaScriptEnabled) await page.locator('#subscription-form[novalidate]').waitFor(); // the script has run
    const button = page.locator('#inquiry-form button[type=submit]');
    const add = (element: unknown, html: string) => (element as HtmlElement).insertAdjacentHTML('beforebegin', html);
    await button.evaluate(add, added);
    for (const [name, value] of Object.entries(fields)) await field(page, name).fill(value);
    return page;
  }
  const metadataOf = async (name: string) => {
    const headers = {Authorization: `Bearer ${stack.token}`};
    const response = await fetch(`${stack.restUrl}/inquiries?q=${encodeURIComponent(name)}`, {headers});
    return ((await response.json()) as {metadata: unknown}[]).map(({metadata}) => metadata);
  };

  test.each([true, false])('a file field without a file and ticked boxes work; JavaScript: %s', async isScripted => {
    const name = `Boxes ${isScripted}`;
    const page = await openExtended({...TYPED, name, email: 'ada@example.org'}, ADDED, isScripted);
    await send(page);
    await page
      .getByText(/^Thank you/)
      .first()
      .waitFor();
    expect(await metadataOf(name)).toEqual([{interest: ['engines', 'looms']}]);
    await page.context().close();
  });

  test('a chosen file is not left out in silence: its field says that it cannot be sent', async () => {
    const before = await count();
    const page = await openExtended({...TYPED, email: 'ada@example.org'});
    await page.locator('#added-file').setInputFiles(FILE);
    await send(page);
    await page.locator('.error-summary:not([hidden])').waitFor();
    expect(await page.locator('#added-file-error').innerText()).toMatch(/^Attachment cannot be sent/);
    expect(await count()).toBe(before);
    await page.locator('#added-file').setInputFiles([]);
    await send(page);
    await page.getByText('Thank you, your message has arrived.').waitFor();
    expect(await count()).toBe(before + 1);
    await page.context().close();
  });

  test.each([
    ['<input name="budget" value="zqMark7">', 'The field “budget” is not known.'],
    ['<input name="tick" value="zqMark7"><input name="tick" value="zqMark7">', 'The field “tick” must be there once.'],
  ])('a mistake of the form is said to be none of the visitor’s (%#)', async (added, sentence) => {
    const before = await count();
    const page = await openExtended({...TYPED, email: 'ada@example.org'}, added);
    await send(page);
    const status = page.locator('#form-status[data-state=error]');
    await status.waitFor();
    expect(await status.innerText()).toContain('which is not yours');
    expect(await status.innerText()).toContain(sentence);
    expect(await status.innerText()).not.toContain('zqMark7');
    expect(await page.locator('.error-summary:not([hidden])').count()).toBe(0);
    expect(await typedIn(page)).toEqual({...TYPED, email: 'ada@example.org'});
    expect(await count()).toBe(before);
    await page.context().close();
  });
});

describe('without JavaScript', () => {
  async function openPlainForm(fields: Record<string, string>): Promise<Page> {
    const context = await browser.newContext({javaScriptEnabled: false});
    const page = await context.newPage();
    await page.goto(stack.webUrl);
    for (const [name, value] of Object.entries(fields)) await field(page, name).fill(value);
    return page;
  }

  test('what the browser lets through and the service refuses is said on a page, and Back keeps what was typed', async () => {
    const before = await count();
    const typed = {...TYPED, name: ' ', email: 'ada@localhost', message: 'x'.repeat(5001)}; // browsers let these through
    const page = await openPlainForm(typed);
    await send(page);
    await page.getByRole('heading', {level: 1, name: 'Please check what you typed'}).waitFor();
    expect(page.url()).toBe(`${stack.restUrl}/inquiries`);
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual([
      'Name is required.',
      'E-mail must be an e-mail address.',
      'Message is too long (at most 5000).',
    ]);
    expect(await count()).toBe(before);

    await page.goBack();
    await field(page, 'message').waitFor();
    expect(await typedIn(page)).toEqual(typed);
    for (const [name, value] of [
      ['name', 'Ada'],
      ['email', 'ada@example.org'],
      ['message', 'short'],
    ] as const) {
      await field(page, name).fill(value);
    }
    await send(page);
    await page.getByRole('heading', {level: 1, name: 'Thank you'}).waitFor();
    expect(await count()).toBe(before + 1);
    await page.context().close();
  });

  test('the browser itself keeps what is too long, in characters as the service counts them', async () => {
    const page = await openPlainForm({...TYPED, name: '😀'.repeat(121), email: 'ada@example.org'});
    await send(page);
    expect(await page.locator('#inquiry-form :invalid').count()).toBe(1);
    await field(page, 'name').fill('😀'.repeat(120));
    await send(page);
    await page.getByRole('heading', {level: 1, name: 'Thank you'}).waitFor();
    await page.context().close();
  });
});

test.each([true, false])('the newsletter form subscribes, with JavaScript: %s', async javaScriptEnabled => {
  const page = await (await browser.newContext({javaScriptEnabled})).newPage();
  await page.goto(stack.webUrl);
  if (javaScriptEnabled) await page.locator('#subscription-form[novalidate]').waitFor(); // the script has run
  const email = `demo.${javaScriptEnabled ? 'script' : 'plain'}@example.org`;
  await page.getByLabel('E-mail for the newsletter').fill(email);
  const text = (await page.locator('#consent-text').innerText()).replace(/\s+/g, ' ').trim();
  await page.getByRole('button', {name: 'Subscribe'}).click();
  const thanks = javaScriptEnabled
    ? page.getByText('Your subscription was received.')
    : page.getByRole('heading', {level: 1, name: 'Thank you'});
  await thanks.waitFor();
  const found = await fetch(`${stack.restUrl}/subscriptions/search`, {
    method: 'POST',
    headers: {Authorization: `Bearer ${stack.token}`, 'Content-Type': 'application/json'},
    body: JSON.stringify({email}),
  });
  const consentTextSha256 = createHash('sha256').update(text).digest('hex');
  expect(await found.json()).toMatchObject([{consentVersion: 'demo', consentTextSha256}]);
  await page.context().close();
});
