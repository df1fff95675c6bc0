// Lists show what is true: no row under a filter that it does not meet, no old row as if it were fresh, and the state that
// the list is in. They recover by themselves.
import type {Browser, Page} from 'playwright-core';
import {changeElsewhere, openBackOffice, submit, submitMany} from '../helpers/back-office';
import {givenBrowser} from '../helpers/browser';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';
import {eventually} from '../helpers/eventually';

let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([givenStack(await givenStackDirectory()), givenBrowser()]);
}, 120_000);

const rows = (page: Page) => page.locator('#inquiries li[data-id]');
const LISTS = /\/inquiries\?/;
const readFailed = (page: Page) => page.getByRole('alert').filter({hasText: 'The list could not be read'});
const notUpToDate = (page: Page) => page.getByRole('alert').filter({hasText: 'Not up to date'});

/** Resolves when the function is called that it is given. */
function givenGate(): {opened: Promise<void>; open: () => void} {
  let open = () => {};
  const opened = new Promise<void>(resolve => (open = resolve));
  return {opened, open: () => open()};
}

describe('another filter', () => {
  test('shows no row of before while the answer is on its way', async () => {
    const company = 'Slow Ltd';
    const kept = await submit(stack, {company, topic: 'press'});
    await submit(stack, {company, topic: 'sales'});
    const {page, complaints} = await openBackOffice(browser, stack);
    await page.getByLabel('Search').fill(company);
    await eventually(async () => expect(await rows(page).count()).toBe(2));
    const gate = givenGate();
    await page.route(/topic=press/, async route => {
      await gate.opened;
      await route.continue();
    });
    await page.getByLabel('Topic').selectOption('press');
    await page.locator('[aria-busy=true]').waitFor();
    const shown = "[...document.querySelectorAll('#inquiries li[data-id]')].map(row => row.dataset.id)";
    expect(await page.evaluate(shown)).toEqual([kept]);
    expect(await page.evaluate("document.querySelector('#inquiries').closest('[inert]') !== null")).toBe(true);
    await page.getByRole('progressbar', {name: 'The list is being read'}).waitFor();
    gate.open();
    await page.locator('[aria-busy=true]').waitFor({state: 'detached'});
    await page.locator(`#inquiries li[data-id="${kept}"]`).getByRole('checkbox').check();
    expect(await rows(page).count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('while the browser is offline says that it could not be read, and recovers when it is online', async () => {
    await submit(stack);
    const {page} = await openBackOffice(browser, stack);
    await rows(page).first().waitFor();
    await page.context().setOffline(true);
    await page.getByLabel('Status').selectOption('spam');
    await readFailed(page).waitFor();
    expect(await rows(page).count()).toBe(0);
    await page.context().setOffline(false);
    await page.getByText('Nothing matches these filters.').waitFor();
    expect(await readFailed(page).count()).toBe(0);
    await page.context().close();
  });

  test('chosen while the page stands still is kept beside a search that ends meanwhile', async () => {
    const company = 'Stalled Ltd';
    const resolved = await submit(stack, {company});
    await changeElsewhere(stack, resolved, {status: 'resolved'});
    const id = await submit(stack, {company});
    const {page} = await openBackOffice(browser, stack);
    await rows(page).first().waitFor();
    // Both at once for the page: the end of the pause after typing is due before what the choice has set off.
    await page.evaluate(`(() => {
      const write = (name, type, value) => {
        const field = document.querySelector('[role=search] [name=' + name + ']');
        const prototype = Object.getPrototypeOf(field);
        Object.getOwnPropertyDescriptor(prototype, 'value').set.call(field, value);
        field.dispatchEvent(new Event(type, {bubbles: true}));
      };
      write('q', 'input', '${company}');
      const end = performance.now() + 1000;
      while (performance.now() < end);
      write('status', 'change', 'new');
    })()`);
    const shown = "[...document.querySelectorAll('#inquiries li[data-id]')].map(row => row.dataset.id)";
    await eventually(async () => expect(await page.evaluate(shown)).toEqual([id]));
    await page.context().close();
  });

  test('does not let a row stay that a change of one’s own has taken out of it', async () => {
    const company = 'Taken Ltd';
    const id = await submit(stack, {company, name: 'Resolved by me'});
    await submit(stack, {company});
    const {page} = await openBackOffice(browser, stack);
    await page.getByLabel('Search').fill(company);
    await page.getByLabel('Status').selectOption('new');
    await eventually(async () => expect(await rows(page).count()).toBe(2));
    await page.getByRole('link', {name: 'Resolved by me'}).click();
    await page.getByRole('region', {name: 'Triage'}).getByLabel('Status').selectOption('resolved');
    await page.getByRole('button', {name: 'Save', exact: true}).click();
    await page.getByText('Saved.').waitFor();
    const gate = givenGate();
    await page.route(LISTS, async route => {
      await gate.opened;
      await route.continue();
    });
    await page.getByRole('link', {name: 'Back to the list'}).click();
    await rows(page).first().waitFor(); // as it was read before; the new answer is on its way
    expect(await page.locator(`#inquiries li[data-id="${id}"]`).count()).toBe(0);
    gate.open();
    await page.context().close();
  });
});

describe.each([
  ['inquiries', '/inquiries', LISTS, '#inquiries'],
  ['subscriptions', '/subscriptions', /\/subscriptions\?/, '#subscriptions'],
])('the list of %s', (_, route, requests, list) => {
  test('says that it is read, or that it could not be, once; then it recovers by itself', async () => {
    await submit(stack);
    await fetch(`${stack.restUrl}/subscriptions`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({email: 'r@example.org', consentVersion: '1', consentTextSha256: 'a'.repeat(64)}),
    });
    const {page} = await openBackOffice(browser, stack, {route: '/statistics'});
    const gate = givenGate();
    await page.route(requests, async request => {
      await gate.opened;
      await request.fulfill({
        status: 503,
        headers: {'Access-Control-Allow-Origin': '*', 'Content-Type': 'application/problem+json'},
        json: {title: 'Service Unavailable', status: 503},
      });
    });
    await page.evaluate(`location.hash = '#${route}'`);
    await page.getByRole('status').filter({hasText: 'Loading …'}).waitFor();
    gate.open();
    await readFailed(page).waitFor();
    expect(await page.getByText('The service is not available for the moment.').count()).toBe(1); // no notification repeats it
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await page.locator(list).count()).toBe(0);
    await page.unroute(requests);
    await page.locator(`${list} li`).first().waitFor();
    expect(await readFailed(page).count()).toBe(0);
    await page.context().close();
  });
});

test('a list whose reads fail while the socket lives says that it is old, and recovers by itself', async () => {
  await submitMany(stack, 3);
  const {page} = await openBackOffice(browser, stack);
  await rows(page).nth(2).waitFor();
  const shown = await rows(page).count();
  await page.route(LISTS, route => route.abort());
  const id = await submit(stack);
  await notUpToDate(page).getByText('The service cannot be reached.').waitFor();
  expect(await page.locator('#connection').getAttribute('data-state')).toBe('live');
  expect(await rows(page).count()).toBe(shown); // what was read stays
  const {y} = (await rows(page).first().boundingBox()) ?? {};
  await page.unroute(LISTS);
  await page.locator(`#inquiries li[data-id="${id}"]`).waitFor();
  await notUpToDate(page).waitFor({state: 'detached'});
  expect((await rows(page).first().boundingBox())?.y).toBe(y); // the notice was below the rows
  await page.context().close();
});

test('a list that the feed cannot keep up to date says so', async () => {
  await submit(stack);
  const {page} = await openBackOffice(browser, stack);
  await rows(page).first().waitFor();
  await page.route(/\/inquiries/, route => route.abort());
  await submit(stack);
  await page.locator('#connection[data-state=offline]').waitFor();
  await notUpToDate(page).waitFor();
  await page.unroute(/\/inquiries/);
  await page.evaluate("window.dispatchEvent(new Event('online'))");
  await notUpToDate(page).waitFor({state: 'detached'});
  await page.context().close();
});

test('toast and badge count alike, and the toast leads to a list that holds what came', async () => {
  const resolved = await submit(stack, {name: 'Resolved before'});
  await changeElsewhere(stack, resolved, {status: 'resolved'});
  const {page} = await openBackOffice(browser, stack);
  await page.getByLabel('Status').selectOption('resolved');
  await page.getByLabel('Order').selectOption('Oldest first');
  await eventually(async () => expect(await rows(page).count()).toBeGreaterThan(0));
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000); // each burst is one, however long it takes
  const ids = await submitMany(stack, 10, {name: 'Burst'});
  await page.getByRole('img', {name: '10 unread inquiries'}).waitFor();
  await page.clock.runFor(1000);
  await page.locator('#toasts').getByText('10 new inquiries').waitFor();
  ids.push(...(await submitMany(stack, 2, {name: 'Burst'})));
  await page.getByRole('img', {name: '12 unread inquiries'}).waitFor();
  await page.clock.runFor(1000);
  await page.locator('#toasts').getByText('12 new inquiries').waitFor();
  await page.clock.resume();
  await page.locator('#toasts').getByRole('button', {name: 'Show'}).click();
  for (const id of ids) await page.locator(`#inquiries li[data-id="${id}"]`).waitFor();
  expect(await page.getByLabel('Status').inputValue()).toBe('');
  expect(await page.getByLabel('Order').inputValue()).toBe('DESC');
  await page.context().close();
});

describe('a day', () => {
  /** The queries of the lists that are read from now on. */
  function recordQueries(page: Page): URLSearchParams[] {
    const queries: URLSearchParams[] = [];
    page.on('request', request => {
      if (LISTS.test(request.url())) queries.push(new URL(request.url()).searchParams);
    });
    return queries;
  }

  test('is asked for once it is whole: years of one to three digits are none', async () => {
    await submit(stack);
    const {page} = await openBackOffice(browser, stack, {timezoneId: 'America/Los_Angeles'});
    await rows(page).first().waitFor();
    const queries = recordQueries(page);
    await page.getByLabel('From').focus();
    await page.keyboard.type('11112026'); // the same in either order of day and month
    await eventually(() => expect(queries.at(-1)?.get('createdFrom')).toBe('2026-11-11T08:00:00.000Z'));
    expect(queries).toHaveLength(1);
    await page.context().close();
  });

  test('with more digits than a year has is no date: the field says so, and nothing is asked', async () => {
    await submit(stack);
    const {page, complaints} = await openBackOffice(browser, stack);
    await rows(page).first().waitFor();
    const queries = recordQueries(page);
    for (const label of ['From', 'To']) {
      // As a browser passes it on that does not keep to the field's limits.
      const name = label === 'From' ? 'createdFrom' : 'createdTo';
      await page.getByLabel(label, {exact: true}).focus();
      await page.evaluate(`(() => {
        const field = document.querySelector('[name=${name}]');
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, '20266-11-24');
        field.dispatchEvent(new Event('input', {bubbles: true}));
      })()`);
      await page.getByLabel(label, {exact: true}).blur();
      await page.getByText('This is no date: the list stays as it was.').first().waitFor();
    }
    expect(await page.getByText('This is no date: the list stays as it was.').count()).toBe(2);
    expect(queries).toEqual([]);
    expect(await readFailed(page).count()).toBe(0);
    await page.getByLabel('From').fill('2026-11-24');
    await eventually(() => expect(queries.at(-1)?.has('createdFrom')).toBe(true));
    expect(await page.getByText('This is no date: the list stays as it was.').count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('ends where the next one begins, also when its night begins at 01:00', async () => {
    const {page} = await openBackOffice(browser, stack, {timezoneId: 'Africa/Cairo'});
    const queries = recordQueries(page);
    await page.getByLabel('From').fill('2026-04-24');
    await eventually(() => expect(queries.at(-1)?.get('createdFrom')).toBe('2026-04-23T22:00:00.000Z')); // 01:00 there
    await page.getByLabel('To', {exact: true}).fill('2026-04-24');
    await eventually(() => expect(queries.at(-1)?.get('createdTo')).toBe('2026-04-24T21:00:00.000Z')); // 00:00 there
    await page.context().close();
  });
});

test('pages end where the service can page no further', async () => {
  await submit(stack);
  const {page} = await openBackOffice(browser, stack);
  const response = await page.context().request.get(`${stack.restUrl}/inquiries?limit=1`, {
    headers: {Authorization: `Bearer ${stack.token}`},
  });
  const row = ((await response.json()) as object[])[0];
  const offsets: number[] = [];
  await page.route(LISTS, async route => {
    const filter = new URL(route.request().url()).searchParams.get('filter') ?? '{}';
    const {offset = 0} = JSON.parse(filter) as {offset?: number};
    offsets.push(offset);
    const headers = {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'X-Total-Count',
      'X-Total-Count': '50644',
    };
    // Only of the last page it matters in how many requests it comes.
    await route.fulfill({headers, json: Array(offset < 9750 ? 1 : 100).fill(row)});
  });
  await page.getByLabel('Rows per page').selectOption('250');
  for (let number = 1; number < 40; number++) {
    await page.getByText(new RegExp(`^${(number * 250 - 249).toLocaleString('en')}–`)).waitFor();
    await page.getByRole('button', {name: 'Next page'}).click();
  }
  await page.getByText('9,751–10,000 of 50,644').waitFor();
  expect(await page.getByRole('button', {name: 'Next page'}).isDisabled()).toBe(true);
  await page.getByText('Only the first 10,000 can be paged through').waitFor();
  await eventually(() => expect(Math.max(...offsets)).toBe(9950));
  await page.context().close();
}, 60_000);
