// The page of a subscription: its state in words, the history of consent, and the steps that are allowed.
import type {Browser, Page} from 'playwright-core';
import {changeElsewhere, openBackOffice, subscribe, subscribeAgain} from '../helpers/back-office';
import {givenBrowser} from '../helpers/browser';
import {eventually} from '../helpers/eventually';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';
import {givenStaticBackOffice, openStaticBackOffice, type StaticBackOffice} from '../helpers/static-back-office';

const HASH = 'a'.repeat(64);

let stack: RunningStack;
let backOffice: StaticBackOffice;
let browser: Browser;

beforeAll(async () => {
  [stack, backOffice, browser] = await Promise.all([
    givenStack(await givenStackDirectory()),
    givenStaticBackOffice(),
    givenBrowser(),
  ]);
}, 120_000);

const entries = (page: Page) => page.locator('#consents li');
const step = (page: Page, name: string) => page.getByRole('main').getByRole('button', {name, exact: true});

test('from the list to its page, whose address has no e-mail address, and the history has every step', async () => {
  await subscribeAgain(stack, 'again@example.org');
  const {page, complaints} = await openBackOffice(browser, stack, {route: '/subscriptions'});
  const urls: string[] = [];
  page.on('request', request => urls.push(request.url()));
  await page.getByRole('link', {name: 'again@example.org'}).click();
  await page.getByRole('heading', {level: 1, name: 'again@example.org'}).waitFor();
  await page.getByText('They have asked for the list and not confirmed it yet').waitFor();
  await entries(page).nth(2).waitFor();
  expect(await entries(page).allInnerTexts()).toEqual([
    expect.stringMatching(/^Asked to join by a form, which anybody can send/),
    expect.stringMatching(/^Left in the back office, by colleague/),
    expect.stringMatching(/^Asked to join by a form, which anybody can send/),
  ]);
  const texts = await entries(page).allTextContents();
  expect(texts.filter(text => !text.includes(`Consent text 2026-11SHA-256 ${HASH}`))).toEqual([]);
  expect([...urls, page.url()].filter(url => /again|%40|@/i.test(url))).toEqual([]);
  expect(await page.title()).toBe('Subscription · outreach');
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a pending one is activated with a reason alone, which the history keeps with who gave it', async () => {
  const id = await subscribeAgain(stack, 'signed@example.org');
  const {page, complaints} = await openBackOffice(browser, stack, {route: `/subscriptions/${id}/show`});
  await step(page, 'Activate').click();
  const dialog = page.getByRole('dialog', {name: 'Activate signed@example.org?'});
  const activate = dialog.getByRole('button', {name: 'Activate'});
  const reason = dialog.getByLabel('Reason');
  await reason.fill('   ');
  expect(await activate.isDisabled()).toBe(true);
  await reason.fill('Signed the list at the fair, page 3.');
  await activate.click();
  await page.getByText('They get the mails of the list.').waitFor();
  await entries(page).first().getByText('Signed the list at the fair, page 3.').waitFor();
  expect(await entries(page).first().innerText()).toMatch(/^Confirmed in the back office, by developer/);
  expect(await step(page, 'Activate').count()).toBe(0);
  await eventually(async () =>
    expect(await page.getByRole('heading', {level: 1}).and(page.locator(':focus')).count()).toBe(1),
  );
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('an active one is ended after a question, and then nothing is offered any more', async () => {
  const id = await subscribe(stack, 'ends@example.org');
  const {page} = await openBackOffice(browser, stack, {route: `/subscriptions/${id}/show`, locale: 'de-DE'});
  await page.getByText('Die Person bekommt die E-Mails der Liste.').waitFor();
  expect(await step(page, 'Aktivieren').count()).toBe(0);
  await step(page, 'Abbestellen').click();
  await page.getByRole('dialog').getByRole('button', {name: 'Abbestellen'}).click();
  await page.getByText('nur sie selbst kann sich wieder anmelden').waitFor();
  await entries(page).nth(1).waitFor();
  expect(await entries(page).first().innerText()).toMatch(/^Abgemeldet im Back-Office, von developer/);
  expect(await step(page, 'Abbestellen').count()).toBe(0);
  await page.context().close();
});

test('a change on top of what somebody else has changed is not made, and the page shows what is now', async () => {
  const id = await subscribeAgain(stack, 'contested@example.org');
  const {page} = await openBackOffice(browser, stack, {route: `/subscriptions/${id}/show`});
  await step(page, 'Activate').click();
  await page.getByRole('dialog').getByRole('textbox').fill('By phone.');
  await changeElsewhere(stack, id, {status: 'unsubscribed'}, {resource: 'subscriptions'});
  await page.getByRole('dialog').getByRole('button', {name: 'Activate'}).click();
  await page.getByText('Somebody changed this subscription meanwhile.').waitFor();
  await page.getByText('only they can join it again').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.context().close();
});

test('one that does not exist is said so', async () => {
  const route = '/subscriptions/00000000-0000-7000-8000-000000000000/show';
  const {page} = await openBackOffice(browser, stack, {route});
  await page.getByText('This subscription does not exist').waitFor();
  await page.context().close();
});

describe('what is not allowed is not offered', () => {
  const email = 'waits@example.org';
  const post = (path: string, body: object, headers = {}) => backOffice.rest.post(path, body, headers);
  const join = () => post('/subscriptions', {email, consentVersion: '1', consentTextSha256: HASH});
  let id: string;

  beforeAll(async () => {
    await join();
    const Authorization = `Bearer ${backOffice.token}`;
    const found = await post('/subscriptions/search', {email}, {Authorization});
    [{id} = {id: ''}] = (await found.json()) as {id: string}[];
    await fetch(`${backOffice.rest.url}/subscriptions/${id}`, {
      method: 'PATCH',
      headers: {'Content-Type': 'application/merge-patch+json', 'If-Match': '*', Authorization},
      body: '{"status": "unsubscribed"}',
    });
    await join();
  });

  async function openWith(scope: string, doubleOptIn: boolean): Promise<Page> {
    backOffice.configure({developmentToken: await backOffice.issuer.sign({scope}), doubleOptIn});
    const route = `/subscriptions/${id}/show`;
    const {page} = await openStaticBackOffice(browser, backOffice, {route});
    await entries(page).nth(2).waitFor();
    return page;
  }

  const SCOPES = 'inquiries:read subscriptions:read';

  test.each([
    ['both steps to who may change subscriptions', `${SCOPES} subscriptions:write`, false, ['Activate', 'Unsubscribe']],
    ['no activation where its owner alone confirms', `${SCOPES} subscriptions:write`, true, ['Unsubscribe']],
    ['nothing to who may only read', SCOPES, false, []],
  ])('%s', async (_, scope, doubleOptIn, steps) => {
    const page = await openWith(scope, doubleOptIn);
    const offered = page.getByRole('region', {name: 'State'}).getByRole('button');
    expect(await offered.allInnerTexts()).toEqual(steps);
    expect(await page.getByText('Nobody but they can confirm it').count()).toBe(doubleOptIn ? 1 : 0);
    await page.context().close();
  });
});

test('on a phone nothing is wider than the page', async () => {
  const id = await subscribe(stack, `${'long'.repeat(15)}@${'sub.'.repeat(20)}example.org`);
  const viewport = {width: 360, height: 740};
  const {page} = await openBackOffice(browser, stack, {route: `/subscriptions/${id}/show`, viewport});
  await entries(page).first().waitFor();
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await page.evaluate(overflow)).toBe(0);
  await page.getByRole('link', {name: 'Back to the list'}).click();
  await page.locator('#subscriptions').waitFor();
  expect(await page.evaluate(overflow)).toBe(0);
  await page.context().close();
});
