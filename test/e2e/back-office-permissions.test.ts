// What a token may not do is not offered: tabs, panels, buttons and topics.
import type {Browser, Page} from 'playwright-core';
import {givenBrowser} from '../helpers/browser';
import {givenSubmission} from '../helpers/inquiries';
import {
  givenStaticBackOffice,
  openStaticBackOffice,
  type StaticBackOffice,
  submitTo,
} from '../helpers/static-back-office';

let browser: Browser;
let backOffice: StaticBackOffice;
let id: string;
let complaints: string[] = [];

beforeAll(async () => {
  [browser, backOffice] = await Promise.all([givenBrowser(), givenStaticBackOffice()]);
  id = await submitTo(backOffice, givenSubmission({name: 'Ada', topic: 'sales'}));
  await backOffice.rest.post('/subscriptions', {
    email: 'r@example.org',
    consentVersion: '1',
    consentTextSha256: 'a'.repeat(64),
  });
}, 60_000);

afterEach(() => expect(complaints.splice(0)).toEqual([]));

async function openWith(claims: {scope: string; topics?: string[]}, route?: string): Promise<Page> {
  backOffice.configure({developmentToken: await backOffice.issuer.sign(claims)});
  const opened = await openStaticBackOffice(browser, backOffice, {route});
  ({complaints} = opened);
  return opened.page;
}

const tabs = (page: Page) =>
  page.getByRole('navigation', {name: 'Pages', exact: true}).getByRole('link').allInnerTexts();
const refusals = (page: Page) => {
  const refused: string[] = [];
  page.on('response', response => response.status() === 403 && refused.push(response.url()));
  return refused;
};

test('who may only read inquiries sees no control that would be refused', async () => {
  const page = await openWith({scope: 'inquiries:read inquiries:observe'});
  const refused = refusals(page);
  await page.getByRole('link', {name: 'Ada'}).waitFor();
  expect(await tabs(page)).toEqual(['Inquiries', 'Statistics']);
  expect(await page.getByRole('checkbox').count()).toBe(0);
  expect(await page.getByRole('button', {name: /Export CSV|Take|Resolve|Spam/}).count()).toBe(0);

  await page.getByRole('link', {name: 'Ada'}).click();
  const state = page.getByRole('region', {name: 'State'});
  await state.getByText('New', {exact: true}).waitFor();
  await state.getByText('Nobody').waitFor();
  await page.getByText('Nothing has happened yet.').waitFor();
  expect(await page.getByRole('textbox').count()).toBe(0);
  expect(await page.getByRole('button', {name: /Save|note|Take|Resolve|Spam/i}).count()).toBe(0);

  await page.getByRole('link', {name: 'Statistics'}).click();
  await page.getByText('As a table').waitFor();
  await page.goto(`${backOffice.page}#/subscriptions`);
  await page.getByRole('heading', {level: 1, name: 'There is no such page'}).waitFor();
  expect(refused).toEqual([]);
  await page.context().close();
});

test('who may only read subscriptions starts there, and changes none', async () => {
  backOffice.configure({developmentToken: await backOffice.issuer.sign({scope: 'subscriptions:read'})});
  const page = await browser.newPage({locale: 'en-GB'});
  await page.goto(backOffice.page);
  await page.getByRole('heading', {level: 1, name: 'Subscriptions'}).waitFor();
  await page.getByText('r@example.org').waitFor();
  expect(await tabs(page)).toEqual(['Subscriptions']);
  expect(await page.getByRole('button', {name: /Unsubscribe|Export/}).count()).toBe(0);
  await page.getByText('Inquiries: Not live: your account may not see inquiries').waitFor();
  await page.close();
});

test('who may change subscriptions ends one, and is offered nothing for one that has ended', async () => {
  const page = await openWith({scope: 'inquiries:read subscriptions:read subscriptions:write'}, '/subscriptions');
  await page.getByRole('button', {name: 'Unsubscribe: r@example.org'}).click();
  await page.getByRole('dialog').getByRole('button', {name: 'Unsubscribe'}).click();
  await page.getByRole('listitem').filter({hasText: 'r@example.org'}).getByText('Unsubscribed').waitFor();
  await page.getByRole('dialog').waitFor({state: 'detached'});
  expect(await page.getByRole('button', {name: /: r@example\.org$/}).count()).toBe(0);
  await page.context().close();
});

test('who may triage and export is offered both', async () => {
  const page = await openWith({scope: 'inquiries:read inquiries:triage inquiries:export'}, `/inquiries/${id}/show`);
  await page.getByRole('region', {name: 'Triage'}).waitFor();
  await page.getByRole('link', {name: 'Back to the list'}).click();
  await page.getByRole('button', {name: 'Export CSV'}).waitFor();
  await page.getByRole('checkbox', {name: 'Select the inquiry of Ada'}).waitFor();
  await page.context().close();
});

test('topics that are not theirs are not offered', async () => {
  const claims = {scope: 'inquiries:read inquiries:triage', topics: ['sales']};
  const page = await openWith(claims, `/inquiries/${id}/show`);
  const topics = (area: ReturnType<Page['getByRole']>) => area.getByLabel('Topic').getByRole('option').allInnerTexts();
  expect(await topics(page.getByRole('region', {name: 'Triage'}))).toEqual(['sales']);
  await page.getByRole('link', {name: 'Back to the list'}).click();
  await page.locator('#inquiries').waitFor();
  expect(await topics(page.getByRole('search'))).toEqual(['All', 'sales']);
  await page.context().close();
});

test('a token that opens no page is said so', async () => {
  backOffice.configure({developmentToken: await backOffice.issuer.sign({scope: 'privacy:erase'})});
  const page = await browser.newPage({locale: 'en-GB'});
  await page.goto(backOffice.page);
  await page.getByText('Your account may not open any page of outreach.').waitFor();
  expect(await page.getByRole('navigation').count()).toBe(0);
  await page.close();
});
