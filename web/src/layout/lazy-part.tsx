// Pages and dialogs come in files of their own, which are fetched ahead; one that is not there waits for the network.
import {Box} from '@mui/material';
import {type ComponentType, lazy, useEffect, useSyncExternalStore} from 'react';
import {useTranslate} from 'react-admin';
import {prefetch, prefetchAll} from './prefetch';

type Load<P> = () => Promise<{default: ComponentType<P>}>;

/** As React's `lazy`; while the browser is offline, a file that could not be had is no failure. */
export function lazyPart<P>(load: Load<P>) {
  prefetch(load);
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
  useEffect(prefetchAll, []);
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
