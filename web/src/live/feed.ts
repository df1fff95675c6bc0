// The one live feed of the application, for all of its components.
import {createContext, useContext} from 'react';
import type {InquiryFeed} from 'outreach/client';
import {useInquiryFeed} from 'outreach/client/react';

const FeedContext = createContext<InquiryFeed | undefined>(undefined);
export const FeedProvider = FeedContext.Provider;

export function useFeed(): InquiryFeed {
  const feed = useContext(FeedContext);
  if (!feed) throw new Error('useFeed needs a FeedProvider above it');
  return feed;
}

/** The feed's present state; renders again with each new one. */
export function useFeedSnapshot() {
  return useInquiryFeed(useFeed());
}
