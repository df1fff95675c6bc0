// The toast about new inquiries, one for a whole burst, in a live region that is always there, so that screen readers hear
// what comes in; with the sound and the browser's notification for those who asked for them. Of the tabs of a browser one
// plays the sound.
import {Box, Button, IconButton} from '@mui/material';
import CloseIcon from '@mui/icons-material/Close';
import {type ReactNode, useEffect, useRef, useState} from 'react';
import {useStoreContext, useTranslate} from 'react-admin';
import {useNavigate} from 'react-router-dom';
import {goToTop} from '../layout/page-heading';
import {listKeyOf} from '../lists/list-key';
import {useNotificationsPreference, useSoundPreference} from '../preferences/preferences';
import {claimSound, notifyWhileHidden, playSound} from './attention';
import {useFeed} from './feed';
import {Toast} from './toast';

const BURST_MS = 1000;
const SHOWN_MS = 10_000;

/** What the toast says: `topic` of the first inquiry, `count` of all since the toast came up. */
interface Arrival {
  inquiryId: string;
  topic: string;
  count: number;
}

/** `children`: other notices, above it. */
export function Toasts({children}: {children?: ReactNode}) {
  const [arrival, dismiss] = useArrivals();
  const translate = useTranslate();
  const navigate = useNavigate();
  const showNewest = useShowNewest();
  const show = ({inquiryId, count}: Arrival) => {
    dismiss();
    if (count === 1) void navigate(`/inquiries/${inquiryId}/show`);
    else showNewest();
  };
  return (
    <Box
      role="status"
      id="toasts"
      sx={{
        position: 'fixed',
        right: 16,
        bottom: 'calc(16px + var(--bottom-bar, 0px))', // of the list, on a narrow screen
        left: 16,
        zIndex: 'snackbar',
        display: 'grid',
        gap: 1,
        pointerEvents: 'none',
      }}
    >
      {children}
      {arrival && (
        <Toast className="toast">
          <Box sx={{flexGrow: 1, fontWeight: 600}}>
            {translate('outreach.live.toast', {smart_count: arrival.count, topic: arrival.topic})}
          </Box>
          <Button size="small" onClick={() => show(arrival)}>
            {translate('outreach.live.show')}
          </Button>
          <IconButton size="small" aria-label={translate('outreach.live.dismiss')} onClick={dismiss}>
            <CloseIcon fontSize="small" />
          </IconButton>
        </Toast>
      )}
    </Box>
  );
}

/** The present toast, and what dismisses it. */
function useArrivals(): [Arrival | undefined, () => void] {
  const feed = useFeed();
  const translate = useTranslate();
  const [sound] = useSoundPreference();
  const [notifications] = useNotificationsPreference();
  const [shown, setShown] = useState<Arrival>();
  // The listener is set once; what it needs of the latest rendering comes from here.
  const latest = useRef({sound, notifications, translate});
  latest.current = {sound, notifications, translate};

  const present = useRef<Arrival>(undefined);
  const dismiss = useRef(() => {
    present.current = undefined;
    setShown(undefined);
  }).current;

  useEffect(() => {
    let burstBegan = 0;
    let burst: ReturnType<typeof setTimeout> | undefined;
    let hide: ReturnType<typeof setTimeout> | undefined;
    const stop = feed.onToast(({inquiryId, topic}) => {
      clearTimeout(hide);
      hide = setTimeout(dismiss, SHOWN_MS);
      const {count = 0, ...first} = present.current ?? {inquiryId, topic};
      present.current = {...first, count: count + 1};
      // By the clock as well as by the timer, which browsers let run once a minute in a tab in the background.
      const now = performance.now();
      const isFirst = burst === undefined || now - burstBegan >= BURST_MS;
      // Within a burst too: what is in one tab's burst may begin another's.
      if (latest.current.sound) void soundFor(inquiryId, isFirst);
      if (!isFirst) return;
      burstBegan = now;
      setShown(present.current);
      clearTimeout(burst);
      // Once, at its end: a screen reader would read out every change of the text.
      burst = setTimeout(() => {
        burst = undefined;
        setShown(present.current);
      }, BURST_MS);
      const text = latest.current.translate('outreach.live.toast', {smart_count: 1, topic});
      if (latest.current.notifications) notifyWhileHidden(text);
    });
    return () => {
      stop();
      clearTimeout(burst);
      clearTimeout(hide);
    };
  }, [feed, dismiss]);
  return [shown, dismiss];
}

async function soundFor(inquiryId: string, isFirst: boolean): Promise<void> {
  if ((await claimSound(inquiryId)) && isFirst) playSound();
}

// To a list that holds them: of all inquiries, newest first, from the first page on, and with no selection to keep still.
function useShowNewest(): () => void {
  const navigate = useNavigate();
  const store = useStoreContext();
  return () => {
    const key = listKeyOf('inquiries');
    const chosen = store.getItem<object>(key);
    const newest = {filter: {}, displayedFilters: {}, page: 1, sort: 'createdAt', order: 'DESC'};
    store.setItem(key, {...chosen, ...newest});
    store.setItem(`${key}.selectedIds`, []);
    void navigate('/inquiries');
    goToTop();
  };
}
