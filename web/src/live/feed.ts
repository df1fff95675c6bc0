// The one live feed of the application, for all of its components, and what keeps react-admin's lists in step with it.
import {useQueryClient} from '@tanstack/react-query';
import {createContext, useContext, useEffect, useRef} from 'react';
import type {InquiryFeed} from 'outreach/client';
import {useInquiryFeed} from 'outreach/client/react';
import type {Inquiry} from '../inquiries/inquiry-requests';

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

/**
 * When an inquiry changed, lists are read again (they may show older ones than the feed holds), and so is the open inquiry
 * if the feed has a newer version of it. What could not be read is read again once the feed can.
 */
export function useLiveQueries(): void {
  const queries = useQueryClient();
  const {inquiries, changes, failure} = useFeedSnapshot();
  const before = useRef(changes);
  useEffect(() => {
    if (before.current === changes) return;
    before.current = changes;
    void queries.invalidateQueries({queryKey: ['inquiries', 'getList']});
  }, [changes, queries]);
  useEffect(() => {
    const versions = new Map(inquiries.map(({id, version}) => [id, version]));
    void queries.invalidateQueries({
      queryKey: ['inquiries', 'getOne'],
      predicate: ({state}) => {
        const read = state.data as Inquiry | undefined; // what getOne of this resource has put there
        return read !== undefined && (versions.get(read.id) ?? 0) > read.version;
      },
    });
  }, [inquiries, queries]);
  useEffect(() => {
    if (failure !== undefined) return;
    void queries.refetchQueries({type: 'active', predicate: ({state}) => state.status === 'error'});
  }, [failure, queries]);
}
