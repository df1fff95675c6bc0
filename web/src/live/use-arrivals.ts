// What a new inquiry sets off: it is unread, one toast tells of a whole burst, and those who asked for it hear a sound
// or get the browser's own notification. Of the tabs of a browser one plays the sound.
import {useEffect, useRef, useState} from 'react';
import {useTranslate} from 'react-admin';
import {useNotificationsPreference, useSoundPreference} from '../preferences/preferences';
import {claimSound, notifyWhileHidden, playSound} from './attention';
import {useFeed} from './feed';
import {useUnread} from './unread';

const BURST_MS = 1000;
const SHOWN_MS = 10_000;

/** What the toast tells; `topic` of the first, `count` of all since the toast came up. */
export interface Arrival {
  inquiryId: string;
  topic: string;
  count: number;
}

async function soundFor(inquiryId: string, isFirst: boolean): Promise<void> {
  if ((await claimSound(inquiryId)) && isFirst) playSound();
}

/** The present toast, and what dismisses it. */
export function useArrivals(): [Arrival | undefined, () => void] {
  const feed = useFeed();
  const translate = useTranslate();
  const {add} = useUnread();
  const [sound] = useSoundPreference();
  const [notifications] = useNotificationsPreference();
  const [shown, setShown] = useState<Arrival>();
  // The listener is set once; what it needs of the latest rendering comes from here.
  const latest = useRef({add, sound, notifications, translate});
  latest.current = {add, sound, notifications, translate};

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
      latest.current.add(inquiryId);
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
