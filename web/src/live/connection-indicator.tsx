// How far the view can be trusted: whether new inquiries come in at once, and how old it is.
import {Box} from '@mui/material';
import {useEffect, useState} from 'react';
import {useLocaleState, useTranslate} from 'react-admin';
import {formatAge} from '../i18n/dates';
import {useFeed, useFeedSnapshot} from './feed';

const TICK_MS = 1000;
const TEXTS = {
  live: 'outreach.live.live',
  'catching-up': 'outreach.live.connecting',
  polling: 'outreach.live.offline',
  offline: 'outreach.errors.unreachable',
  unauthorized: 'outreach.live.denied',
} as const;
/** For the failure `token-failed`: it is not the service that is away. */
const NO_ISSUER = 'outreach.signIn.unreachable';
const COLORS = {
  live: 'success.main',
  'catching-up': 'warning.main',
  polling: 'warning.main',
  offline: 'error.main',
  unauthorized: 'error.main',
} as const;

/** Only the state is announced; the age changes every second. */
export function ConnectionIndicator() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const {status, failure} = useFeedSnapshot();
  const ageMs = useAge();
  const age = Number.isFinite(ageMs) ? (formatAge(ageMs, locale) ?? translate('outreach.live.now')) : undefined;
  return (
    <Box
      id="connection"
      data-state={status}
      sx={{display: 'flex', flexWrap: 'wrap', columnGap: 1, fontSize: '0.875rem'}}
    >
      <Box role="status" sx={{display: 'flex', alignItems: 'center', gap: 0.75, fontWeight: 600}}>
        <Box aria-hidden sx={{width: 10, height: 10, borderRadius: '50%', bgcolor: COLORS[status]}} />
        {translate(failure === 'token-failed' ? NO_ISSUER : TEXTS[status])}
      </Box>
      <Box sx={{color: 'text.secondary'}}>
        {age === undefined ? translate('outreach.live.never') : translate('outreach.live.asOf', {age})}
      </Box>
    </Box>
  );
}

// Asked at each rendering: every second, and with each new state.
function useAge(): number {
  const feed = useFeed();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick(count => count + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return feed.ageMs();
}
