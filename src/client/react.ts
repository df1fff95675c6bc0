// The package's entry `outreach/client/react`: the feed as a React hook.
import {useSyncExternalStore} from 'react';
import type {FeedSnapshot, InquiryFeed} from './feed-types';

/**
 * Renders again at each change of the feed. The feed is made and closed outside of the component, or in an effect: a
 * component that makes one in its body makes one at each render. On a server it gives the state of that moment.
 */
export function useInquiryFeed(feed: Pick<InquiryFeed, 'subscribe' | 'snapshot'>): FeedSnapshot {
  return useSyncExternalStore(feed.subscribe, feed.snapshot, feed.snapshot);
}
