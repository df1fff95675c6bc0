// The client's live list against real servers, with a record of what it showed.
import type {FeedSnapshot, InquiryFeed, InquiryFeedOptions, Toast} from '../../src/client/feed-types';
import {createInquiryFeed} from '../../src/client/inquiry-feed';
import {eventually} from './eventually';
import {onTeardown} from './teardown';

export interface WatchedFeed extends InquiryFeed {
  toasts: Toast[];
  /** Every state that was told. */
  snapshots: FeedSnapshot[];
  /** Resolves once the status is this one. */
  is: (status: FeedSnapshot['status'], timeoutMs?: number) => Promise<void>;
  /** Resolves once all of these are in the list. */
  shows: (...ids: string[]) => Promise<void>;
}

export function watchInquiries(options: InquiryFeedOptions): WatchedFeed {
  const feed = createInquiryFeed(options);
  onTeardown(async () => feed.close());
  const toasts: Toast[] = [];
  const snapshots: FeedSnapshot[] = [];
  feed.onToast(toast => toasts.push(toast));
  feed.subscribe(snapshot => snapshots.push(snapshot));
  return {
    ...feed,
    toasts,
    snapshots,
    is: (status, timeoutMs) => eventually(() => expect(feed.snapshot().status).toBe(status), timeoutMs),
    shows: (...ids) =>
      eventually(() => expect(feed.snapshot().inquiries.map(({id}) => id)).toEqual(expect.arrayContaining(ids))),
  };
}
