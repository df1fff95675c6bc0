// The back office shows only what is true while the network, the service or the sign-in is away, and recovers by itself.
import type {Browser, Page} from 'playwright-core';
import {givenBrowser} from '../helpers/browser';
import {eventually} from '../helpers/eventually';
import {LONGEST_NEIGHBOUR_MS} from '../helpers/feed';
import {givenSubmission} from '../helpers/inquiries';
import {
  givenStaticBackOffice,
  openStaticBackOffice,
  type StaticBackOffice,
  submitTo,
} from '../helpers/static-back-office';

let browser: Browser;
let backOffice: StaticBackOffice;

beforeAll(async () => {
  [browser, backOffice] = await Promise.all([givenBrowser(), givenStaticBackOffice()]);
}, 60_000);

const subscribe = (email: string) =>
  backOffice.rest.post('/subscriptions', {email, consentVersion: '1', consentTextSha256: 'a'.repeat(64)});

// A page that is looked at again reads at once what has changed; the test does not wait for timers of many seconds.
const lookAgain = (page: Page) =>
  page.evaluate(`document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))`);

const unavailable = {
  status: 503,
  headers: {'Access-Control-Allow-Origin': '*', 'Content-Type': 'application/problem+json'},
  body: JSON.stringify({type: '/problems/unavailable', title: 'x', status: 503, instance: 'reference-1'}),
};

test('texts that cannot be loaded are asked for again by whoever reads that it cannot start', async () => {
  const page = await browser.newPage({locale: 'de-DE'});
  await page.route('**/assets/german-*.js', route => route.abort(), {times: 1});
  await page.goto(backOffice.page);
  await page.getByText('The back office cannot start.').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.getByRole('button', {name: 'Try again'}).click();
  await page.getByRole('heading', {name: 'Anfragen'}).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  await page.close();
});

test('a language that is first chosen while offline is there', async () => {
  const {page} = await openStaticBackOffice(browser, backOffice, {route: '/'});
  await page.waitForLoadState('networkidle'); // it was fetched ahead
  await page.context().setOffline(true);
  await page.getByRole('button', {name: 'Settings'}).click();
  await page.getByRole('combobox', {name: 'Language'}).selectOption('de');
  await page.getByRole('heading', {name: 'Einstellungen'}).waitFor();
  await page.context().close();
});

test('an inquiry that is first opened while offline is shown, also when its file has not been fetched yet', async () => {
  const id = await submitTo(backOffice, givenSubmission({name: 'Opened offline'}));
  const {page} = await openStaticBackOffice(browser, backOffice);
  await page.route('**/assets/inquiry-page-*.js', route => route.abort()); // so that nothing is there ahead
  await page.reload();
  await page.locator(`#inquiries li[data-id="${id}"]`).waitFor();
  await page.context().setOffline(true);
  await page.locator(`#inquiries li[data-id="${id}"] a`).click();
  await page.getByText('You are offline. This goes on by itself').waitFor();
  await page.unroute('**/assets/inquiry-page-*.js');
  await page.context().setOffline(false);
  await page.getByRole('heading', {level: 1, name: 'Opened offline'}).waitFor();
  await page.getByText('Nothing has happened yet.').waitFor();
  await page.context().close();
});

test('the files of pages and dialogs come ahead, so that a network that goes away takes none of them', async () => {
  const id = await submitTo(backOffice, givenSubmission({name: 'Fetched ahead'}));
  const {page} = await openStaticBackOffice(browser, backOffice);
  const fetched = () =>
    page.evaluate<string>(`performance.getEntriesByType('resource').map(({name}) => name).join(' ')`);
  await eventually(async () => {
    for (const part of ['inquiry-page', 'subscription-list', 'statistics-page', 'help-dialog', 'export-dialog']) {
      expect(await fetched()).toContain(`/${part}-`);
    }
  });
  await page.context().setOffline(true);
  await page.locator(`#inquiries li[data-id="${id}"] a`).click();
  await page.getByRole('heading', {level: 1, name: 'Fetched ahead'}).waitFor(); // from the list's own row
  await page.getByText('You are offline.').first().waitFor();
  await page
    .locator('#age')
    .getByText(/^as of /)
    .waitFor(); // and says how old it is
  await page.context().setOffline(false);
  await page.locator('#age').waitFor({state: 'detached', timeout: 30_000});
  await page.context().close();
}, 60_000);

test('statistics count what comes in by themselves, and say how old they are', async () => {
  const {page} = await openStaticBackOffice(browser, backOffice, {route: '/statistics'});
  await page.getByText('As a table').click();
  const total = async () =>
    Number(
      await page
        .getByRole('table', {name: 'Inquiries a day by topic'})
        .getByRole('row')
        .last()
        .getByRole('cell')
        .last()
        .innerText(),
    );
  const before = await total();
  await page
    .locator('#age')
    .getByText(/^as of /)
    .waitFor();
  await submitTo(backOffice, givenSubmission());
  await eventually(async () => {
    await lookAgain(page);
    expect(await total()).toBe(before + 1);
  }, LONGEST_NEIGHBOUR_MS);
  await page.context().close();
});

test('statistics without any inquiry say so, and those that cannot be counted again say why', async () => {
  const {page} = await openStaticBackOffice(browser, backOffice, {route: '/statistics'});
  await page.getByText('As a table').waitFor();
  await page.route('**/inquiries/count?*', route => route.fulfill(unavailable));
  await page.getByRole('combobox').selectOption('14');
  const failed = page.getByRole('alert').filter({hasText: 'The inquiries could not be counted'});
  await failed.getByText('The service is not available for the moment. (Reference: reference-1)').waitFor();
  await page.unroute('**/inquiries/count?*');
  await page.route('**/inquiries/count?*', route =>
    route.fulfill({
      headers: {'Access-Control-Allow-Origin': '*'},
      json: {count: 0, isExact: true, byStatus: {}},
    }),
  );
  await failed.getByRole('button', {name: 'Try again'}).click();
  await page.getByText('No inquiries came in these days.').waitFor();
  expect(await failed.count()).toBe(0);
  await page.context().close();
});

test('subscriptions follow by themselves, and say how old they are', async () => {
  const {page} = await openStaticBackOffice(browser, backOffice, {route: '/subscriptions'});
  await page.getByText('No subscriptions yet.').waitFor();
  await page
    .locator('#age')
    .getByText(/^as of /)
    .waitFor();
  await subscribe('later@example.org');
  await eventually(async () => {
    await lookAgain(page);
    await page.getByText('later@example.org').waitFor({timeout: 1000});
  }, 40_000);
  await page.context().close();
}, 60_000);

test('the header says that it speaks of inquiries where a page shows something else', async () => {
  const {page} = await openStaticBackOffice(browser, backOffice);
  const status = page.locator('#connection [role=status]');
  expect(await status.innerText()).toBe('Reconnecting …');
  await page.getByRole('link', {name: 'Subscriptions'}).click();
  await page.getByRole('heading', {level: 1, name: 'Subscriptions'}).waitFor();
  expect(await status.innerText()).toBe('Inquiries: Reconnecting …');
  await page.context().close();
});

test('an inquiry that cannot be read again says so, and one that is gone is not shown any more', async () => {
  const id = await submitTo(backOffice, givenSubmission({name: 'Soon erased'}));
  const {page} = await openStaticBackOffice(browser, backOffice, {route: `/inquiries/${id}/show`});
  const url = `**/inquiries/${id}`;
  await page.route(url, route => route.fulfill(unavailable));
  await eventually(async () => {
    await lookAgain(page);
    await page.getByText('This inquiry could not be read again').waitFor({timeout: 1000});
  }, 30_000);
  await page.getByRole('heading', {level: 1, name: 'Soon erased'}).waitFor();
  await page
    .locator('#age')
    .getByText(/^as of /)
    .waitFor();
  await page.unroute(url);
  await page.getByRole('button', {name: 'Try again'}).first().click();
  await page.getByText('This inquiry could not be read again').waitFor({state: 'detached'});

  await page.route(url, route =>
    route.fulfill({
      status: 404,
      headers: {'Access-Control-Allow-Origin': '*'},
      json: {type: '/problems/not-found', title: 'x', status: 404, instance: 'y'},
    }),
  );
  await eventually(async () => {
    await lookAgain(page);
    await page.getByText('This inquiry does not exist any more').waitFor({timeout: 1000});
  }, 30_000);
  expect(await page.getByText('Soon erased').count()).toBe(0);
  await page.context().close();
}, 90_000);

test('a sign-in that has ended is said once, on every page', async () => {
  const id = await submitTo(backOffice, givenSubmission({name: 'Expired'}));
  const {page} = await openStaticBackOffice(browser, backOffice);
  const refuse = {status: 401, headers: {'Access-Control-Allow-Origin': '*'}, json: {}};
  await page.route(`${backOffice.rest.url}/**`, route => route.fulfill(refuse));
  for (const name of ['Subscriptions', 'Statistics']) {
    const answered = page.waitForResponse(response => response.status() === 401);
    await page.getByRole('link', {name}).click();
    await answered;
    await page.getByRole('alert').getByText('Your sign-in has ended.').waitFor();
    await page.locator('#connection [role=status]').getByText('Signed out').waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);
    expect(await page.locator('body').innerText()).not.toMatch(/token|Reference|HTTP/i);
  }
  await page.getByRole('link', {name: 'Inquiries'}).click();
  await page.locator(`#inquiries li[data-id="${id}"] a`).click();
  await page.getByRole('button', {name: 'Add note'}).waitFor();
  await page.getByLabel('New note').fill('Half a sentence');
  await page.getByRole('button', {name: 'Add note'}).click();
  await page.getByRole('region', {name: 'Notes and changes'}).getByText('Your sign-in has ended.').waitFor();
  expect(await page.getByLabel('New note').inputValue()).toBe('Half a sentence');
  await page.context().close();
});
