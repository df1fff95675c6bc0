// react-admin's store: preferences stay in this browser, drafts in this tab, everything else (what was searched for,
// which rows are selected) only in memory, because it may hold personal data.
import {localStorageStore, memoryStore, type Store} from 'react-admin';
import {createDraftStore} from '../drafts/draft-store';
import {isDraft} from '../drafts/use-draft';

const isPreference = (key: string) => key === 'theme' || key === 'locale' || key.startsWith('preferences.');

export function createPreferencesStore(): Store {
  const kept = localStorageStore('1', 'outreach');
  const forgotten = memoryStore();
  const drafts = createDraftStore();
  const storeOf = (key: string) => {
    if (isPreference(key)) return kept;
    return isDraft(key) ? drafts : forgotten;
  };
  return {
    setup: () => {
      kept.setup();
      forgotten.setup();
    },
    teardown: () => {
      kept.teardown();
      forgotten.teardown();
    },
    getItem: (key, defaultValue) => storeOf(key).getItem(key, defaultValue),
    setItem: (key, value) => storeOf(key).setItem(key, value),
    removeItem: key => storeOf(key).removeItem(key),
    removeItems: prefix => {
      forgotten.removeItems(prefix);
      drafts.removeItems(prefix);
    },
    listItems: prefix => ({
      ...kept.listItems?.(prefix),
      ...forgotten.listItems?.(prefix),
      ...drafts.listItems?.(prefix),
    }),
    // react-admin resets on sign-out; preferences are the browser's, not the person's
    reset: () => {
      forgotten.reset();
      drafts.reset();
    },
    subscribe: (key, callback) => storeOf(key).subscribe(key, callback),
  };
}
