// A page of the back office that remembers when each inquiry first stood in its list, and how many toasts it showed.
import path from 'node:path';
import type {Browser, Page} from 'playwright-core';

export interface WatchedPage {
  page: Page;
  /** When each inquiry was first in the list, in milliseconds since the epoch. */
  firstSeen(): Promise<Record<string, number>>;
  /** The ids in the list now, from the top; one that stands there twice is there twice. */
  rows(): Promise<string[]>;
  /** How many toasts were shown so far. */
  toasts(): Promise<number>;
  close(): Promise<void>;
}

/** What watch-page.js keeps in the page. */
interface Watch {
  seen: Record<string, number>;
  toasts: number;
}

/** Opens the back office with so many rows on a page of its list, which must not be empty; resolves once it says that it is live. */
export async function givenWatchedPage(browser: Browser, address: string, rows: number): Promise<WatchedPage> {
  const context = await browser.newContext({locale: 'en-GB'});
  const page = await context.newPage();
  await page.addInitScript({path: path.join(__dirname, 'watch-page.js')});
  await page.goto(address);
  await page.locator('#connection[data-state=live]').waitFor({timeout: 30_000});
  await page.getByLabel('Rows per page').selectOption(String(rows));
  const watch = () => page.evaluate<Watch>('window.watch');
  return {
    page,
    firstSeen: async () => (await watch()).seen,
    rows: () => page.evaluate(`[...document.querySelectorAll('#inquiries li[data-id]')].map(row => row.dataset.id)`),
    toasts: async () => (await watch()).toasts,
    close: () => context.close(),
  };
}
