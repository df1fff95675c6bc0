// What somebody has typed and not saved. It may be personal, so it goes no further than this tab: the tab's own storage
// keeps it over a reload and a new sign-in, and forgets it when the tab is closed. Where that storage is blocked or
// full, this page keeps it. While there is any, the browser asks before the page is left.
import type {Store} from 'react-admin';

const STORED_AS = 'outreach.drafts';

type Listener = (value: unknown) => void;

/** As react-admin's stores; its keys begin with `drafts.`. */
export function createDraftStore(): Store {
  const drafts = new Map(Object.entries(read()));
  const listeners = new Map<string, Set<Listener>>();
  const keep = (changed: Iterable<string>) => {
    write(Object.fromEntries(drafts));
    if (drafts.size > 0) addEventListener('beforeunload', ask);
    else removeEventListener('beforeunload', ask);
    for (const key of changed) for (const listener of listeners.get(key) ?? []) listener(drafts.get(key));
  };
  const removeItems = (prefix: string) => {
    const keys = [...drafts.keys()].filter(key => key.startsWith(prefix));
    for (const key of keys) drafts.delete(key);
    keep(keys);
  };
  keep([]);
  return {
    setup: () => undefined,
    teardown: () => undefined,
    getItem: <T>(key: string, defaultValue?: T) => (drafts.has(key) ? (drafts.get(key) as T) : defaultValue), // as it was set
    setItem: (key, value) => {
      drafts.set(key, value);
      keep([key]);
    },
    removeItem: key => {
      if (drafts.delete(key)) keep([key]);
    },
    removeItems,
    reset: () => removeItems(''),
    listItems: (prefix = '') => Object.fromEntries([...drafts].filter(([key]) => key.startsWith(prefix))),
    subscribe: (key, listener) => {
      const ofKey = listeners.get(key) ?? new Set();
      listeners.set(key, ofKey.add(listener));
      return () => void ofKey.delete(listener);
    },
  };
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function read(): Record<string, unknown> {
  try {
    return JSON.parse(sessionStorage.getItem(STORED_AS) ?? '{}') as Record<string, unknown>; // by `write`
  } catch {
    return {};
  }
}

function write(drafts: Record<string, unknown>): void {
  try {
    if (Object.keys(drafts).length > 0) sessionStorage.setItem(STORED_AS, JSON.stringify(drafts));
    else sessionStorage.removeItem(STORED_AS);
  } catch {
    // blocked or full
  }
}
