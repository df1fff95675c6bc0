// Which inquiries came while this page was open and have not been opened yet: in memory, and of this person only.
import {useCallback} from 'react';
import {useStore} from 'react-admin';

const NONE: readonly string[] = [];

export interface Unread {
  ids: readonly string[];
  add: (id: string) => void;
  remove: (id: string) => void;
  clear: () => void;
}

export function useUnread(): Unread {
  const [ids, setIds] = useStore<readonly string[]>('unread', NONE);
  const add = useCallback((id: string) => setIds(before => (before.includes(id) ? before : [...before, id])), [setIds]);
  const remove = useCallback(
    (id: string) => setIds(before => (before.includes(id) ? before.filter(other => other !== id) : before)),
    [setIds],
  );
  const clear = useCallback(() => setIds(NONE), [setIds]);
  return {ids, add, remove, clear};
}
