// react-admin's store: preferences stay in this browser, everything else (what was searched for, which rows are chosen)
// only in memory, because it may hold personal data.
import {localStorageStore, memoryStore, type Store} from 'react-admin';

const isPreference = (key: string) => key === 'theme' || key === 'locale' || key.startsWith('preferences.');

export function createPreferencesStore(): Store {
  const kept = localStorageStore('1', 'outreach');
  const forgotten = memoryStore();
  const storeOf = (key: string) => (isPreference(key) ? kept : forgotten);
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
    removeItems: prefix => forgotten.removeItems(prefix),
    listItems: prefix => ({...kept.listItems?.(prefix), ...forgotten.listItems?.(prefix)}),
    reset: () => forgotten.reset(), // react-admin resets on sign-out; preferences are the browser's, not the person's
    subscribe: (key, callback) => storeOf(key).subscribe(key, callback),
  };
}
