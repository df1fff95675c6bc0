// axe finds nothing against WCAG 2.2 AA on any page, in both colour schemes, on a phone and on a desktop.
// axe-core is MPL-2.0: a tool of this test alone, never shipped.
import {readFile} from 'node:fs/promises';
import type {Browser, Page} from 'playwright-core';
import {changeElsewhere, openBackOffice, submit, subscribe, subscribeAgain} from '../helpers/back-office';
import {givenBrowser} from '../helpers/browser';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let stack: RunningStack;
let browser: Browser;
let axe: string;
let id: string;

beforeAll(async () => {
  [stack, browser, axe] = await Promise.all([
    givenStack(await givenStackDirectory()),
    givenBrowser(),
    readFile(require.resolve('axe-core/axe.min.js'), 'utf8'),
  ]);
  id = await submit(stack, {subject: 'Price', company: 'Example Ltd', phone: '+49 30 1', metadata: {utm: 'x'}});
  await fetch(`${stack.restUrl}/inquiries/${id}/notes`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json', Authorization: `Bearer ${stack.token}`},
    body: JSON.stringify({note: 'Called back.'}),
  });
  await subscribe(stack, 'r@example.org');
  await subscribeAgain(stack, 'waits@example.org');
}, 120_000);

interface Violation {
  id: string;
  nodes: {target: string[]; failureSummary: string}[];
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe); // by the debugger, which no Content-Security-Policy stops
  const found = await page.evaluate<Violation[]>(
    `axe.run({runOnly: ${JSON.stringify(RULES)}}).then(({violations}) => JSON.parse(JSON.stringify(violations)))`,
  );
  return found.flatMap(({id: rule, nodes}) =>
    nodes.map(({target, failureSummary}) => `${rule}: ${target.join(' ')}: ${failureSummary}`),
  );
}

const openDialog = (name: string) => async (page: Page) => {
  await page.getByRole('button', {name}).click();
  await page.getByRole('dialog').waitFor();
};
const chooseNew = async (page: Page) => {
  const others = page.getByRole('button', {name: 'Filters'});
  if (await others.isVisible()) await others.click(); // on a phone
  await page.getByLabel('Status').selectOption('new');
};
const BACK_OFFICE: [name: string, route: string, prepare: (page: Page) => Promise<unknown>][] = [
  [
    'the list with a choice, a toast and the badge',
    '/inquiries',
    async page => {
      await page.locator('#inquiries input').first().check();
      await submit(stack);
      await page.locator('#toasts .toast').waitFor();
      await page.locator('#unread').waitFor();
    },
  ],
  [
    'a step that can be taken back',
    '/inquiries',
    async page => {
      const taken = await submit(stack, {name: 'Taken'});
      await page.locator(`#inquiries li[data-id="${taken}"]`).getByRole('button', {name: 'Take:'}).click();
      await page.getByRole('button', {name: 'Undo'}).waitFor();
    },
  ],
  [
    'a list with new rows that wait and one that has left',
    '/inquiries',
    async page => {
      const left = await submit(stack, {name: 'Left'});
      await chooseNew(page);
      await page.locator(`#inquiries li[data-id="${left}"]`).waitFor();
      await page.locator('#inquiries input').last().check();
      await changeElsewhere(stack, left, {status: 'resolved'});
      await submit(stack);
      await page.locator('#waiting button').waitFor();
      await page.getByText('No longer in this list.').waitFor();
    },
  ],
  [
    'a list that is not up to date',
    '/inquiries',
    async page => {
      await page.locator('#inquiries li').first().waitFor();
      await page.route(/\/inquiries\?/, route => route.abort());
      await submit(stack);
      await page.getByText('Not up to date').waitFor();
    },
  ],
  [
    'a list that waits for another filter',
    '/inquiries',
    async page => {
      await page.locator('#inquiries li').first().waitFor();
      await page.route(/status=new/, () => undefined);
      await chooseNew(page);
      await page.getByRole('progressbar').waitFor();
    },
  ],
  ['an inquiry', '/inquiries/ID/show', page => page.locator('[data-kind=note]').waitFor()],
  ['an address that leads nowhere', '/nowhere', page => page.getByRole('heading', {level: 1}).waitFor()],
  [
    'an inquiry that does not exist',
    '/inquiries/00000000-0000-7000-8000-000000000000/show',
    page => page.getByRole('alert').waitFor(),
  ],
  [
    'an inquiry that could not be read again',
    '/inquiries/ID/show',
    async page => {
      await page.route(`**/inquiries/${id}`, route => route.abort());
      await page.evaluate(`document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))`);
      await page.locator('#age').waitFor();
    },
  ],
  ['the list of subscriptions', '/subscriptions', page => page.locator('#subscriptions').waitFor()],
  [
    'a subscription with its history',
    '/subscriptions',
    async page => {
      await page.getByRole('link', {name: 'r@example.org'}).click();
      await page.locator('#consents li').first().waitFor();
    },
  ],
  [
    'the dialog that activates a subscription',
    '/subscriptions',
    async page => {
      await page.getByRole('link', {name: 'waits@example.org'}).click();
      await openDialog('Activate')(page);
    },
  ],
  ['the chart with its table', '/statistics', page => page.getByText('As a table').click()],
  ['the dialog of settings', '/statistics', openDialog('Settings')],
  ['the dialog of shortcuts', '/statistics', openDialog('Keyboard shortcuts')],
  [
    'the dialog of a conflict',
    '/inquiries',
    async page => {
      const contested = await submit(stack, {name: 'Contested'});
      await page.locator(`#inquiries li[data-id="${contested}"] a`).click();
      await page.getByRole('region', {name: 'Triage'}).getByLabel('Assignee').fill('grace');
      await changeElsewhere(stack, contested, {assignee: 'ada'});
      await page.getByRole('button', {name: 'Save', exact: true}).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  ['the dialog of the export', '/inquiries', openDialog('Export CSV')],
  [
    'an inquiry that a colleague has just changed',
    '/inquiries',
    async page => {
      const shared = await submit(stack, {name: 'Shared'});
      await page.locator(`#inquiries li[data-id="${shared}"] a`).click();
      await page.getByRole('region', {name: 'Triage'}).waitFor();
      await changeElsewhere(stack, shared, {assignee: 'ada'});
      await page.getByText('Somebody has just changed').waitFor();
    },
  ],
  [
    'a page that could not be loaded',
    '/inquiries',
    async page => {
      await page.route('**/assets/statistics-page-*.js', route => route.abort());
      await page.reload(); // pages come ahead
      await page.getByRole('link', {name: 'Statistics'}).click();
      await page.locator('#error-page').waitFor();
    },
  ],
  [
    'a dialog that could not be loaded',
    '/inquiries',
    async page => {
      await page.route('**/assets/help-dialog-*.js', route => route.abort());
      await page.reload(); // dialogs come ahead
      await page.getByRole('button', {name: 'Keyboard shortcuts'}).click();
      await page.getByRole('alertdialog').waitFor();
    },
  ],
  [
    'a list whose token is refused',
    '/inquiries',
    async page => {
      const headers = {'Access-Control-Allow-Origin': '*'};
      await page.route(`${stack.restUrl}/**`, route => route.fulfill({status: 401, headers, json: {}}));
      await page.getByRole('link', {name: 'Subscriptions'}).click();
      await page.getByRole('button', {name: 'Sign in again'}).waitFor();
      await page.getByText('Signed out').waitFor();
    },
  ],
  [
    'a sign-in that failed',
    '/inquiries',
    async page => {
      const oidc = {authority: 'https://issuer.test', clientId: 'x', scope: 'openid'}; // its policy lets nobody go there
      const fields = {restUrl: stack.restUrl, gatewayUrl: stack.gatewayUrl, topics: [], oidc};
      await page.route('**/config.json', route => route.fulfill({json: fields}));
      await page.reload();
      await page.getByText('The sign-in service cannot be reached.').waitFor();
    },
  ],
];
// Without script the browser posts the form itself, and shows what the service answers.
async function sendWithoutScript(page: Page, change: string, fields: Record<string, string>): Promise<void> {
  await page.route('**/*.js', route => route.abort());
  await page.reload();
  await page.evaluate(change);
  for (const [name, value] of Object.entries(fields)) await page.locator(`#inquiry-form [name=${name}]`).fill(value);
  await page.locator('#inquiry-form button[type=submit]').click();
}
const FILLED = {name: 'Ada', email: 'ada@example.org', message: 'Hello'};
const FORM: Record<string, (page: Page) => Promise<unknown>> = {
  '/': page => page.locator('#inquiry-form').waitFor(),
  '/#with-errors': async page => {
    await page.locator('#inquiry-form button[type=submit]').click();
    await page.locator('.outreach-error').first().waitFor();
  },
  '/#refused-without-script': async page => {
    await sendWithoutScript(page, '', {...FILLED, name: ' ', email: 'ada@localhost'}); // the browser lets it through
    await page.getByRole('heading', {level: 1, name: 'Please check what you typed'}).waitFor();
  },
  '/#mistaken-without-script': async page => {
    await sendWithoutScript(page, "document.querySelector('[name=_next]').name = 'budget (EUR)'", FILLED);
    await page.getByRole('heading', {level: 1, name: 'The form was not sent'}).waitFor();
  },
  '/#stored-without-script': async page => {
    await sendWithoutScript(page, "document.querySelector('[name=_next]').remove()", FILLED);
    await page.getByRole('heading', {level: 1, name: 'Thank you'}).waitFor();
    await page.getByRole('link', {name: /^Back to 127\.0\.0\.1:/}).waitFor();
  },
  '/thanks.html': page => page.getByRole('heading', {level: 1}).waitFor(),
};

describe.each(['light', 'dark'] as const)('in %s colours', colorScheme => {
  describe.each([360, 1440])('%i px wide', width => {
    const look = {colorScheme, viewport: {width, height: 800}};

    test.each(BACK_OFFICE)('%s has no barrier', async (_, route, prepare) => {
      const {page} = await openBackOffice(browser, stack, {route: route.replace('ID', id), ...look});
      await prepare(page);
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    });

    test.each(Object.entries(FORM))('the form’s page %s has no barrier', async (path, prepare) => {
      const page = await browser.newPage(look);
      await page.goto(stack.webUrl + path);
      await prepare(page);
      expect(await violations(page)).toEqual([]);
      await page.close();
    });
  });
});
