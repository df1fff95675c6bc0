// What a browser tells of the page: it is visible again, the network is back, it returned from the back-forward cache.
// In Node there is none of it.

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
  /** The network is back, for everybody in the building at once. */
  onOnline: () => void;
}

/** Listens; what it returns ends that. */
export type WatchPage = (events: PageEvents) => () => void;

export const watchPage: WatchPage = ({onVisible, onOnline}) => {
  const page = globalThis as PageGlobals; // the DOM is not among the types: this runs in Node too
  const {document} = page;
  const onVisibility = () => {
    if (document?.visibilityState === 'visible') onVisible();
  };
  document?.addEventListener?.('visibilitychange', onVisibility);
  page.addEventListener?.('online', onOnline);
  page.addEventListener?.('pageshow', onVisible);
  return () => {
    document?.removeEventListener?.('visibilitychange', onVisibility);
    page.removeEventListener?.('online', onOnline);
    page.removeEventListener?.('pageshow', onVisible);
  };
};
