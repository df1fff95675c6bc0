// How old something is, in words that keep up with the clock.
import {useEffect, useState} from 'react';
import {useLocaleState, useTranslate} from 'react-admin';
import {formatAge} from '../i18n/dates';

const TICK_MS = 1000;

/** "as of 5 seconds ago", for a moment in milliseconds since the epoch. */
export function AsOf({at}: {at: number}) {
  useTicks();
  return <>{useAgeText(Date.now() - at)}</>;
}

/** Renders again every second. */
export function useTicks(): void {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick(count => count + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
}

/** Infinity: nothing was ever read. */
export function useAgeText(ageMs: number): string {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  if (!Number.isFinite(ageMs)) return translate('outreach.live.never');
  return translate('outreach.live.asOf', {age: formatAge(ageMs, locale) ?? translate('outreach.live.now')});
}
