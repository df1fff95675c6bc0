// A draft as a component reads and writes it.
import {useCallback} from 'react';
import {type Store, useStore, useStoreContext} from 'react-admin';

const PREFIX = 'drafts.';

export const isDraft = (key: string) => key.startsWith(PREFIX);

/** The draft, undefined when there is none; undefined takes it away. The second function never changes. */
export function useDraft<T>(name: string): [T | undefined, (value: T | undefined) => void] {
  const key = PREFIX + name;
  const [draft] = useStore<T>(key);
  const store = useStoreContext();
  const set = useCallback(
    (value: T | undefined) => {
      if (value === undefined) store.removeItem(key);
      else store.setItem(key, value);
    },
    [store, key],
  );
  return [draft, set];
}

/** Takes all drafts away, after the question if there are any; false when the answer is no. */
export function forgetDrafts(store: Store, question: string): boolean {
  const hasDrafts = Object.keys(store.listItems?.(PREFIX) ?? {}).length > 0;
  if (hasDrafts && !confirm(question)) return false;
  store.removeItems(PREFIX);
  return true;
}
