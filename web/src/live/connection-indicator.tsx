// How far the view of inquiries can be trusted: whether new ones come in at once, and how old it is.
import {Box} from '@mui/material';
import {useTranslate} from 'react-admin';
import {useLocation} from 'react-router-dom';
import {useAgeText, useTicks} from './as-of';
import {useFeed, useFeedSnapshot} from './feed';

const TEXTS = {
  live: 'outreach.live.live',
  'catching-up': 'outreach.live.connecting',
  polling: 'outreach.live.offline',
  offline: 'outreach.errors.unreachable',
  unauthorized: 'outreach.live.signedOut',
} as const;
/** Where the failure says more than the state. */
const TEXTS_OF_FAILURES: Readonly<Record<string, string>> = {
  'token-failed': 'outreach.signIn.unreachable', // it is not the service that is away
  forbidden: 'outreach.live.denied',
};
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
  const {pathname} = useLocation();
  const feed = useFeed();
  const {status, failure} = useFeedSnapshot();
  useTicks();
  const age = useAgeText(feed.ageMs()); // asked at each rendering: every second, and with each new state
  const text = translate(TEXTS_OF_FAILURES[failure ?? ''] ?? TEXTS[status]);
  // The page of subscriptions says its own age; a sign-in that has ended is of every page.
  const hasEnded = status === 'unauthorized' && failure !== 'forbidden';
  const isOfInquiries = !pathname.startsWith('/subscriptions') || hasEnded;
  return (
    <Box
      id="connection"
      data-state={status}
      sx={{display: 'flex', flexWrap: 'wrap', columnGap: 1, fontSize: '0.875rem'}}
    >
      <Box role="status" sx={{display: 'flex', alignItems: 'center', gap: 0.75, fontWeight: 600}}>
        <Box aria-hidden sx={{width: 10, height: 10, borderRadius: '50%', bgcolor: COLORS[status], ...keepsColor}} />
        {/* Elements of their own: a browser that translates the page takes away a text node beside others, and React
            would go on writing into that. */}
        <span>{isOfInquiries ? text : translate('outreach.live.ofInquiries', {status: text})}</span>
      </Box>
      <Box sx={{color: 'text.secondary'}}>{age}</Box>
    </Box>
  );
}

const keepsColor = {forcedColorAdjust: 'none'} as const; // forced colours paint backgrounds as the page's own
