// Triage in the back office: one inquiry, one with a colleague in the way, and many at once.
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

async function openInquiry(id: string): Promise<Page> {
  const {page} = await openBackOffice(browser, stack, {route: `/inquiries/${id}/show`});
  await page.getByRole('button', {name: 'Save'}).waitFor();
  return page;
}

const chooseStatus = (page: Page, status: string) =>
  page.getByRole('region', {name: 'Triage'}).getByLabel('Status').selectOption(status);
const save = (page: Page) => page.getByRole('button', {name: 'Save', exact: true}).click();

test('status and assignee are saved, and the log says who did what', async () => {
  const id = await submit(stack);
  const page = await openInquiry(id);
  await chooseStatus(page, 'in_progress');
  await page.getByRole('region', {name: 'Triage'}).getByLabel('Assignee').fill('grace');
  await save(page);
  await page.getByText('Saved.').waitFor();
  expect(await readInquiry(stack, id)).toMatchObject({status: 'in_progress', assignee: 'grace', version: 2});
  await page.getByText('developer changed Status from “New” to “In progress”').waitFor();
  await page.getByText('developer changed Assignee from “Nobody” to “grace”').waitFor();
  await page.context().close();
});

test('a note shows in the log, with its line breaks', async () => {
  const id = await submit(stack);
  const page = await openInquiry(id);
  await page.getByLabel('New note').fill('Called back.\nWants an offer.');
  await page.getByRole('button', {name: 'Add note'}).click();
  await page.locator('[data-kind=note]').waitFor();
  expect(await page.locator('[data-kind=note] p').last().innerText()).toBe('Called back.\nWants an offer.');
  expect(await page.getByLabel('New note').inputValue()).toBe('');
  await page.context().close();
});

test('what the service refuses is said at the fields, and nothing typed is lost', async () => {
  const id = await submit(stack);
  const page = await openInquiry(id);
  const triage = page.getByRole('region', {name: 'Triage'});
  await chooseStatus(page, 'spam');
  await triage.getByLabel('Assignee').fill('x'.repeat(300));
  await save(page);
  await triage.getByRole('alert').getByText('Assignee: is too long').waitFor();
  expect(await triage.getByLabel('Assignee').inputValue()).toBe('x'.repeat(300));
  expect(await triage.getByLabel('Status').inputValue()).toBe('spam');
  expect(await readInquiry(stack, id)).toMatchObject({status: 'new', assignee: null});
  await page.context().close();
});

describe('when a colleague was faster', () => {
  // Between the page's reading and its saving; the page's own feed is kept from going along with the change.
  async function givenConflict(theirs: object, mine: {status: string; assignee: string}) {
    const id = await submit(stack);
    const page = await openInquiry(id);
    await chooseStatus(page, mine.status);
    await page.getByRole('region', {name: 'Triage'}).getByLabel('Assignee').fill(mine.assignee);
    await changeElsewhere(stack, id, theirs);
    await save(page);
    const dialog = page.getByRole('dialog', {name: 'Somebody was faster'});
    await dialog.waitFor();
    return {id, page, dialog};
  }

  test('what both changed is asked for, field by field', async () => {
    const mine = {status: 'in_progress', assignee: 'grace'};
    const {id, page, dialog} = await givenConflict({status: 'resolved', assignee: 'ada'}, mine);
    await dialog.getByLabel('Theirs: ada').check();
    expect(await dialog.getByLabel('Mine: In progress').isChecked()).toBe(true);
    await dialog.getByRole('button', {name: 'Save this choice'}).click();
    await page.getByText('Saved.').waitFor();
    expect(await readInquiry(stack, id)).toMatchObject({status: 'in_progress', assignee: 'ada', version: 3});
    await page.context().close();
  });

  test('what only they changed stays, unasked', async () => {
    const mine = {status: 'in_progress', assignee: ''};
    const {id, page, dialog} = await givenConflict({topic: 'press', status: 'resolved'}, mine);
    expect(await dialog.getByRole('radiogroup').count()).toBe(1);
    await dialog.getByRole('button', {name: 'Save this choice'}).click();
    await page.getByText('Saved.').waitFor();
    expect(await readInquiry(stack, id)).toMatchObject({status: 'in_progress', topic: 'press'});
    await page.context().close();
  });

  test('cancelling changes nothing', async () => {
    const mine = {status: 'in_progress', assignee: 'grace'};
    const {id, page, dialog} = await givenConflict({assignee: 'ada'}, mine);
    await dialog.getByRole('button', {name: 'Cancel'}).click();
    await dialog.waitFor({state: 'hidden'});
    expect(await readInquiry(stack, id)).toMatchObject({status: 'new', assignee: 'ada', version: 2});
    await page.context().close();
  });
});

test('many are changed at once, and each row says what became of it', async () => {
  const names = ['Bulk one', 'Bulk two', 'Bulk three'];
  const ids = await Promise.all(names.map(name => submit(stack, {name, company: 'Bulk Ltd'})));
  await changeElsewhere(stack, ids[2] ?? '', {status: 'resolved'});
  const {page} = await openBackOffice(browser, stack);
  await page.getByLabel('Search').fill('Bulk Ltd');
  await eventually(async () => expect(await page.locator('#inquiries li').count()).toBe(3));
  await page.getByLabel('Select all of this page').check();
  const bar = page.getByRole('region', {name: 'Change the selected inquiries'});
  await bar.getByText('3 selected').waitFor();
  await bar.getByLabel('Status').selectOption('spam');
  await bar.getByRole('button', {name: 'Apply'}).click();
  const dialog = page.getByRole('dialog', {name: 'What became of them'});
  await dialog.getByText('2 changed, 1 not').waitFor();
  expect(await dialog.locator(`li[data-id="${ids[2]}"]`).innerText()).toBe(
    'Bulk three: not possible; next: In progress',
  );
  await dialog.getByRole('button', {name: 'Close'}).click();
  await page.locator(`#inquiries li[data-id="${ids[0]}"] [data-status=spam]`).waitFor();
  expect(await readInquiry(stack, ids[1] ?? '')).toMatchObject({status: 'spam'});
  await page.context().close();
});

test('another filter ends the selection, so that nothing out of sight is changed', async () => {
  const ids = [await submit(stack, {company: 'First Ltd'}), await submit(stack, {company: 'Second Ltd'})];
  const {page} = await openBackOffice(browser, stack);
  await page.getByLabel('Search').fill('First Ltd');
  await eventually(async () => expect(await page.locator('#inquiries li').count()).toBe(1));
  await page.locator(`#inquiries li[data-id="${ids[0]}"]`).getByRole('checkbox').check();
  const bar = page.getByRole('region', {name: 'Change the selected inquiries'});
  await bar.getByText('1 selected').waitFor();
  await page.getByLabel('Search').fill('Second Ltd');
  await page.locator(`#inquiries li[data-id="${ids[1]}"]`).waitFor();
  expect(await bar.count()).toBe(0);
  await page.context().close();
});

test('of many, each that was not changed is named with the reason', async () => {
  const given = async (name: string) => [
    name,
    await submit(stack, {name, company: 'Mixed Ltd', email: 'mixed@example.org'}),
  ];
  const ids = Object.fromEntries(await Promise.all(['New', 'Spam already', 'Resolved'].map(given))) as Record<
    string,
    string
  >;
  const gone = await submit(stack, {name: 'Gone', company: 'Mixed Ltd', email: 'gone@example.org'});
  await changeElsewhere(stack, ids['Spam already'] ?? '', {status: 'spam'});
  await changeElsewhere(stack, ids.Resolved ?? '', {status: 'resolved'});
  const {page, complaints} = await openBackOffice(browser, stack);
  await page.getByLabel('Search').fill('Mixed Ltd');
  await eventually(async () => expect(await page.locator('#inquiries li').count()).toBe(4));
  await page.getByLabel('Select all of this page').check();
  const bar = page.getByRole('region', {name: 'Change the selected inquiries'});
  await bar.getByLabel('Status').selectOption('spam');
  await erase('gone@example.org'); // somebody does, after the list was read
  await bar.getByRole('button', {name: 'Apply'}).click();
  const dialog = page.getByRole('dialog', {name: 'What became of them'});
  await dialog.getByText('1 changed, 3 not').waitFor();
  expect((await dialog.getByRole('listitem').allInnerTexts()).sort()).toEqual([
    'Gone: does not exist any more',
    'New: changed',
    'Resolved: not possible; next: In progress',
    'Spam already: was so already',
  ]);
  await dialog.getByRole('button', {name: 'Close'}).click();
  await page.locator(`#inquiries li[data-id="${gone}"]`).waitFor({state: 'detached'});
  expect(await page.getByLabel('Select all of this page').isChecked()).toBe(false);
  expect(complaints).toEqual([]);
  await page.context().close();
});

async function erase(email: string): Promise<void> {
  const response = await fetch(`${stack.restUrl}/erasures`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json', Authorization: `Bearer ${stack.token}`},
    body: JSON.stringify({email}),
  });
  expect(response.status).toBe(200);
}

test('a quarantined inquiry says why in plain words, and is released with one click', async () => {
  const id = await submit(stack, {_remarks: 'Buy now'});
  const page = await openInquiry(id);
  const triage = page.getByRole('region', {name: 'Triage'});
  await triage
    .getByText('Set aside as possible spam, and nobody was notified: a field that people do not see')
    .waitFor();
  await triage.getByLabel('Assignee').fill('grace'); // not saved yet
  await triage.getByRole('button', {name: 'Release: it is no spam'}).click();
  await page.getByText('Saved.').waitFor();
  expect(await readInquiry(stack, id)).toMatchObject({status: 'new', assignee: null, version: 2});
  expect(await triage.getByLabel('Status').inputValue()).toBe('new');
  expect(await triage.getByLabel('Assignee').inputValue()).toBe('grace');
  await eventually(async () => expect(await triage.getByRole('button', {name: /^Release/}).count()).toBe(0));
  await page.getByText('developer changed Status from “Spam” to “New”').waitFor();
  await page.context().close();
});

test('why it is quarantined stands right below the heading, with no gap for steps that there are none of', async () => {
  const page = await openInquiry(await submit(stack, {_remarks: 'Buy now'}));
  const triage = page.getByRole('region', {name: 'Triage'});
  const heading = await triage.getByRole('heading', {name: 'Triage'}).boundingBox();
  const notice = await triage.locator('.MuiAlert-root').boundingBox();
  if (!heading || !notice) throw new Error('they are not shown');
  expect(notice.y - (heading.y + heading.height)).toBeLessThan(20);
  await page.context().close();
});

test('quarantined ones are released in bulk, and what else is selected stays as it is', async () => {
  const [one, two, other] = await Promise.all([
    submit(stack, {_remarks: 'x', name: 'Quarantined One'}),
    submit(stack, {_remarks: 'x', name: 'Quarantined Two'}),
    submit(stack, {name: 'Neither Of Them'}),
  ]);
  await changeElsewhere(stack, other, {status: 'in_progress'});
  const {page} = await openBackOffice(browser, stack, {route: '/inquiries'});
  for (const name of ['Quarantined One', 'Quarantined Two', 'Neither Of Them']) {
    await page.getByLabel(`Select the inquiry of ${name}`).check();
  }
  await page.getByRole('button', {name: 'Release', exact: true}).click();
  await page.getByText('2 changed, 0 not').waitFor();
  await page.getByRole('button', {name: 'Close'}).click();
  expect(await page.getByLabel('Select the inquiry of Neither Of Them').isChecked()).toBe(true);
  const rows = await Promise.all([one, two, other].map(id => readInquiry(stack, id)));
  expect(rows.map(({status}) => status)).toEqual(['new', 'new', 'in_progress']);
  await page.context().close();
});
