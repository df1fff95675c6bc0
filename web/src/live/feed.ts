// The one live feed of the application, for all of its components.
import {createContext, useContext, useSyncExternalStore} from 'react';
import type {InquiryFeed} from './inquiry-feed';

const FeedContext = createContext<InquiryFeed | undefined>(undefined);
export const FeedProvider = FeedContext.Provider;

export function useFeed(): InquiryFeed {
  const feed = useContext(FeedContext);
  if (!feed) throw new Error('useFeed needs a FeedProvider above it');
  return feed;
}

/** The feed's present state; renders again with each new one. */
export function useFeedSnapshot() {
  const feed = useFeed();
  return useSyncExternalStore(feed.subscribe, feed.snapshot);
}
