// Export, shortcuts, languages, colours, subscriptions, statistics and the phone: the rest of what people do.
import {readFile} from 'node:fs/promises';
import type {Browser, Page} from 'playwright-core';
import {changeElsewhere, openBackOffice, readInquiry, submit} from '../helpers/back-office';
import {givenBrowser} from '../helpers/browser';
import {parseCsv} from '../helpers/csv';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';
import {eventually} from '../helpers/eventually';

let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([givenStack(await givenStackDirectory()), givenBrowser()]);
}, 120_000);

const focusedText = (page: Page) => page.evaluate<string>('document.activeElement.innerText');

test('an export saves what the filters match, and its bar ends at the announced number of rows', async () => {
  for (let index = 0; index < 12; index++) {
    await submit(stack, {company: 'Export Ltd', message: `First line of ${index}\nsecond "line"`});
  }
  const {page, complaints} = await openBackOffice(browser, stack);
  await page.getByLabel('Search').fill('Export Ltd');
  await page.getByText('1–12 of 12').waitFor();
  await page.getByRole('button', {name: 'Export CSV'}).click();
  const dialog = page.getByRole('dialog', {name: 'Export as CSV'});
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', {name: 'Export', exact: true}).click(),
  ]);
  await dialog.getByText(/^Saved 12 rows as inquiries-/).waitFor();
  expect(await dialog.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('100');
  const rows = parseCsv(await readFile(await download.path(), 'utf8'));
  expect(rows.map(({company}) => company)).toEqual(Array<string>(12).fill('Export Ltd'));
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('an export in German has the separator that German spreadsheets read', async () => {
  await submit(stack, {company: 'Ausfuhr GmbH'});
  const {page} = await openBackOffice(browser, stack, {locale: 'de-DE'});
  await page.getByRole('button', {name: 'CSV-Export'}).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', {name: 'Exportieren', exact: true}).click(),
  ]);
  const rows = parseCsv(await readFile(await download.path(), 'utf8'), ';');
  expect(rows.map(({company}) => company)).toContain('Ausfuhr GmbH');
  await page.context().close();
});

test('an export that breaks off saves nothing, and says how far it came', async () => {
  await submit(stack);
  const {page} = await openBackOffice(browser, stack);
  // What a proxy in between does when the service dies half way.
  await page.route('**/inquiries/export.csv*', route =>
    route.fulfill({
      status: 200,
      headers: {
        'X-Total-Count': '1000',
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': 'X-Total-Count',
      },
      body: 'id,name\r\n1,"a\r\nb"\r\n2,c\r\n',
    }),
  );
  await page.getByRole('button', {name: 'Export CSV'}).click();
  await page.getByRole('button', {name: 'Export', exact: true}).click();
  await page.getByText('The export broke off after 2 of 1,000 rows; nothing was saved.').waitFor();
  await page.context().close();
});

test('a total that is a lower bound is shown as one', async () => {
  await submit(stack);
  const {page} = await openBackOffice(browser, stack);
  await page.route('**/inquiries?*', async route => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      headers: {...response.headers(), 'x-total-count': '100000', 'x-total-count-exact': 'false'},
    });
  });
  await page.reload();
  await page.getByText(/ of 100,000\+$/).waitFor();
  await page.unrouteAll({behavior: 'wait'}); // the list may be read once more meanwhile
  await page.context().close();
});

test('keys go through the list, select, open at the status, search and explain themselves', async () => {
  const ids = [];
  for (const name of ['Key three', 'Key two', 'Key one']) ids.unshift(await submit(stack, {name, company: 'Keys Ltd'}));
  const {page} = await openBackOffice(browser, stack);
  await page.keyboard.press('/');
  await page.keyboard.type('Keys Ltd');
  await eventually(async () => expect(await page.locator('#inquiries li').count()).toBe(3));
  await page.getByRole('heading', {level: 1}).focus();
  await page.keyboard.press('j');
  expect(await focusedText(page)).toBe('Key one');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  expect(await focusedText(page)).toBe('Key two');
  await page.keyboard.press('x');
  await page.getByText('1 selected').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', {name: 'Keyboard shortcuts'}).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({state: 'detached'});
  await page.locator(`#inquiries li[data-id="${ids[1]}"] a`).focus();
  await page.keyboard.press('e');
  await page.getByRole('heading', {level: 1, name: 'Key two'}).waitFor();
  await eventually(async () => expect(await page.evaluate('document.activeElement.name')).toBe('status'));
  await page.getByRole('heading', {level: 1}).focus();
  await page.keyboard.press('u');
  await page.locator('#inquiries').waitFor();
  expect(await page.getByLabel('Search').inputValue()).toBe('Keys Ltd'); // the list is as it was left
  await page.context().close();
});

test('keys do nothing while somebody types, and nothing at all when they are turned off', async () => {
  const id = await submit(stack);
  const {page} = await openBackOffice(browser, stack, {route: `/inquiries/${id}/show`});
  await page.getByLabel('New note').click();
  await page.keyboard.type('just? /eu');
  expect(await page.getByLabel('New note').inputValue()).toBe('just? /eu');
  await page.getByRole('button', {name: 'Settings'}).click();
  await page.getByRole('switch', {name: 'Keyboard shortcuts'}).uncheck();
  await page.getByRole('button', {name: 'Close'}).click();
  await page.getByRole('dialog').waitFor({state: 'detached'});
  await page.getByRole('heading', {level: 1}).focus();
  await page.keyboard.press('u');
  await page.keyboard.press('?');
  await page.getByRole('heading', {level: 1, name: 'Ada Lovelace'}).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.context().close();
});

test('language and colours change at once, and stay after a reload; a search does not', async () => {
  const {page} = await openBackOffice(browser, stack, {colorScheme: 'light'});
  await page.getByLabel('Search').fill('ada@example.org');
  await page.getByRole('button', {name: 'Settings'}).click();
  await page.getByLabel('Language').selectOption('de');
  await page.getByLabel('Farben').selectOption('dark');
  await page.getByRole('button', {name: 'Schließen'}).click();
  await page.getByRole('heading', {level: 1, name: 'Anfragen'}).waitFor();
  const stored = await page.evaluate<string>('JSON.stringify(localStorage) + JSON.stringify(sessionStorage)');
  expect(stored).not.toMatch(/ada@example\.org|eyJ/); // neither what was searched for nor a token
  expect(page.url()).not.toContain('ada');
  await page.reload();
  await page.getByRole('heading', {level: 1, name: 'Anfragen'}).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(17, 22, 29)');
  expect(await page.getByLabel('Suche').inputValue()).toBe('');
  await page.context().close();
});

test('an order or a filter that is chosen while a search waits for the end of typing stays', async () => {
  await submit(stack, {name: 'Typed first', company: 'Typed Ltd'});
  await submit(stack, {name: 'Typed last', company: 'Typed Ltd'});
  const {page} = await openBackOffice(browser, stack);
  const rows = page.locator('#inquiries li a');
  await eventually(async () => expect(await rows.first().innerText()).toBe('Typed last'));
  await page.getByLabel('Search').fill('Typed Ltd');
  await page.getByLabel('Status').selectOption('new');
  await page.getByLabel('Order').selectOption('Oldest first');
  await eventually(async () => expect(await rows.allInnerTexts()).toEqual(['Typed first', 'Typed last']));
  expect(await page.getByLabel('Status').inputValue()).toBe('new');
  await page.context().close();
});

test.each([
  ['dark', 'light', 'rgb(17, 22, 29)'],
  ['light', 'dark', 'rgb(244, 246, 249)'],
] as const)(
  'the colours that were chosen (%s) show from the first frame on a %s system',
  async (theme, colorScheme, color) => {
    const context = await browser.newContext({colorScheme});
    const page = await context.newPage();
    await page.addInitScript(`localStorage.setItem('RaStoreoutreach.theme', '"${theme}"');
    window.seen = [];
    requestAnimationFrame(function sample() {
      if (document.body) window.seen.push(getComputedStyle(document.body).backgroundColor);
      requestAnimationFrame(sample);
    });`);
    await page.goto(`${stack.webUrl}/back-office/`);
    await page.locator('#connection[data-state=live]').waitFor();
    expect([...new Set(await page.evaluate<string[]>('window.seen'))]).toEqual([color]);
    await context.close();
  },
);

test('the first language is the browser’s', async () => {
  const {page} = await openBackOffice(browser, stack, {locale: 'de-AT'});
  await page.getByRole('heading', {level: 1, name: 'Anfragen'}).waitFor();
  await page.context().close();
});

test('on a phone nothing is wider than the screen, and an inquiry can be triaged', async () => {
  const id = await submit(stack, {name: 'W'.repeat(120), subject: 'x'.repeat(200), message: 'y'.repeat(5000)});
  await changeElsewhere(stack, id, {assignee: 'z'.repeat(255)});
  const viewport = {width: 360, height: 640};
  const overflow = 'document.documentElement.scrollWidth - innerWidth';
  const {page} = await openBackOffice(browser, stack, {viewport, hasTouch: true});
  await page.locator(`#inquiries li[data-id="${id}"]`).waitFor();
  expect(await page.evaluate(overflow)).toBe(0);
  expect((await page.getByTitle('Assignee').boundingBox())?.height).toBeLessThan(30); // a single line
  await page.locator(`#inquiries li[data-id="${id}"] a`).tap();
  await page.getByRole('region', {name: 'Triage'}).getByLabel('Status').selectOption('in_progress');
  expect(await page.evaluate(overflow)).toBe(0);
  await page.getByRole('button', {name: 'Save'}).tap();
  await page.getByText('Saved.').waitFor();
  expect(await readInquiry(stack, id)).toMatchObject({status: 'in_progress'});
  await page.context().close();
});

test('a subscription is ended after a question, and the list shows it', async () => {
  await fetch(`${stack.restUrl}/subscriptions`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({email: 'r@example.org', consentVersion: '1', consentTextSha256: 'a'.repeat(64)}),
  });
  const {page} = await openBackOffice(browser, stack, {route: '/subscriptions'});
  await page.getByRole('button', {name: 'Unsubscribe: r@example.org'}).click();
  await page.getByRole('dialog').getByRole('button', {name: 'Unsubscribe'}).click();
  await page.locator('#subscriptions [data-status=unsubscribed]').waitFor();
  await page.getByLabel('Status').selectOption('active');
  await page.getByText('Nothing matches these filters.').waitFor();
  await page.context().close();
});

test('the chart counts without reading a single inquiry, in few requests, and has a table', async () => {
  await submit(stack, {topic: 'careers'});
  const {page} = await openBackOffice(browser, stack, {route: '/subscriptions'});
  const asked: string[] = [];
  page.on('request', request => request.method() === 'GET' && asked.push(request.url()));
  await page.getByRole('link', {name: 'Statistics'}).click();
  await page.getByText('As a table').click();
  const total = Number(
    await page
      .getByRole('table', {name: 'Inquiries a day by topic'})
      .getByRole('row')
      .last()
      .getByRole('cell')
      .last()
      .innerText(),
  );
  const counts = asked.filter(url => url.includes('/inquiries/count?'));
  const response = await fetch(`${stack.restUrl}/inquiries/count`, {headers: {Authorization: `Bearer ${stack.token}`}});
  expect(total).toBe(((await response.json()) as {count: number}).count);
  expect(counts.length).toBeLessThanOrEqual(6 * 7); // topics × days, at the worst
  await page.context().close();
});

test('the statistics say what the guards have set aside, and how much of it was no spam', async () => {
  const [id] = await Promise.all([1, 2, 3].map(() => submit(stack, {_remarks: 'https://casino.example'})));
  const {page} = await openBackOffice(browser, stack, {route: '/statistics'});
  const report = page.getByRole('region', {name: 'Set aside as possible spam'});
  const row = report.getByRole('row', {name: 'a field that people do not see was filled in'});
  const cells = async () => (await row.getByRole('cell').allInnerTexts()).map(text => Number.parseFloat(text));
  await row.waitFor();
  const [setAside = 0, released = 0] = await cells();
  await page.goto(`${page.url().replace(/#.*/, '')}#/inquiries/${String(id)}/show`);
  await page.getByRole('button', {name: 'Release: it is no spam'}).click();
  await page.getByText('Saved.').waitFor();
  await page.getByRole('link', {name: 'Statistics'}).click();
  await eventually(async () => expect((await cells()).slice(0, 2)).toEqual([setAside, released + 1]), 20_000);
  expect((await cells())[2]).toBeCloseTo((100 * (released + 1)) / setAside, 0);
  await report.getByText('a guard is wrong').waitFor();
  await page.context().close();
}, 60_000);

test('a subscription is found by its address, which gets into no URL', async () => {
  const consent = {consentVersion: '2026-11', consentTextSha256: 'a'.repeat(64)};
  for (const email of ['find.me@example.org', 'not.me@example.org']) {
    await fetch(`${stack.restUrl}/subscriptions`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({email, ...consent}),
    });
  }
  const {page} = await openBackOffice(browser, stack, {route: '/subscriptions'});
  const urls: string[] = [];
  page.on('request', request => urls.push(request.url()));
  const rows = page.locator('#subscriptions li');
  await rows.filter({hasText: 'not.me@example.org'}).waitFor();
  const field = page.getByLabel('E-mail address');
  await field.fill('find.me@');
  await field.blur();
  await page.getByText('Type the whole address: the list stays as it was.').waitFor();
  await field.fill('Find.Me@Example.org');
  await page.getByText('1–1 of 1').waitFor();
  expect(await rows.allInnerTexts()).toEqual([expect.stringContaining('find.me@example.org')]);
  expect(await page.getByRole('button', {name: 'Export CSV'}).count()).toBe(0);
  await page.getByLabel('Status').selectOption('unsubscribed');
  await page.getByText('Nothing matches').waitFor();
  await page.getByRole('button', {name: 'Clear filters'}).click();
  await rows.filter({hasText: 'not.me@example.org'}).waitFor();
  expect([...urls, page.url()].filter(url => /find|%40|@/i.test(url))).toEqual([]);
  await page.context().close();
});
