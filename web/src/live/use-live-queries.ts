// Keeps what react-admin has read in step with the feed: when an inquiry changed, lists are read again (they may show
// older ones than the feed holds), and so is the open inquiry if the feed knows a newer version of it. What could not be
// read is read again once the feed can.
import {useQueryClient} from '@tanstack/react-query';
import {useEffect, useRef} from 'react';
import type {Inquiry} from '../inquiries/inquiry-requests';
import {useFeedSnapshot} from './feed';

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
