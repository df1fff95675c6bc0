// The pages behind the links of mails, in Chromium: the token comes from what no server sees, and the button posts it.
import type {Browser} from 'playwright-core';
import type {Recipient} from '../../src/contract/subscription';
import {givenBrowser} from '../helpers/browser';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';

let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  const directory = await givenStackDirectory();
  [stack, browser] = await Promise.all([givenStack(directory, {DOUBLE_OPT_IN: 'true'}), givenBrowser()]);
}, 120_000);

async function recipient(email: string, status: string): Promise<Recipient | undefined> {
  const headers = {Authorization: `Bearer ${stack.token}`};
  const response = await fetch(`${stack.restUrl}/subscriptions/recipients?status=${status}`, {headers});
  return ((await response.json()) as Recipient[]).find(row => row.email === email);
}

async function subscribe(email: string): Promise<Recipient | undefined> {
  await fetch(`${stack.restUrl}/subscriptions`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({email, consentVersion: '1', consentTextSha256: 'a'.repeat(64)}),
  });
  return recipient(email, 'pending');
}

test('a link confirms and another one ends a subscription by a button, and no URL of a request has the token', async () => {
  const email = 'links@example.org';
  const waiting = await subscribe(email);
  const page = await browser.newPage();
  const urls: string[] = [];
  const complaints: string[] = [];
  page.on('request', request => urls.push(request.url()));
  page.on('console', message => complaints.push(message.text()));
  await page.goto(`${stack.restUrl}/subscriptions/confirm#${waiting?.confirmToken}`);
  expect(await page.getByLabel('Code from the e-mail').isVisible()).toBe(false);
  expect(await recipient(email, 'active')).toBeUndefined();
  await page.getByRole('button', {name: 'Confirm'}).click();
  await page.getByRole('heading', {name: 'Thank you'}).waitFor();
  expect(await recipient(email, 'active')).toMatchObject({id: waiting?.id});
  await page.goto(`${stack.restUrl}/subscriptions/unsubscribe#${waiting?.unsubscribeToken}`);
  await page.getByRole('button', {name: 'Unsubscribe'}).click();
  await page.getByRole('heading', {name: 'You have unsubscribed'}).waitFor();
  expect(await recipient(email, 'active')).toBeUndefined();
  for (const token of [waiting?.confirmToken, waiting?.unsubscribeToken])
    expect(urls.filter(url => url.split('#')[0]?.includes(token ?? ''))).toEqual([]);
  expect(complaints).toEqual([]); // nothing is against the policy
  await page.close();
});

test('without a script the code is typed, and the link of a mail program asks too', async () => {
  const waiting = await subscribe('typed@example.org');
  const context = await browser.newContext({javaScriptEnabled: false, locale: 'de-DE'});
  const page = await context.newPage();
  await page.goto(`${stack.restUrl}/subscriptions/confirm#${waiting?.confirmToken}`);
  await page.getByLabel('Code aus der E-Mail').fill(waiting?.confirmToken ?? '');
  await page.getByRole('button', {name: 'Bestätigen'}).click();
  await page.getByRole('heading', {name: 'Vielen Dank'}).waitFor();
  await page.goto(`${stack.restUrl}/subscriptions/unsubscribe?token=${waiting?.unsubscribeToken}`);
  await page.getByRole('button', {name: 'Abbestellen'}).click();
  await page.getByRole('heading', {name: 'Sie haben abbestellt'}).waitFor();
  expect(page.url()).not.toContain(waiting?.unsubscribeToken);
  await context.close();
});
