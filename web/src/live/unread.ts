// Which inquiries came while this page was open and have not been opened yet: in memory, and of this person only.
import {useCallback, useEffect} from 'react';
import {useStore, useStoreContext} from 'react-admin';
import {useFeedSnapshot} from './feed';

const KEY = 'unread';
const NONE: readonly string[] = [];

export interface Unread {
  ids: readonly string[];
  add: (id: string) => void;
  remove: (id: string) => void;
  clear: () => void;
}

export function useUnread(): Unread {
  const [ids] = useStore<readonly string[]>(KEY, NONE);
  const store = useStoreContext();
  // Not by useStore's setter, which starts from what was rendered last: of a burst, most would be forgotten.
  const change = useCallback(
    (next: (before: readonly string[]) => readonly string[]) => {
      const before = store.getItem<readonly string[]>(KEY, NONE) ?? NONE;
      const after = next(before);
      if (after !== before) store.setItem(KEY, after);
    },
    [store],
  );
  const add = useCallback((id: string) => change(before => (before.includes(id) ? before : [...before, id])), [change]);
  const remove = useCallback(
    (id: string) => change(before => (before.includes(id) ? before.filter(other => other !== id) : before)),
    [change],
  );
  const clear = useCallback(() => change(() => NONE), [change]);
  return {ids, add, remove, clear};
}

/** What a colleague has taken on or ended waits for nobody any more. */
export function useReadElsewhere(): void {
  const {inquiries} = useFeedSnapshot();
  const {ids, remove} = useUnread();
  useEffect(() => {
    const waiting = new Set(ids);
    for (const {id, status} of inquiries) if (waiting.has(id) && status !== 'new') remove(id);
  }, [inquiries, ids, remove]);
}
