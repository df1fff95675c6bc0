// createInquiryFeed: a live list of inquiries that misses none. The gateway's events are hints that make it quick; the
// feed of changes over REST makes it right. What it promises and what not: docs/client.md.
import {browserSharing} from '../observation/browser-sharing';
import {systemClock} from '../runtime/clock';
import {Feed, type FeedSurroundings} from './feed';
import type {InquiryFeed, InquiryFeedOptions} from '../feed-types';
import {iterate} from './iterate';
import {reportUncaught} from '../runtime/listeners';
import {openConnection} from '../observation/observation-connection';
import {watchPage} from '../runtime/page-visibility';

const DEFAULT_LIMIT = 500;
const MAX_LIMIT = 5000;

/**
 * Starts at once and goes on until close(). Throws TypeError for options that cannot work; whatever happens later is
 * told by `status` and `failure` of a snapshot, never by an exception or a rejection.
 */
export function createInquiryFeed(options: InquiryFeedOptions): InquiryFeed {
  const sharing = options.shareSocket === false ? undefined : browserSharing();
  return startInquiryFeed(options, {clock: systemClock, openConnection, watchPage, sharing});
}

/** The same in surroundings of the caller's choice; not part of the package. */
export function startInquiryFeed(options: InquiryFeedOptions, surroundings: FeedSurroundings): InquiryFeed {
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
    surroundings,
  );
  return {
    subscribe: listener => feed.changes.add(listener),
    snapshot: () => feed.state.snapshot,
    ageMs: () => feed.state.ageMs(),
    onToast: listener => feed.toasts.add(listener),
    refresh: () => feed.refresh(),
    close: () => feed.close(),
    [Symbol.asyncIterator]: () => iterate(feed),
  };
}

// Callers without TypeScript learn here what they left out.
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
