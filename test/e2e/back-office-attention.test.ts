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
    this.addEventListener('ended', () => {
      tone.ended = true; // it has run: a context that may not play stands still
      window.onHeard?.();
    });
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
const notifications = (page: Page) => page.getByRole('switch', {name: /^Notifications/});
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

/** As a browser has it in a tab in the background. */
const LATE_TIMERS = `(() => {
  const start = window.setTimeout;
  window.setTimeout = (run, ms = 0, ...rest) => start(run, ms < 1000 ? ms : Math.max(ms, 60_000), ...rest);
})()`;

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

test('where the browser lets it, a page plays the sound before anything is clicked', async () => {
  const {page} = await openBackOffice(await givenBrowser(['--autoplay-policy=no-user-gesture-required']), stack);
  const context = page.context();
  await turn(page, 'A sound for new inquiries');
  await closeSettings(page);
  await page.close();
  // The page says by itself what it hears: whatever a test asks of it counts as a click.
  await context.addInitScript(`${RECORDER}
    window.onHeard = () => console.log('heard', navigator.userActivation.hasBeenActive);`);
  const untouched = await context.newPage();
  const said: string[] = [];
  untouched.on('console', message => said.push(message.text()));
  await untouched.goto(`${stack.webUrl}/back-office/`);
  await eventually(async () => {
    await submit(stack); // until it is live
    expect(said).toContain('heard false');
  });
  await close(context);
});

test('a tab whose timers run late, as in the background, plays and notifies for each burst', async () => {
  const page = await openRecorded({permissions: ['notifications']});
  await turn(page, 'Notifications of the browser while this page is hidden');
  await eventually(async () => expect(await notifications(page).isChecked()).toBe(true)); // the browser is asked first
  await closeSettings(page);
  await turn(page, 'A sound for new inquiries');
  await closeSettings(page);
  await eventually(async () => expect(await heard(page)).toHaveLength(2)); // how it sounds
  await hide(page);
  await page.evaluate(LATE_TIMERS);
  for (const count of [1, 2]) {
    await submit(stack);
    await page.getByRole('img', {name: `${count} unread`}).waitFor();
    await eventually(async () => expect(await heard(page)).toHaveLength(2 + 2 * count));
    expect(await notified(page)).toHaveLength(count);
    const now = await page.evaluate<number>('performance.now()');
    const isOver = async () => expect(await page.evaluate<number>('performance.now()')).toBeGreaterThan(now + 1000);
    await eventually(isOver); // the burst
  }
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

test('two people whom no token names read nothing for each other', async () => {
  const context = await browser.newContext({reducedMotion: 'reduce', locale: 'en-GB'});
  await context.addInitScript('window.atob = () => { throw new Error("The token is opaque."); }');
  const errors: string[] = [];
  const [first, second] = [await context.newPage(), await context.newPage()];
  for (const page of [first, second]) {
    page.on('pageerror', error => errors.push(error.message));
    await page.goto(`${stack.webUrl}/back-office/#/inquiries`);
    await page.locator('#connection[data-state=live]').waitFor();
  }
  await second.evaluate(`window.received = [];
    new BroadcastChannel('outreach.unread').onmessage = ({data}) => received.push(data)`);
  await submit(stack);
  for (const page of [first, second]) await page.getByRole('img', {name: '1 unread'}).waitFor();
  await first.getByRole('button', {name: 'Mark all as read'}).click();
  await first.evaluate(`new BroadcastChannel('outreach.unread').postMessage(null)`); // another release, say
  await eventually(async () => expect(await second.evaluate('received.length')).toBe(2));
  expect(errors).toEqual([]);
  await submit(stack);
  await second.getByRole('img', {name: '2 unread inquiries'}).waitFor();
  await close(context);
});

test('the notification shows the topic only, and only while the page is hidden', async () => {
  const page = await openRecorded({permissions: ['notifications']});
  await turn(page, 'Notifications of the browser while this page is hidden');
  await eventually(async () => expect(await notifications(page).isChecked()).toBe(true)); // the browser is asked first
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
  expect(await notifications(page).isChecked()).toBe(false);
  await close(page.context());
});
