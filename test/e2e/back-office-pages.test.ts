// Every page and dialog of the back office is entered and left again, and the browser has nothing to complain about.
import type {Browser, Page} from 'playwright-core';
import {openBackOffice, submit} from '../helpers/back-office';
import {givenBrowser} from '../helpers/browser';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';

let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([givenStack(await givenStackDirectory()), givenBrowser()]);
  await submit(stack, {name: 'Ada'});
  await fetch(`${stack.restUrl}/subscriptions`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({email: 'r@example.org', consentVersion: '1', consentTextSha256: 'a'.repeat(64)}),
  });
}, 120_000);

/** How to get there from any other page, and what is there once the page is complete. */
const PAGES: Record<string, (page: Page) => Promise<void>> = {
  inquiries: async page => {
    await page.getByRole('link', {name: 'Inquiries'}).click();
    await page.locator('#inquiries li').first().waitFor();
  },
  inquiry: async page => {
    await page.getByRole('link', {name: 'Inquiries'}).click();
    await page.getByRole('link', {name: 'Ada', exact: true}).click();
    await page.getByRole('region', {name: 'Notes and changes'}).getByText('Nothing has happened yet.').waitFor();
  },
  subscriptions: async page => {
    await page.getByRole('link', {name: 'Subscriptions'}).click();
    await page.locator('#subscriptions').waitFor();
  },
  statistics: async page => {
    await page.getByRole('link', {name: 'Statistics'}).click();
    await page.getByText('As a table').waitFor();
  },
  'no page': async page => {
    await page.evaluate("location.hash = '#/nowhere'");
    await page.getByRole('heading', {name: 'Not found'}).waitFor();
  },
};
const DIALOGS: Record<string, [route: string, button: string]> = {
  settings: ['inquiry', 'Settings'],
  shortcuts: ['inquiries', 'Keyboard shortcuts'],
  'the export of inquiries': ['inquiries', 'Export CSV'],
  'the export of subscriptions': ['subscriptions', 'Export CSV'],
  'a subscription’s status': ['subscriptions', 'Unsubscribe: r@example.org'],
};

const isWhole = async (page: Page) => {
  expect(await page.getByRole('banner').count()).toBe(1); // an error page has no header
  expect(await page.getByRole('heading', {level: 1}).count()).toBe(1);
};

test.each([
  ['a desktop', {width: 1440, height: 900}],
  ['a phone', {width: 360, height: 740}],
])('from each page to each other on %s', async (_, viewport) => {
  const {page, complaints} = await openBackOffice(browser, stack, {viewport});
  for (const [from, enter] of Object.entries(PAGES)) {
    for (const [to, go] of Object.entries(PAGES)) {
      if (from === to) continue;
      await enter(page);
      await go(page);
      await isWhole(page);
      expect({from, to, complaints}).toEqual({from, to, complaints: []});
    }
  }
  await page.context().close();
}, 60_000);

test('back and forward through all of them', async () => {
  const {page, complaints} = await openBackOffice(browser, stack);
  const headings = [await page.getByRole('heading', {level: 1}).innerText()];
  for (const go of [PAGES.statistics, PAGES.subscriptions]) {
    await go?.(page);
    headings.push(await page.getByRole('heading', {level: 1}).innerText());
  }
  for (const name of headings.slice(0, -1).reverse()) {
    await page.goBack();
    await page.getByRole('heading', {level: 1, name}).waitFor();
  }
  for (const name of headings.slice(1)) {
    await page.goForward();
    await page.getByRole('heading', {level: 1, name}).waitFor();
  }
  await isWhole(page);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test.each(Object.entries(DIALOGS))('the dialog of %s, by its button and by Escape', async (_, [route, button]) => {
  const {page, complaints} = await openBackOffice(browser, stack);
  await PAGES[route]?.(page);
  for (const close of ['Close', 'Escape']) {
    await page.getByRole('button', {name: button}).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    if (close === 'Escape') await page.keyboard.press('Escape');
    else await dialog.getByRole('button', {name: /^(Close|Cancel)$/}).click();
    await dialog.waitFor({state: 'detached'});
  }
  await isWhole(page);
  expect(complaints).toEqual([]);
  await page.context().close();
});
