// createInquiryFeed: a live list of inquiries that misses none. The gateway's events are hints that make it fast; the
// change feed over REST makes it complete. docs/client.md says what it promises.
import {browserSharing} from '../observation/observer-factory';
import {systemClock} from '../runtime/clock';
import {Feed, type FeedDependencies} from './feed';
import type {FeedSnapshot, InquiryFeed, InquiryFeedOptions} from '../feed-types';
import {reportUncaught} from '../runtime/listeners';
import {openConnection} from '../observation/observation-connection';
import {watchPageVisibility} from '../runtime/page-visibility';

const DEFAULT_LIMIT = 500;
const MAX_LIMIT = 5000;

/**
 * Starts at once and runs until close(). Throws TypeError for invalid options; later failures are in `status` and
 * `failure` of the snapshot, never an exception or a rejection.
 */
export function createInquiryFeed(options: InquiryFeedOptions): InquiryFeed {
  const sharing = options.shareSocket === false ? undefined : browserSharing();
  return startInquiryFeed(options, {clock: systemClock, openConnection, watchPageVisibility, sharing});
}

/** The same with other dependencies; not part of the package. */
export function startInquiryFeed(options: InquiryFeedOptions, dependencies: FeedDependencies): InquiryFeed {
  const {restUrl, gatewayUrl, getToken, topics, limit = DEFAULT_LIMIT} = options;
  check(options, limit);
  const feed = new Feed(
    {
      restUrl: withoutSlash(restUrl),
      gatewayUrl: withoutSlash(gatewayUrl),
      getToken,
      topics: topics && [...new Set(topics)],
      limit,
      fetch: options.fetch ?? ((url, init) => fetch(url, init)),
      onListenerError: options.onListenerError ?? reportUncaught,
    },
    dependencies,
  );
  return {
    subscribe: listener => feed.changes.add(listener),
    snapshot: () => feed.state.snapshot,
    ageMs: () => feed.state.ageMs(),
    onToast: listener => feed.hints.add(listener),
    refresh: () => feed.refresh(),
    close: () => feed.close(),
    [Symbol.asyncIterator]: () => iterate(feed),
  };
}

// The present snapshot first, then the latest after each change; ends when the feed is closed. Listens only while `next` is
// pending, so an abandoned iterator leaves nothing behind.
function iterate(feed: Feed): AsyncIterableIterator<FeedSnapshot, undefined> {
  let emitted: FeedSnapshot | undefined;
  let done = false;
  const waiting = new Set<() => void>();

  const next = async (): Promise<IteratorResult<FeedSnapshot, undefined>> => {
    while (!done && !feed.isClosed) {
      const {snapshot} = feed.state;
      if (snapshot !== emitted) {
        emitted = snapshot;
        return {done: false, value: snapshot};
      }
      await new Promise<void>(resolve => {
        const stops = [feed.changes.add(() => wake()), feed.closing.add(() => wake())];
        const wake = () => {
          stops.forEach(stop => stop());
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
      });
    }
    return {done: true, value: undefined};
  };
  const iterator: AsyncIterableIterator<FeedSnapshot, undefined> = {
    next,
    return: () => {
      done = true;
      waiting.forEach(wake => wake());
      return Promise.resolve({done: true, value: undefined});
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

// For callers without TypeScript.
function check({restUrl, gatewayUrl, getToken, topics}: Partial<InquiryFeedOptions>, limit: number): void {
  if (typeof restUrl !== 'string') throw new TypeError('restUrl must be a URL');
  if (typeof gatewayUrl !== 'string') throw new TypeError('gatewayUrl must be a URL');
  if (typeof getToken !== 'function') throw new TypeError('getToken must be a function');
  if (topics?.length === 0) throw new TypeError('topics must name at least one topic, or be left out');
  const isLimit = Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT;
  if (!isLimit) throw new TypeError(`limit must be a whole number from 1 to ${MAX_LIMIT}`);
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
