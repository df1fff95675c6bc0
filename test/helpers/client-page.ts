// Pages that use the built client in a real browser: a web server of their own with the standalone bundle, and in each
// page a live list whose state the test can read.
import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import type {BrowserContext, Page} from 'playwright-core';
import type {FeedSnapshot, InquiryFeed, InquiryHint} from '../../src/client/feed-types';
import {eventually} from './eventually';
import {onTeardown} from './teardown';

const DIST = path.resolve(__dirname, '../../packages/client/dist');
const PAGE = `<!doctype html><title>Live list</title><div id="root"></div><script type="module">
  import {createInquiryFeed} from '/standalone.mjs';
  window.posted = [];
  const post = BroadcastChannel.prototype.postMessage;
  BroadcastChannel.prototype.postMessage = function (message) {
    window.posted.push(JSON.stringify([this.name, message]));
    post.call(this, message);
  };
  window.watch = ({token, ...options}) => {
    window.toasts = [];
    window.feed = createInquiryFeed({...options, getToken: () => token});
    window.feed.onToast(toast => window.toasts.push(toast));
  };
</script>`;

declare global {
  // What the page's script defines.
  var watch: (options: {token: string; restUrl: string; gatewayUrl: string; topics?: string[]}) => void;
  var feed: InquiryFeed;
  var toasts: InquiryHint[];
  var posted: string[];
}

export interface PageServer {
  origin: string;
  /** More to serve: a path and its JavaScript. */
  scripts: Map<string, string>;
}

/** Serves `/`, `/standalone.mjs` and what is put into `scripts`, each as `/<name>` and as a page `/<name>.html`. */
export async function givenPageServer(): Promise<PageServer> {
  const scripts = new Map([['standalone.mjs', await readFile(path.join(DIST, 'standalone.mjs'), 'utf8')]]);
  const server = createServer((request, response) => {
    const script = scripts.get(request.url?.slice(1) ?? '');
    response.setHeader('Content-Type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? PAGE);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTeardown(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return {origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, scripts}; // it listens on a port
}

export interface FeedPage {
  page: Page;
  snapshot: () => Promise<FeedSnapshot>;
  is: (status: FeedSnapshot['status'], timeoutMs?: number) => Promise<void>;
  shows: (...ids: string[]) => Promise<void>;
  toastedIds: () => Promise<string[]>;
  /** All that this tab sent to the others. */
  posted: () => Promise<string[]>;
}

/** A tab with a live list. */
export async function openFeedPage(
  context: BrowserContext,
  origin: string,
  options: Parameters<typeof watch>[0],
): Promise<FeedPage> {
  const page = await context.newPage();
  await page.goto(origin);
  await page.waitForFunction(() => 'watch' in globalThis);
  await page.evaluate(given => globalThis.watch(given), options);
  const snapshot = () => page.evaluate(() => globalThis.feed.snapshot());
  return {
    page,
    snapshot,
    is: (status, timeoutMs) => eventually(async () => expect((await snapshot()).status).toBe(status), timeoutMs),
    shows: (...ids) =>
      eventually(async () =>
        expect((await snapshot()).inquiries.map(({id}) => id)).toEqual(expect.arrayContaining(ids)),
      ),
    toastedIds: () => page.evaluate(() => globalThis.toasts.map(({inquiryId}) => inquiryId)),
    posted: () => page.evaluate(() => globalThis.posted),
  };
}
