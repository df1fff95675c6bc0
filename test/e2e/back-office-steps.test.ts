// One press takes, resolves or marks as spam, and can be taken back; and from one inquiry to the next.
import {decodeJwt} from 'jose';
import type {Browser, Page} from 'playwright-core';
import {changeElsewhere, openBackOffice, readInquiry, submit} from '../helpers/back-office';
import {givenBrowser} from '../helpers/browser';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';
import {eventually} from '../helpers/eventually';

let stack: RunningStack;
let browser: Browser;
let me: string;

beforeAll(async () => {
  [stack, browser] = await Promise.all([givenStack(await givenStackDirectory()), givenBrowser()]);
  me = decodeJwt(stack.token).sub ?? '';
}, 120_000);

const row = (page: Page, id: string) => page.locator(`#inquiries li[data-id="${id}"]`);
const stepsOf = (page: Page, id: string) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('#inquiries li[data-id="${id}"] button')].map(({title}) => title)`,
  );
const press = (page: Page, id: string, step: string) =>
  row(page, id)
    .getByRole('button', {name: `${step}:`})
    .click();
const undo = (page: Page) => page.locator('#toasts').getByRole('button', {name: 'Undo'}).click();
const isStored = (id: string, fields: object) =>
  eventually(async () => expect(await readInquiry(stack, id)).toMatchObject(fields));

test('Take assigns to me and is in progress, and Undo takes it back', async () => {
  const id = await submit(stack, {name: 'Taken'});
  const {page, complaints} = await openBackOffice(browser, stack);
  await press(page, id, 'Take');
  await page.locator('#toasts').getByText('Taken: Taken').waitFor();
  expect(await readInquiry(stack, id)).toMatchObject({status: 'in_progress', assignee: me, version: 2});
  await eventually(async () => expect(await stepsOf(page, id)).toEqual(['Resolve', 'Spam']));
  await eventually(async () => expect(await page.evaluate('document.activeElement.innerText')).toBe('Taken'));
  await undo(page);
  await isStored(id, {status: 'new', assignee: null, version: 3});
  await eventually(async () => expect(await stepsOf(page, id)).toEqual(['Take', 'Resolve', 'Spam']));
  expect(await page.getByRole('button', {name: 'Undo'}).count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('only steps that the status machine allows are offered, and Undo goes by such steps too', async () => {
  const [resolved, spam] = [await submit(stack, {name: 'Resolved'}), await submit(stack, {name: 'Unwanted'})];
  const {page} = await openBackOffice(browser, stack);
  await press(page, spam, 'Spam');
  await isStored(spam, {status: 'spam'});
  await eventually(async () => expect(await stepsOf(page, spam)).toEqual([]));
  await press(page, resolved, 'Resolve');
  await isStored(resolved, {status: 'resolved', version: 2});
  await eventually(async () => expect(await stepsOf(page, resolved)).toEqual(['Take']));
  await undo(page);
  await isStored(resolved, {status: 'new', version: 4}); // by way of in_progress
  expect(await readInquiry(stack, spam)).toMatchObject({status: 'spam'}); // the last step alone is taken back
  await page.context().close();
});

test('Undo leaves a colleague’s change alone, and says whose it is', async () => {
  const id = await submit(stack);
  const {page} = await openBackOffice(browser, stack);
  await press(page, id, 'Resolve');
  await page.getByRole('button', {name: 'Undo'}).waitFor();
  await changeElsewhere(stack, id, {status: 'in_progress', assignee: 'hedy'}, {person: 'hedy'});
  await undo(page);
  await page.getByText('hedy has changed this inquiry meanwhile. It stays as it is now.').waitFor();
  expect(await readInquiry(stack, id)).toMatchObject({status: 'in_progress', assignee: 'hedy', version: 3});
  await page.context().close();
});

test('Undo goes away after ten seconds', async () => {
  const id = await submit(stack);
  const {page} = await openBackOffice(browser, stack);
  await page.clock.install();
  await press(page, id, 'Spam');
  await page.getByRole('button', {name: 'Undo'}).waitFor();
  await page.clock.fastForward(10_000);
  await page.getByRole('button', {name: 'Undo'}).waitFor({state: 'detached'});
  expect(await readInquiry(stack, id)).toMatchObject({status: 'spam'});
  await page.context().close();
});

test('from one inquiry to the next: by keys, by links, and with Resolve and next', async () => {
  const ids: string[] = [];
  for (const name of ['Third', 'Second', 'First']) ids.unshift(await submit(stack, {name, company: 'Queue Ltd'}));
  const {page} = await openBackOffice(browser, stack);
  const isOpen = (name: string) => page.getByRole('heading', {level: 1, name}).waitFor();
  await page.getByLabel('Search').fill('Queue Ltd');
  await eventually(async () => expect(await page.locator('#inquiries li').count()).toBe(3));
  await page.getByRole('link', {name: 'First'}).click();
  await isOpen('First');
  expect(await page.getByRole('link', {name: 'Previous inquiry'}).count()).toBe(0);
  await page.keyboard.press('j');
  await isOpen('Second');
  await page.keyboard.press('k');
  await isOpen('First');
  await page.getByRole('link', {name: 'Next inquiry'}).click();
  await isOpen('Second');
  await page.getByRole('region', {name: 'Triage'}).getByRole('button', {name: 'Take'}).click();
  await isStored(ids[1] ?? '', {status: 'in_progress', assignee: me});
  await page.getByRole('button', {name: 'Resolve and next'}).click();
  await isOpen('Third');
  expect(await readInquiry(stack, ids[1] ?? '')).toMatchObject({status: 'resolved', assignee: me});
  await page.getByRole('button', {name: 'Resolve and next'}).click();
  await page.locator('#inquiries').waitFor(); // there is no next one
  await isStored(ids[2] ?? '', {status: 'resolved'});
  await page.context().close();
});

test('no step is offered while something is edited, which would then be on top of an old version', async () => {
  const id = await submit(stack);
  const {page} = await openBackOffice(browser, stack, {route: `/inquiries/${id}/show`});
  const triage = page.getByRole('region', {name: 'Triage'});
  await triage.getByRole('button', {name: 'Take'}).waitFor();
  await triage.getByLabel('Assignee').fill('grace');
  expect(await triage.getByRole('button', {name: /Take|Resolve|Spam/}).count()).toBe(0);
  await triage.getByRole('button', {name: 'Cancel'}).click();
  await triage.getByRole('button', {name: 'Take'}).waitFor();
  await page.context().close();
});
