// Where one is in the back office: the focus, the title of each page, addresses, and what is said aloud.
import type {Browser, Page} from 'playwright-core';
import {changeElsewhere, openBackOffice, readInquiry, submit} from '../helpers/back-office';
import {givenBrowser} from '../helpers/browser';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';
import {eventually} from '../helpers/eventually';

let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([givenStack(await givenStackDirectory()), givenBrowser()]);
}, 120_000);

/** The name of what has the focus: its label, or its text. */
const focused = (page: Page) =>
  page.evaluate<string>(`(() => {
    const {activeElement: element} = document;
    return element === document.body ? 'nothing' : element.ariaLabel ?? element.labels?.[0]?.innerText ?? element.innerText;
  })()`);
const focusIs = (page: Page, name: string) => eventually(async () => expect(await focused(page)).toBe(name), 5000);
const triageOf = (page: Page) => page.getByRole('region', {name: 'Triage'});

async function openInquiry(id: string): Promise<Page> {
  const {page} = await openBackOffice(browser, stack, {route: `/inquiries/${id}/show`});
  await page.getByRole('button', {name: 'Save'}).waitFor();
  return page;
}

test('after Save, a note and Cancel the focus stays where somebody works', async () => {
  const page = await openInquiry(await submit(stack));
  await triageOf(page).getByLabel('Assignee').fill('grace');
  await page.getByRole('button', {name: 'Save', exact: true}).click();
  await page.getByText('Saved.').waitFor();
  await page.getByText('to “grace”').waitFor();
  await focusIs(page, 'Save');
  await page.getByLabel('New note').fill('Called.');
  await page.getByRole('button', {name: 'Add note'}).click();
  await page.locator('[data-kind=note]').waitFor();
  await focusIs(page, 'Add note');
  await triageOf(page).getByLabel('Assignee').fill('hedy');
  await page.getByRole('button', {name: 'Cancel'}).click();
  await focusIs(page, 'Status');
  await page.context().close();
});

test('Apply keeps the focus when nothing is chosen, which it says, and while the change is sent', async () => {
  const id = await submit(stack);
  const {page} = await openBackOffice(browser, stack);
  await page.locator(`#inquiries li[data-id="${id}"]`).getByRole('checkbox').check();
  const bar = page.getByRole('region', {name: 'Change the selected inquiries'});
  const apply = bar.getByRole('button', {name: 'Apply'});
  await apply.focus();
  await page.keyboard.press('Enter');
  await page.getByText('Choose a status or an assignee first.').waitFor();
  await focusIs(page, 'Apply');

  await bar.getByLabel('Assignee').fill('grace');
  const gate = Promise.withResolvers<undefined>();
  let isAsked = false;
  await page.route('**/inquiries?ids=*', async route => {
    isAsked = true;
    await gate.promise;
    await route.continue();
  });
  await apply.click();
  await eventually(() => expect(isAsked).toBe(true));
  expect([await focused(page), await apply.getAttribute('aria-disabled')]).toEqual(['Apply', 'true']);
  gate.resolve(undefined);
  await page.getByRole('dialog', {name: 'What became of them'}).getByRole('button', {name: 'Close'}).click();
  expect(await readInquiry(stack, id)).toMatchObject({assignee: 'grace'});
  await page.context().close();
});

test('after a conflict the focus is on Save again', async () => {
  const id = await submit(stack);
  const page = await openInquiry(id);
  for (const end of ['Cancel', 'Save this choice']) {
    await triageOf(page).getByLabel('Assignee').fill(`grace ${end}`);
    await changeElsewhere(stack, id, {assignee: `ada ${end}`});
    await page.getByRole('button', {name: 'Save', exact: true}).click();
    await page.getByRole('dialog', {name: 'Somebody was faster'}).getByRole('button', {name: end}).click();
    await page.getByRole('dialog').waitFor({state: 'detached'});
    await focusIs(page, 'Save');
  }
  await page.context().close();
});

test.each(['Settings', 'Keyboard shortcuts', 'Export CSV'])(
  'after the dialog of %s the focus is on what opened it',
  async name => {
    const {page} = await openBackOffice(browser, stack);
    await page.getByRole('button', {name}).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({state: 'detached'});
    await focusIs(page, name);
    await page.context().close();
  },
);

test('keys work through a list: back from an inquiry, j leads to the one after it', async () => {
  for (const name of ['Third', 'Second', 'First']) await submit(stack, {name, company: 'Keyboard Ltd'});
  const {page} = await openBackOffice(browser, stack);
  await page.getByLabel('Search').fill('Keyboard Ltd');
  await eventually(async () => expect(await page.locator('#inquiries li').count()).toBe(3));
  await page.getByRole('heading', {level: 1}).focus();
  await page.keyboard.press('j');
  for (const [name, next] of [
    ['First', 'Second'],
    ['Second', 'Third'],
  ] as const) {
    await page.keyboard.press('Enter');
    await page.getByRole('heading', {level: 1, name}).waitFor();
    await page.keyboard.press('u');
    await page.locator('#inquiries').waitFor();
    await focusIs(page, name);
    await page.keyboard.press('j');
    await focusIs(page, next);
  }
  await page.context().close();
});

test('the marks that go take the focus to the heading', async () => {
  const {page} = await openBackOffice(browser, stack);
  await submit(stack);
  await page.getByRole('button', {name: 'Mark all as read'}).click();
  await focusIs(page, 'Inquiries');
  await page.context().close();
});

test('after Unsubscribe the focus is on the row, or on the heading where the row goes too', async () => {
  const emails = ['first@example.org', 'second@example.org'] as const;
  for (const email of emails) await subscribe(email);
  const {page} = await openBackOffice(browser, stack, {route: '/subscriptions'});
  const rowOf = (email: string) => page.locator('#subscriptions li', {hasText: email});
  const unsubscribe = async (email: string, button: string) => {
    await page.getByRole('button', {name: `Unsubscribe: ${email}`}).click();
    await page.getByRole('dialog').getByRole('button', {name: button}).click();
    await page.getByRole('dialog').waitFor({state: 'detached'});
  };
  const [first, second] = emails;
  await unsubscribe(first, 'Cancel');
  await focusIs(page, `Unsubscribe: ${first}`);
  await unsubscribe(first, 'Unsubscribe');
  await rowOf(first).locator('[data-status=unsubscribed]').waitFor();
  await eventually(async () => expect(await rowOf(first).and(page.locator(':focus')).count()).toBe(1), 5000);
  await page.getByLabel('Status').selectOption('active');
  await rowOf(first).waitFor({state: 'detached'});
  await unsubscribe(second, 'Unsubscribe');
  await rowOf(second).waitFor({state: 'detached'});
  await focusIs(page, 'Subscriptions');
  await page.context().close();
});

async function subscribe(email: string): Promise<void> {
  const response = await fetch(`${stack.restUrl}/subscriptions`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({email, consentVersion: '1', consentTextSha256: 'a'.repeat(64)}),
  });
  if (!response.ok) throw new Error(`the subscription was answered with ${response.status}`);
}

test('each page has a title of its own, which holds nothing of a visitor’s', async () => {
  const id = await submit(stack, {name: 'Very Secret', topic: 'press'});
  const {page} = await openBackOffice(browser, stack);
  for (const [route, title] of [
    ['/inquiries', 'Inquiries · outreach'],
    [`/inquiries/${id}/show`, 'Inquiry: press · outreach'],
    ['/inquiries/00000000-0000-7000-8000-000000000000/show', 'Inquiry · outreach'],
    ['/subscriptions', 'Subscriptions · outreach'],
    ['/statistics', 'Inquiries a day by topic · outreach'],
    ['/nowhere', 'There is no such page · outreach'],
  ] as const) {
    await page.evaluate(`location.hash = '#${route}'`);
    await eventually(async () => expect(await page.title()).toBe(title));
  }
  await page.context().close();
});

test.each([
  ['en-GB', 'There is no such page', 'To the first page', 'Inquiries'],
  ['de-DE', 'Diese Seite gibt es nicht', 'Zur ersten Seite', 'Anfragen'],
])('%s: an address that leads nowhere is said so, and leads on', async (locale, title, button, first) => {
  const {page, complaints} = await openBackOffice(browser, stack, {route: '/nowhere', locale});
  await page.getByRole('heading', {level: 1, name: title}).waitFor();
  await page.getByRole('link', {name: button}).click();
  await page.getByRole('heading', {level: 1, name: first}).waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('the address of an inquiry leads to it, also without what comes after its id', async () => {
  const id = await submit(stack, {name: 'Short address'});
  const {page} = await openBackOffice(browser, stack, {route: `/inquiries/${id}`});
  await page.getByRole('heading', {level: 1, name: 'Short address'}).waitFor();
  await triageOf(page).waitFor();
  await page.context().close();
});

test('only the steps that are possible are offered', async () => {
  const options = (page: Page) => triageOf(page).getByLabel('Status').getByRole('option').allInnerTexts();
  const id = await submit(stack);
  const page = await openInquiry(id);
  expect(await options(page)).toEqual(['New', 'In progress', 'Resolved', 'Spam']);
  await triageOf(page).getByLabel('Status').selectOption('resolved');
  await page.getByRole('button', {name: 'Save', exact: true}).click();
  await page.getByText('Saved.').waitFor();
  await eventually(async () => expect(await options(page)).toEqual(['In progress', 'Resolved']));
  await page.getByRole('link', {name: 'Back to the list'}).click();
  await page.locator(`#inquiries li[data-id="${id}"]`).getByRole('checkbox').check();
  const bar = page.getByRole('region', {name: 'Change the selected inquiries'});
  expect(await bar.getByRole('option').allInnerTexts()).toEqual(['Leave as it is', 'In progress']);
  await page.context().close();
});

test('after a colleague’s step that mine cannot follow, theirs is the only choice', async () => {
  const id = await submit(stack);
  const page = await openInquiry(id);
  await triageOf(page).getByLabel('Status').selectOption('spam');
  await triageOf(page).getByLabel('Assignee').fill('grace');
  await changeElsewhere(stack, id, {status: 'resolved'});
  await page.getByRole('button', {name: 'Save', exact: true}).click();
  const dialog = page.getByRole('dialog', {name: 'Somebody was faster'});
  expect(await dialog.getByLabel('Mine: Spam (not possible any more)').isDisabled()).toBe(true);
  expect(await dialog.getByLabel('Theirs: Resolved').isChecked()).toBe(true);
  await dialog.getByRole('button', {name: 'Save this choice'}).click();
  await page.getByText('Saved.').waitFor();
  expect(await readInquiry(stack, id)).toMatchObject({status: 'resolved', assignee: 'grace'});
  await page.context().close();
});

test('how many were found is said aloud, in numbers as the language writes them', async () => {
  for (const name of ['One', 'Two']) await submit(stack, {name, company: 'Counted Ltd'});
  const {page} = await openBackOffice(browser, stack);
  const pages = page.getByRole('navigation', {name: 'Pages of the list'});
  await page.getByLabel('Search').fill('Counted Ltd');
  await pages.getByRole('status').getByText('1–2 of 2').waitFor();
  await page.route('**/inquiries?*', async route => {
    const response = await route.fetch();
    await route.fulfill({response, headers: {...response.headers(), 'x-total-count': '1234'}});
  });
  await page.getByLabel('Search').fill('Counted Ltd ');
  await page.getByLabel('Order').selectOption('Oldest first');
  await pages.getByRole('status').getByText('of 1,234').waitFor();
  await page.unrouteAll({behavior: 'wait'}); // the list may be read once more meanwhile
  await page.context().close();
});
