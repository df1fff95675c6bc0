// The client's live list against real servers, with a record of what it showed.
import type {FeedSnapshot, InquiryFeed, InquiryFeedOptions, InquiryHint} from '../../src/client/feed-types';
import {type Clock, systemClock} from '../../src/client/runtime/clock';
import {startInquiryFeed} from '../../src/client/live-list/inquiry-feed';
import {openConnection} from '../../src/client/observation/observation-connection';
import {watchPageVisibility} from '../../src/client/runtime/page-visibility';
import {eventually} from './eventually';
import {LONGEST_NEIGHBOUR_MS} from './feed';
import {onTeardown} from './teardown';

export interface WatchedFeed extends InquiryFeed {
  toasts: InquiryHint[];
  /** Every state that was emitted. */
  snapshots: FeedSnapshot[];
  /** Resolves once the status is this one. */
  is: (status: FeedSnapshot['status'], timeoutMs?: number) => Promise<void>;
  /** Resolves once all of these are in the list. */
  shows: (...ids: string[]) => Promise<void>;
}

/** Everything as in Node but the client's own time, of which an hour passes in two minutes. */
export const FAST_CLOCK: Clock = {
  ...systemClock,
  monotonic: () => systemClock.monotonic() * 30,
  after: (ms, run) => systemClock.after(ms / 30, run),
};

export function watchInquiries(options: InquiryFeedOptions, clock: Clock = systemClock): WatchedFeed {
  const feed = startInquiryFeed(options, {clock, openConnection, watchPageVisibility, sharing: undefined});
  onTeardown(async () => feed.close());
  const toasts: InquiryHint[] = [];
  const snapshots: FeedSnapshot[] = [];
  feed.onToast(toast => toasts.push(toast));
  feed.subscribe(snapshot => snapshots.push(snapshot));
  return {
    ...feed,
    toasts,
    snapshots,
    is: (status, timeoutMs) => eventually(() => expect(feed.snapshot().status).toBe(status), timeoutMs),
    shows: (...ids) =>
      eventually(
        () => expect(feed.snapshot().inquiries.map(({id}) => id)).toEqual(expect.arrayContaining(ids)),
        LONGEST_NEIGHBOUR_MS, // without an event it shows once the horizon has passed, with the read after that
      ),
  };
}
