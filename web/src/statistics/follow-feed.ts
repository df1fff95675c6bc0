// Statistics follow the live feed.
import {useEffect, useRef} from 'react';
import {useFeedSnapshot} from '../live/feed';

/** Counting takes up to a request for each day and topic, so a burst of inquiries is counted once. */
export const LEAST_AGE_MS = 10_000;

/** Counts again when an inquiry came, changed or went. */
export function useFollowedFeed({dataUpdatedAt, refetch}: {dataUpdatedAt: number; refetch: () => unknown}): void {
  const {changes} = useFeedSnapshot();
  // Numbers of a visit just before may lack what has changed since, and react-query does not ask again so soon.
  const isOfEarlierVisit = Date.now() - dataUpdatedAt < LEAST_AGE_MS;
  const counted = useRef(isOfEarlierVisit ? undefined : changes);
  useEffect(() => {
    if (counted.current === changes) return undefined;
    const wait = dataUpdatedAt + LEAST_AGE_MS - Date.now();
    const timer = setTimeout(
      () => {
        counted.current = changes;
        void refetch();
      },
      Math.max(0, wait),
    );
    return () => clearTimeout(timer);
  }, [changes, dataUpdatedAt, refetch]);
}
