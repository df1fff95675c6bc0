// The demo form: with JavaScript by the script for forms (embed.test.ts), and without.
import {createHash} from 'node:crypto';
import type {Browser, Page} from 'playwright-core';
import {givenBrowser} from '../helpers/browser';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';
import {verdictOn} from '../helpers/proof-of-work';
import {FORM_TOKEN_KEY} from '../helpers/rest';

let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  const env = {FORM_TOKEN_KEYS: FORM_TOKEN_KEY};
  [stack, browser] = await Promise.all([givenStack(await givenStackDirectory(), env), givenBrowser()]);
}, 120_000);

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

test('errors of the service are said at their fields, of which the first has the focus; the rest stays', async () => {
  const before = await count();
  const page = await openForm({...TYPED, name: '', company: 'x'.repeat(161)});
  await send(page);
  await page.locator('#form-status[data-state=invalid]').waitFor();
  const invalid = await page.locator('[aria-invalid]').all();
  expect(await Promise.all(invalid.map(each => each.getAttribute('name')))).toEqual(['name', 'email', 'company']);
  expect(await page.evaluate('document.activeElement.name')).toBe('name');
  const described = (await field(page, 'email').getAttribute('aria-describedby')) ?? '';
  expect(await page.locator(`#${described}`).innerText()).toBe('Must be an e-mail address.');
  expect(await field(page, 'message').inputValue()).toBe(TYPED.message);
  expect(await count()).toBe(before);
  await page.close();
});

test('it is sent with a form token and its proof of work, which is valid', async () => {
  const before = await count();
  const page = await openForm({...TYPED, email: 'ada@example.org'});
  const sent = page.waitForRequest(request => request.method() === 'POST' && request.url().endsWith('/inquiries'));
  await send(page);
  const {_token, altcha} = (await sent).postDataJSON() as Record<'_token' | 'altcha', string>;
  expect(verdictOn(altcha, {token: _token, key: FORM_TOKEN_KEY})).toBe('valid');
  await page.locator('#form-status[data-state=success]').waitFor();
  expect(await page.locator('[aria-invalid]').count()).toBe(0);
  expect(await count()).toBe(before + 1);
  await page.close();
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
