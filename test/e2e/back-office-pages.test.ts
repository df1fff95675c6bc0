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
  subscription: async page => {
    await page.getByRole('link', {name: 'Subscriptions'}).click();
    await page.getByRole('link', {name: 'r@example.org'}).click();
    await page.locator('#consents li').first().waitFor();
  },
  statistics: async page => {
    await page.getByRole('link', {name: 'Statistics'}).click();
    await page.getByText('As a table').waitFor();
  },
  'no page': async page => {
    await page.evaluate("location.hash = '#/nowhere'");
    await page.getByRole('heading', {name: 'There is no such page'}).waitFor();
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
])(
  'from each page to each other on %s',
  async (_, viewport) => {
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
  },
  60_000,
);

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

describe('when a file of a page is gone, as after an update', () => {
  test.each([
    ['en-GB', 'This page could not be shown', 'Load again', 'Back to the list', 'Statistics'],
    ['de-DE', 'Diese Seite ließ sich nicht zeigen', 'Neu laden', 'Zurück zur Liste', 'Statistik'],
  ])('%s: the page says so in the frame, and leads back or loads again', async (locale, title, again, back, link) => {
    const {page} = await openBackOffice(browser, stack, {locale});
    await page.route('**/assets/statistics-page-*.js', route => route.abort());
    await page.reload(); // pages come ahead: this one must not have
    await page.getByRole('link', {name: link}).click();
    const error = page.getByRole('alert').filter({has: page.getByRole('heading', {level: 1, name: title})});
    await error.waitFor();
    await isWhole(page);
    expect(await error.innerText()).not.toMatch(/\.js|Error|fetch/);
    await error.getByRole('link', {name: back}).click();
    await page.locator('#inquiries li').first().waitFor();
    await page.getByRole('link', {name: link}).click();
    await error.waitFor();
    await page.unroute('**/assets/statistics-page-*.js');
    await error.getByRole('button', {name: again}).click();
    await page.locator('summary').waitFor();
    expect(page.url()).toMatch(/#\/statistics$/);
    await page.context().close();
  });

  test('a dialog leaves the page as it is, with what was typed', async () => {
    const {page} = await openBackOffice(browser, stack);
    await page.route('**/assets/settings-dialog-*.js', route => route.abort());
    await page.reload(); // dialogs come ahead: this one must not have
    await PAGES.inquiry?.(page);
    await page.getByLabel('New note').fill('Half a sentence');
    await page.getByRole('button', {name: 'Settings'}).click();
    await page.getByText('This could not be shown').waitFor();
    expect(await page.getByLabel('New note').inputValue()).toBe('Half a sentence');
    await page.context().close();
  });
});
