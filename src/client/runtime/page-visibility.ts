// The browser's events of the page: visible again, network back, restored from the back-forward cache. Node has none of
// them.

interface EventSource {
  addEventListener?: (name: string, listener: () => void) => void;
  removeEventListener?: (name: string, listener: () => void) => void;
}
interface PageGlobals extends EventSource {
  document?: EventSource & {visibilityState: string};
}

export interface PageEvents {
  /** Somebody looks at the page again. */
  onVisible: () => void;
  /** The network is back, for many clients at once. */
  onOnline: () => void;
}

/** Adds the listeners; the result removes them. */
export type WatchPageVisibility = (events: PageEvents) => () => void;

export const watchPageVisibility: WatchPageVisibility = ({onVisible, onOnline}) => {
  const browser = globalThis as PageGlobals; // the DOM is not among the types: this runs in Node too
  const {document} = browser;
  const onVisibility = () => {
    if (document?.visibilityState === 'visible') onVisible();
  };
  document?.addEventListener?.('visibilitychange', onVisibility);
  browser.addEventListener?.('online', onOnline);
  browser.addEventListener?.('pageshow', onVisible);
  return () => {
    document?.removeEventListener?.('visibilitychange', onVisibility);
    browser.removeEventListener?.('online', onOnline);
    browser.removeEventListener?.('pageshow', onVisible);
  };
};
