// Pages and dialogs come in files of their own. Each is fetched ahead when the browser has nothing else to do, so that one
// that is first opened without a network is there; one that is not waits for the network.
import {Box} from '@mui/material';
import {type ComponentType, lazy, useEffect, useSyncExternalStore} from 'react';
import {useTranslate} from 'react-admin';

type Load<P> = () => Promise<{default: ComponentType<P>}>;

const NO_IDLE_CALLBACK_MS = 2000;

const loads: Load<never>[] = [];

/** As React's `lazy`; while the browser is offline, a file that could not be had is no failure. */
export function lazyPart<P>(load: Load<P>) {
  loads.push(load as Load<never>); // only called
  return lazy(() => whenOnline(load));
}

async function whenOnline<P>(load: Load<P>): Promise<{default: ComponentType<P>}> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (navigator.onLine) throw error; // its page says so
      await new Promise(resolve => addEventListener('online', resolve, {once: true}));
    }
  }
}

/** Fetches all parts, once the browser has nothing else to do. */
export function usePrefetchedParts(): void {
  useEffect(() => {
    const start = () => void fetchAll();
    if ('requestIdleCallback' in window) requestIdleCallback(start);
    else setTimeout(start, NO_IDLE_CALLBACK_MS); // Safari
  }, []);
}

// One after the other, behind what the page itself reads; a part may bring further ones.
async function fetchAll(): Promise<void> {
  for (const load of loads) await load().catch(() => undefined); // tried again when it is opened
}

/** In place of a page that is not there yet. */
export function LoadingPage() {
  const translate = useTranslate();
  return <Box role="status">{translate(useOnline() ? 'outreach.loading' : 'outreach.errors.awaitsNetwork')}</Box>;
}

/** What the browser says; true does not mean that anything can be reached. */
export function useOnline(): boolean {
  return useSyncExternalStore(watchNetwork, () => navigator.onLine);
}

function watchNetwork(onChange: () => void): () => void {
  const events = ['online', 'offline'];
  for (const event of events) addEventListener(event, onChange);
  return () => events.forEach(event => removeEventListener(event, onChange));
}
