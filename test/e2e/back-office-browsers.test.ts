// The back office in browsers as people have them: without site data, on Android, translating pages, with forced colours;
// and with text of visitors that is not as ours.
import type {Browser, Page} from 'playwright-core';
import {givenBrowser, givenBrowserWithoutSiteData} from '../helpers/browser';
import {eventually} from '../helpers/eventually';
import {LONGEST_NEIGHBOUR_MS} from '../helpers/feed';
import {givenSubmission} from '../helpers/inquiries';
import {
  givenStaticBackOffice,
  openStaticBackOffice,
  type StaticBackOffice,
  submitTo,
} from '../helpers/static-back-office';
import {givenTcpProxy} from '../helpers/tcp-proxy';

let browser: Browser;
let backOffice: StaticBackOffice;

beforeAll(async () => {
  [browser, backOffice] = await Promise.all([givenBrowser(), givenStaticBackOffice()]);
}, 60_000);

beforeEach(() => backOffice.configure());

const indicator = (page: Page) => page.locator('#connection [role=status]');

describe('where the browser blocks site data', () => {
  const SITE_DATA = `(() => { try { return String(window.localStorage) } catch ({name}) { return name } })()`;

  test('all works, and settings last as long as the page', async () => {
    const context = await givenBrowserWithoutSiteData();
    await submitTo(backOffice, givenSubmission({name: 'Kept elsewhere'}));
    const {page, complaints} = await openStaticBackOffice(context, backOffice);
    const other = await context.newPage();
    await other.goto(`${backOffice.page}config.json`); // a page without our script
    expect(await other.evaluate(SITE_DATA)).toBe('SecurityError');
    await other.close();
    await page.getByRole('link', {name: 'Kept elsewhere'}).waitFor();
    await page.getByRole('button', {name: 'Settings'}).click();
    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('button', {name: 'Schließen'}).click();
    await page.getByRole('heading', {level: 1, name: 'Anfragen'}).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('signing in is not possible, and the page says why', async () => {
    const oidc = {authority: 'https://issuer.example.org', clientId: 'back-office', scope: 'openid'};
    backOffice.configure({developmentToken: undefined, oidc});
    const context = await givenBrowserWithoutSiteData();
    const page = await context.newPage();
    await page.goto(backOffice.page);
    await page
      .getByRole('alert')
      .getByText('The browser keeps nothing for this page, so nobody can sign in.')
      .waitFor();
    await page.getByText('Allow cookies and site data for this address').waitFor();
    await context.close();
  });
});

describe('where the constructor of notifications throws, as on Android', () => {
  const ANDROID = (permission: string) => `window.Notification = class {
    static permission = '${permission}';
    static requestPermission = () => Promise.resolve('granted');
    constructor() { throw new TypeError('Illegal constructor. Use ServiceWorkerRegistration.showNotification() instead.') }
  };`;

  test('they are not offered', async () => {
    const {page} = await openStaticBackOffice(browser, backOffice);
    await page.addInitScript(ANDROID('default'));
    await page.reload();
    await page.getByRole('button', {name: 'Settings'}).click();
    await page.getByRole('switch', {name: 'A sound for new inquiries'}).waitFor();
    expect(await page.getByRole('switch', {name: /^Notifications/}).count()).toBe(0);
    await page.context().close();
  });

  test('a setting of former times does no harm', async () => {
    const {page, complaints} = await openStaticBackOffice(browser, backOffice);
    await page.evaluate(`localStorage.setItem('RaStoreoutreach.preferences.notifications', 'true')`);
    await page.addInitScript(ANDROID('granted'));
    await page.reload();
    await page.locator('#connection[data-state=polling]').waitFor();
    const id = await submitTo(backOffice, givenSubmission());
    const setVisibility = (state: string) =>
      page.evaluate(`Object.defineProperty(document, 'visibilityState', {configurable: true, get: () => '${state}'});
        document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))`);
    await setVisibility('hidden');
    await page.locator(`#inquiries li[data-id="${id}"]`).waitFor({timeout: LONGEST_NEIGHBOUR_MS}); // the feed's timer
    await page.locator('#toasts .toast').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

// As browsers that translate do it: each text gets elements around it, and is another text node from then on.
const TRANSLATE = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
  for (const text of texts) {
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    inner.textContent = text.data;
    outer.append(inner);
    text.replaceWith(outer);
  }
})()`;

test('on a page that the browser has translated, the words follow the state, and all pages open', async () => {
  const proxy = await givenTcpProxy({host: '127.0.0.1', port: Number(new URL(backOffice.rest.url).port)});
  await submitTo(backOffice, givenSubmission({name: 'Translated'}));
  backOffice.configure({restUrl: `http://127.0.0.1:${proxy.port}`});
  const {page, complaints} = await openStaticBackOffice(browser, backOffice);
  await page.clock.install();
  await page.reload();
  await page.locator('#connection[data-state=polling]').waitFor();
  await page.getByRole('link', {name: 'Translated'}).waitFor();
  expect(await indicator(page).innerText()).toBe('Reconnecting …');
  await page.evaluate(TRANSLATE);
  expect(await page.locator('#connection font').count()).toBeGreaterThan(0);

  await proxy.refuse();
  await page.clock.fastForward(20_000);
  await page.locator('#connection[data-state=offline]').waitFor();
  expect(await indicator(page).innerText()).toBe('The service cannot be reached.');
  await eventually(async () => expect(await page.locator('#connection').innerText()).toMatch(/as of \d+ seconds ago/));
  const age = await page.locator('#connection').innerText();
  await page.clock.fastForward(5000);
  await eventually(async () => expect(await page.locator('#connection').innerText()).not.toBe(age));

  await proxy.pass();
  await page.clock.fastForward(60_000);
  await page.locator('#connection[data-state=polling]').waitFor();
  expect(await indicator(page).innerText()).toBe('Reconnecting …');
  for (const name of ['Subscriptions', 'Statistics', 'Inquiries']) {
    await page.getByRole('link', {name}).click();
    await page.getByRole('heading', {level: 1}).waitFor();
    await page.evaluate(TRANSLATE);
  }
  await page.getByRole('link', {name: 'Translated'}).click();
  await page.getByRole('heading', {level: 1, name: 'Translated'}).waitFor();
  expect(complaints.filter(text => !text.includes('ERR_CONNECTION_REFUSED'))).toEqual([]);
  await page.context().close();
}, 60_000);

test('thirty marks on a letter of a name cover nothing above their own line', async () => {
  const plain = await submitTo(backOffice, givenSubmission({name: 'Z', subject: 'Z'}));
  const marked = `Z${'\u0301'.repeat(30)}`;
  const stacked = await submitTo(backOffice, givenSubmission({name: marked, subject: marked, company: marked}));
  // Not from the list, whose order leads on to one from the other.
  const route = '/statistics';
  const {page} = await openStaticBackOffice(browser, backOffice, {viewport: {width: 800, height: 600}, route});
  const above = async (id: string) => {
    await page.goto(`${backOffice.page}#/inquiries/${id}/show`);
    await page.locator('[data-field=message]').waitFor();
    const heading = await page.getByRole('heading', {level: 1}).boundingBox();
    return page.screenshot({
      clip: {x: 0, y: 0, width: 800, height: heading?.y ?? 0},
      mask: [page.locator('#connection')],
    });
  };
  const expected = await above(plain);
  expect((await above(stacked)).equals(expected)).toBe(true);
  await page.context().close();
});

test('text from right to left stands at the right, and has its language', async () => {
  const text = {subject: 'سؤال عن السعر', message: 'مرحبا، كم السعر؟', locale: 'ar'};
  const id = await submitTo(backOffice, givenSubmission(text));
  const {page} = await openStaticBackOffice(browser, backOffice, {route: `/inquiries/${id}/show`});
  const rtl = page.locator('[lang=ar]');
  expect(await rtl.allInnerTexts()).toEqual([text.subject, text.message]);
  const directions = `[...document.querySelectorAll('[lang=ar]')].map(each => getComputedStyle(each).direction)`;
  expect(await page.evaluate(directions)).toEqual(['rtl', 'rtl']);
  await page.getByRole('link', {name: 'Back to the list'}).click();
  await page.locator(`#inquiries li[data-id="${id}"] [lang=ar]`).waitFor();
  await page.context().close();
});

test('a number is dialled and an address is written to as the visitor meant them', async () => {
  const id = await submitTo(backOffice, givenSubmission({phone: '+43 (0)1 23 45', email: 'a+b@example.org'}));
  const {page} = await openStaticBackOffice(browser, backOffice, {route: `/inquiries/${id}/show`});
  expect(await page.getByRole('link', {name: '+43 (0)1 23 45'}).getAttribute('href')).toBe('tel:+4312345');
  expect(await page.getByRole('link', {name: 'a+b@example.org'}).getAttribute('href')).toBe('mailto:a+b@example.org');
  await page.context().close();
});

test('with forced colours what only a colour says is still seen', async () => {
  const {page} = await openStaticBackOffice(browser, backOffice, {forcedColors: 'active'});
  const background = (element: string) =>
    page.evaluate<string>(`getComputedStyle(document.querySelector('${element}')).backgroundColor`);
  expect(await background('#connection [aria-hidden]')).not.toBe(await background('body'));
  await page.getByRole('link', {name: 'Statistics'}).click();
  await page.getByText('As a table').waitFor();
  expect(await background('main ul [aria-hidden]')).not.toBe(await background('body'));
  const current = `getComputedStyle(document.querySelector('nav [aria-current=page]')).borderBottomWidth`;
  expect(await page.evaluate(current)).toBe('3px');
  await page.context().close();
});

test('what the service refuses is said in German, without its own English', async () => {
  const id = await submitTo(backOffice, givenSubmission());
  const {page} = await openStaticBackOffice(browser, backOffice, {locale: 'de-DE', route: `/inquiries/${id}/show`});
  const triage = page.getByRole('region', {name: 'Bearbeiten'});
  await triage.getByLabel('Zuständig').fill('x'.repeat(300));
  await triage.getByRole('button', {name: 'Speichern'}).click();
  const error = triage.getByRole('alert');
  expect(await error.innerText()).toMatch(/^Zuständig: ist zu lang oder zu groß( \(höchstens 255\))?$/);
  await page.context().close();
});
