// Which inquiries came while this page was open and have not been opened yet: in memory, and of this person only. The
// tabs of a browser send each other which ones their person has read.
import {useCallback, useEffect} from 'react';
import {useStore, useStoreContext} from 'react-admin';
import {useApplication} from '../layout/application-context';
import {useFeed, useFeedSnapshot} from './feed';

const KEY = 'unread';
const NONE: readonly string[] = [];

/** What was read in one tab; ids alone travel. Two tabs may have two people signed in, or one that no token names. */
interface ReadMessage {
  userId: string | undefined;
  ids: readonly string[];
}
const otherTabs = 'BroadcastChannel' in window ? new BroadcastChannel('outreach.unread') : undefined;
/** A tab may learn that an inquiry has been read before it learns of the inquiry. */
const wasRead = new Set<string>();

export interface Unread {
  ids: readonly string[];
  add: (id: string) => void;
  remove: (id: string) => void;
  clear: () => void;
}

export function useUnread(): Unread {
  const [ids] = useStore<readonly string[]>(KEY, NONE);
  const store = useStoreContext();
  const {userId} = useApplication();
  const takeAway = useTakeAway();
  // Not by useStore's setter, which starts from what was rendered last: of a burst, most would be forgotten.
  const add = useCallback(
    (id: string) => {
      const before = store.getItem<readonly string[]>(KEY, NONE) ?? NONE;
      if (!wasRead.has(id) && !before.includes(id)) store.setItem(KEY, [...before, id]);
    },
    [store],
  );
  const read = useCallback(
    (these: readonly string[]) => {
      takeAway(these);
      otherTabs?.postMessage({userId, ids: these} satisfies ReadMessage);
    },
    [takeAway, userId],
  );
  const remove = useCallback((id: string) => read([id]), [read]);
  const clear = useCallback(() => read(store.getItem<readonly string[]>(KEY, NONE) ?? NONE), [read, store]);
  return {ids, add, remove, clear};
}

/** Adds what comes in; removes what is read in this person's other tabs, and what colleagues take on or end. */
export function useUnreadUpdates(): void {
  const feed = useFeed();
  const {inquiries} = useFeedSnapshot();
  const {ids, add} = useUnread();
  const {userId} = useApplication();
  const takeAway = useTakeAway();
  useEffect(() => feed.onToast(({inquiryId}) => add(inquiryId)), [feed, add]);
  useEffect(() => {
    const waiting = new Set(ids);
    const taken = inquiries.filter(({id, status}) => waiting.has(id) && status !== 'new');
    if (taken.length > 0) takeAway(taken.map(({id}) => id));
  }, [inquiries, ids, takeAway]);
  useEffect(() => {
    const follow = ({data}: MessageEvent<ReadMessage | null>) => {
      if (userId !== undefined && data?.userId === userId) takeAway(data.ids);
    };
    otherTabs?.addEventListener('message', follow);
    return () => otherTabs?.removeEventListener('message', follow);
  }, [userId, takeAway]);
}

function useTakeAway(): (ids: readonly string[]) => void {
  const store = useStoreContext();
  return useCallback(
    (ids: readonly string[]) => {
      for (const id of ids) wasRead.add(id);
      const before = store.getItem<readonly string[]>(KEY, NONE) ?? NONE;
      const after = before.filter(id => !wasRead.has(id));
      if (after.length < before.length) store.setItem(KEY, after);
    },
    [store],
  );
}
