// The sound and the browser's notification of a new inquiry: only for who wants them, and without personal data. The
// browser's own audio and notifications are used; a script in the page writes down what they are asked for.
import type {Browser, BrowserContext, Page} from 'playwright-core';
import {openBackOffice, submit} from '../helpers/back-office';
import {givenBrowser} from '../helpers/browser';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';
import {eventually} from '../helpers/eventually';

const RECORDER = `
  window.heard = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...args) {
    start.apply(this, args);
    const tone = {hertz: this.frequency.value, ended: false, context: this.context};
    this.addEventListener('ended', () => (tone.ended = true)); // it has run: a context that may not play stands still
    window.heard.push(tone);
  };
  window.notified = [];
  window.Notification = class extends Notification {
    constructor(title, options) {
      super(title, options);
      const entry = {title, ...options, isShown: false};
      this.addEventListener('show', () => (entry.isShown = true));
      window.notified.push(entry);
    }
  };`;

interface Tone {
  hertz: number;
  ended: boolean;
}
interface Notified {
  title: string;
  body: string;
  isShown: boolean;
}

let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([givenStack(await givenStackDirectory()), givenBrowser()]);
}, 120_000);

async function openRecorded(options: {permissions?: string[]} = {}): Promise<Page> {
  const {page} = await openBackOffice(browser, stack, options);
  await page.context().addInitScript(RECORDER);
  await page.reload();
  await page.locator('#connection[data-state=live]').waitFor();
  return page;
}

const heard = (page: Page) => page.evaluate<Tone[]>('heard.map(({hertz, ended}) => ({hertz, ended}))');
const notified = (page: Page) => page.evaluate<Notified[]>('notified');
const toast = (page: Page) => page.locator('#toasts .toast');

async function turn(page: Page, name: string): Promise<void> {
  await page.getByRole('button', {name: 'Settings'}).click();
  await page.getByRole('switch', {name}).click();
}
async function closeSettings(page: Page): Promise<void> {
  await page.getByRole('button', {name: 'Close'}).click();
  await page.getByRole('dialog').waitFor({state: 'detached'});
}

// As a browser has it when another tab is in front; a page under test is always in front.
const hide = (page: Page) =>
  page.evaluate(`Object.defineProperty(document, 'visibilityState', {configurable: true, get: () => 'hidden'})`);

const close = (context: BrowserContext) => context.close();

test('nothing is heard or shown unless somebody wants it', async () => {
  const page = await openRecorded({permissions: ['notifications']});
  await page.getByRole('heading', {level: 1}).click(); // so that the browser would let it
  await hide(page);
  await submit(stack);
  await toast(page).waitFor();
  expect([await heard(page), await notified(page)]).toEqual([[], []]);
  await close(page.context());
});

test('the sound is played when it is turned on, and once for a burst', async () => {
  const page = await openRecorded();
  await turn(page, 'A sound for new inquiries');
  await closeSettings(page);
  const sound = [660, 880].map(hertz => ({hertz, ended: true}));
  await eventually(async () => expect(await heard(page)).toEqual(sound)); // how it sounds
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000); // the burst is one, however long it takes
  await Promise.all([submit(stack), submit(stack), submit(stack)]);
  await page.getByRole('img', {name: '3 unread inquiries'}).waitFor();
  await eventually(async () => expect(await heard(page)).toEqual([...sound, ...sound]));
  await page.clock.resume();
  await turn(page, 'A sound for new inquiries');
  await closeSettings(page);
  await submit(stack);
  await page.getByRole('img', {name: '4 unread inquiries'}).waitFor();
  expect(await heard(page)).toHaveLength(4);
  await close(page.context());
});

test('of two tabs one plays the sound', async () => {
  const first = await openRecorded();
  await turn(first, 'A sound for new inquiries');
  await closeSettings(first);
  await eventually(async () => expect(await heard(first)).toHaveLength(2)); // how it sounds
  const second = await first.context().newPage();
  await second.goto(first.url());
  await second.locator('#connection[data-state=live]').waitFor();
  await second.getByRole('heading', {level: 1}).click(); // so that the browser would let it
  await submit(stack);
  for (const page of [first, second]) await toast(page).waitFor();
  for (const page of [first, second]) await page.evaluate('navigator.locks.query()'); // each has asked, and knows
  expect([...(await heard(first)), ...(await heard(second))]).toHaveLength(4);
  await close(first.context());
});

test('what is read in one tab is unread in no other one of the person', async () => {
  const first = await openRecorded();
  const second = await first.context().newPage();
  await second.goto(first.url());
  await second.locator('#connection[data-state=live]').waitFor();
  for (const name of ['One', 'Two', 'Three']) await submit(stack, {name});
  for (const page of [first, second]) await page.getByRole('img', {name: '3 unread inquiries'}).waitFor();
  await first.getByRole('link', {name: 'Two'}).click();
  await second.getByRole('img', {name: '2 unread inquiries'}).waitFor();
  expect(await second.title()).toBe('(2) Inquiries · outreach');
  await second.getByRole('button', {name: 'Mark all as read'}).click();
  await first.locator('#unread').waitFor({state: 'detached'});
  await close(first.context());
});

test('the notification tells the topic only, and only while the page is hidden', async () => {
  const page = await openRecorded({permissions: ['notifications']});
  await turn(page, 'Notifications of the browser while this page is hidden');
  const isOn = () => page.getByRole('switch', {name: /^Notifications/}).isChecked();
  await eventually(async () => expect(await isOn()).toBe(true)); // the browser is asked first
  await closeSettings(page);
  await page.clock.install();
  await submit(stack, {topic: 'sales'});
  await toast(page).waitFor();
  expect(await notified(page)).toEqual([]);

  await toast(page).getByRole('button', {name: 'Dismiss'}).click();
  await page.clock.fastForward(2000); // the burst of the first is over
  await hide(page);
  await submit(stack, {topic: 'press', name: 'Very Secret', email: 'secret@example.org', message: 'Secret too'});
  await eventually(async () =>
    expect(await notified(page)).toEqual([
      {title: 'outreach', body: 'New inquiry: press', tag: 'inquiry-submitted', isShown: true},
    ]),
  );
  await close(page.context());
});

test('where the browser does not allow notifications, the option stays off and says why', async () => {
  const page = await openRecorded();
  await turn(page, 'Notifications of the browser while this page is hidden');
  await page.getByRole('alert').getByText('The browser has blocked notifications for this page.').waitFor();
  expect(await page.getByRole('switch', {name: /^Notifications/}).isChecked()).toBe(false);
  await close(page.context());
});
