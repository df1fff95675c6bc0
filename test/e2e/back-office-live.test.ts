// What the back office shows by itself: new inquiries, colleagues' changes, and how far the view can be trusted.
import type {Browser, Page} from 'playwright-core';
import {changeElsewhere, openBackOffice, submit, tokenOf} from '../helpers/back-office';
import {givenBrowser} from '../helpers/browser';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';
import {eventually} from '../helpers/eventually';

let directory: string;
let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  directory = await givenStackDirectory();
  [stack, browser] = await Promise.all([givenStack(directory), givenBrowser()]);
}, 120_000);

test('a burst makes one toast, all its rows, and a badge with their number that opening one takes down', async () => {
  const {page, complaints} = await openBackOffice(browser, stack);
  const ids = await Promise.all(['One', 'Two', 'Three'].map(name => submit(stack, {name})));
  for (const id of ids) await page.locator(`#inquiries li[data-id="${id}"][data-unread]`).waitFor();
  await page.locator('#toasts').getByText('3 new inquiries').waitFor();
  expect(await page.locator('#toasts .toast').count()).toBe(1);
  expect(await page.locator('#toasts').getAttribute('role')).toBe('status');
  await page.getByRole('img', {name: '3 unread inquiries'}).waitFor();
  expect(await page.title()).toBe('(3) Inquiries · outreach');
  await page.getByRole('link', {name: 'Two'}).click();
  await page.getByRole('heading', {level: 1, name: 'Two'}).waitFor();
  await page.getByRole('img', {name: '2 unread inquiries'}).waitFor();
  await page.getByRole('link', {name: 'Back to the list'}).click();
  await page.getByRole('button', {name: 'Mark all as read'}).click();
  await eventually(async () => expect(await page.title()).toBe('Inquiries · outreach'));
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('thirty at once are one toast, and the badge counts each of them', async () => {
  const {page, complaints} = await openBackOffice(browser, stack);
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000); // so that the burst is one, however long thirty take on this machine
  await Promise.all(Array.from({length: 30}, () => submit(stack)));
  await page.getByRole('img', {name: '30 unread inquiries'}).waitFor();
  expect(await page.locator('#unread').innerText()).toBe('30');
  expect(await page.title()).toBe('(30) Inquiries · outreach');
  expect(await page.locator('#toasts .toast').allInnerTexts()).toEqual([expect.stringMatching(/^New inquiry: /)]);
  await page.clock.runFor(1000);
  await page.locator('#toasts').getByText('30 new inquiries').waitFor();
  expect(await page.locator('#toasts .toast').count()).toBe(1);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("a colleague's change shows in the list and in the open inquiry without a reload", async () => {
  const id = await submit(stack, {name: 'Shared'});
  const list = await openBackOffice(browser, stack);
  const open = await openBackOffice(browser, stack, {route: `/inquiries/${id}/show`});
  await changeElsewhere(stack, id, {status: 'resolved', assignee: 'hedy'});
  // A change is no event: the next new inquiry, or the timer, brings it along.
  await submit(stack);
  await list.page.locator(`#inquiries li[data-id="${id}"] [data-status=resolved]`).waitFor();
  const triage = open.page.getByRole('region', {name: 'Triage'});
  await eventually(async () => expect(await triage.getByLabel('Assignee').inputValue()).toBe('hedy'));
  await open.page.getByText('colleague changed Status from “New” to “Resolved”').waitFor();
  await list.page.context().close();
  await open.page.context().close();
});

test('a list of inquiries that are older than the first hundred is live too', async () => {
  const id = await submit(stack, {name: 'Old', company: 'Oldest Ltd'});
  await Promise.all(Array.from({length: 100}, () => submit(stack, {company: 'Oldest Ltd'})));
  const {page} = await openBackOffice(browser, stack);
  await page.clock.install();
  await page.reload(); // so that every timer is this clock's
  await page.locator('#connection[data-state=live]').waitFor();
  await page.getByLabel('Order').selectOption('Oldest first');
  const searched = page.waitForResponse(response => response.url().includes('q=Oldest'));
  await page.getByLabel('Search').fill('Oldest Ltd');
  await searched; // nothing is read after this unless the feed says so
  const first = page.locator('#inquiries li').first();
  await first.getByText('Old', {exact: true}).waitFor();
  await changeElsewhere(stack, id, {status: 'resolved'});
  await page.clock.fastForward(70_000); // the feed's timer
  await first.locator('[data-status=resolved]').waitFor();
  await page.context().close();
});

describe('an open inquiry learns of a change without any event', () => {
  const triageOf = (page: Page) => page.getByRole('region', {name: 'Triage'});

  test('within ten seconds, with a word about what has changed', async () => {
    const id = await submit(stack);
    const route = `/inquiries/${id}/show`;
    const mine = await openBackOffice(browser, stack, {route});
    const theirs = await openBackOffice(browser, stack, {route, token: await tokenOf(stack, 'hedy')});
    await triageOf(theirs.page).getByLabel('Assignee').fill('hedy');
    await theirs.page.getByRole('button', {name: 'Save', exact: true}).click();
    await theirs.page.getByText('Saved.').waitFor();
    await triageOf(mine.page).getByText('Somebody has just changed: Assignee.').waitFor({timeout: 20_000});
    expect(await triageOf(mine.page).getByLabel('Assignee').inputValue()).toBe('hedy');
    expect(await triageOf(theirs.page).getByText('Somebody has just changed').count()).toBe(0); // it was they
    await mine.page.getByText('hedy changed Assignee from “Nobody” to “hedy”').waitFor();

    await theirs.page.getByLabel('New note').fill('Will call at noon.');
    await theirs.page.getByRole('button', {name: 'Add note'}).click();
    await mine.page.getByText('Will call at noon.').waitFor({timeout: 20_000});
    for (const {page, complaints} of [mine, theirs]) {
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  }, 60_000);

  test('one’s own change in another tab is no news, and a colleague’s is none any more once one goes on', async () => {
    const id = await submit(stack);
    const route = `/inquiries/${id}/show`;
    const {page, complaints} = await openBackOffice(browser, stack, {route});
    const other = await openBackOffice(browser, stack, {route});
    await page.evaluate(`(() => {
      const panel = document.querySelector('[aria-labelledby=triage-heading]');
      window.said = new Set();
      const listen = () => said.add(panel.querySelector('[role=status]').innerText);
      new MutationObserver(listen).observe(panel, {childList: true, subtree: true});
    })()`);
    await triageOf(other.page).getByLabel('Assignee').fill('ada');
    await other.page.getByRole('button', {name: 'Save', exact: true}).click();
    const assignee = triageOf(page).getByLabel('Assignee');
    await eventually(async () => expect(await assignee.inputValue()).toBe('ada'), 20_000);
    await changeElsewhere(stack, id, {status: 'in_progress'});
    const news = triageOf(page).getByText('Somebody has just changed: Status.');
    await news.waitFor({timeout: 20_000});
    expect(await page.evaluate<string[]>('[...said].filter(Boolean)')).toEqual([await news.innerText()]);
    await changeElsewhere(stack, id, {topic: 'press'}, {person: 'developer'});
    const topic = triageOf(page).getByLabel('Topic');
    await eventually(async () => expect(await topic.inputValue()).toBe('press'), 20_000);
    expect(await news.count()).toBe(1); // what is one's own does not hide what one has not seen
    await assignee.fill('adam');
    await news.waitFor({state: 'detached'});
    expect(complaints).toEqual([]);
    await page.context().close();
    await other.page.context().close();
  }, 60_000);

  test('what is edited stays, and is announced before it is saved', async () => {
    const id = await submit(stack);
    const {page} = await openBackOffice(browser, stack, {route: `/inquiries/${id}/show`});
    await triageOf(page).getByLabel('Assignee').fill('gra');
    await changeElsewhere(stack, id, {assignee: 'ada'});
    await page.getByText('Somebody changed this inquiry meanwhile.').waitFor({timeout: 20_000});
    expect(await triageOf(page).getByLabel('Assignee').inputValue()).toBe('gra');
    await page.context().close();
  });

  test('a page that nobody sees asks for nothing, and reads at once when it is seen again', async () => {
    const id = await submit(stack);
    const {page} = await openBackOffice(browser, stack, {route: `/inquiries/${id}/show`});
    await page.clock.install();
    const setVisibility = (state: string) =>
      page.evaluate(`Object.defineProperty(document, 'visibilityState', {configurable: true, get: () => '${state}'});
        document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))`);
    await setVisibility('hidden');
    const reads: string[] = [];
    page.on('request', request => request.url().endsWith(`/inquiries/${id}`) && reads.push(request.method()));
    await changeElsewhere(stack, id, {assignee: 'ada'});
    await page.clock.runFor(45_000); // four times the interval
    expect(reads).toEqual([]);
    await setVisibility('visible');
    await triageOf(page).getByText('Somebody has just changed: Assignee.').waitFor();
    await page.context().close();
  });
});

test('what somebody edits is not overwritten by a change elsewhere, and they see a notice', async () => {
  const id = await submit(stack);
  const {page} = await openBackOffice(browser, stack, {route: `/inquiries/${id}/show`});
  const assignee = page.getByRole('region', {name: 'Triage'}).getByLabel('Assignee');
  await assignee.fill('gra');
  await changeElsewhere(stack, id, {assignee: 'ada'});
  await submit(stack);
  await page.getByText('Somebody changed this inquiry meanwhile.').waitFor();
  expect(await assignee.inputValue()).toBe('gra');
  await page.context().close();
});

test('the indicator says that the service is away, and how old the view is; then it recovers by itself', async () => {
  const {page} = await openBackOffice(browser, stack);
  const id = await submit(stack, {name: 'Before the outage'});
  await page.locator(`#inquiries li[data-id="${id}"]`).waitFor();
  const {port} = new URL(stack.restUrl);
  const [gatewayPort, webPort] = [stack.gatewayUrl, stack.webUrl].map(url => new URL(url).port);
  await stack.interrupt();
  await page.locator('#connection:not([data-state=live])').waitFor();
  await eventually(async () => {
    expect(await page.locator('#connection').innerText()).toMatch(/as of \d+ seconds? ago/);
  });
  expect(await page.locator(`#inquiries li[data-id="${id}"]`).count()).toBe(1); // what was read stays
  stack = await givenStack(directory, {PORT: port, GATEWAY_PORT: gatewayPort ?? '', WEB_PORT: webPort ?? ''});
  await eventually(async () => {
    expect(await page.locator('#connection').getAttribute('data-state')).toBe('live');
  }, 40_000);
  const later = await submit(stack, {name: 'After the outage'});
  await page.locator(`#inquiries li[data-id="${later}"]`).waitFor();
  await page.context().close();
}, 90_000);
