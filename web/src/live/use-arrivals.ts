// What a new inquiry sets off: it is unread, one toast tells of a whole burst, and those who asked for it hear a sound
// or get the browser's own notification.
import {useEffect, useRef, useState} from 'react';
import {useTranslate} from 'react-admin';
import {useNotificationsPreference, useSoundPreference} from '../preferences/preferences';
import {notifyWhileHidden, playSound} from './attention';
import {useFeed} from './feed';
import {useUnread} from './unread';

const BURST_MS = 1000;
const SHOWN_MS = 10_000;

/** What the toast tells; `topic` of the first, `count` of all in the burst. */
export interface Arrival {
  inquiryId: string;
  topic: string;
  count: number;
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

  useEffect(() => {
    let burst: Arrival | undefined;
    let end: ReturnType<typeof setTimeout> | undefined;
    let hide: ReturnType<typeof setTimeout> | undefined;
    const finish = () => {
      // A screen reader would read out every change of the text, so it changes once, at the end of the burst.
      if (burst && burst.count > 1) setShown(burst);
      burst = undefined;
    };
    const stop = feed.onToast(({inquiryId, topic}) => {
      latest.current.add(inquiryId);
      clearTimeout(hide);
      hide = setTimeout(() => setShown(undefined), SHOWN_MS);
      if (burst) {
        burst = {...burst, count: burst.count + 1};
        return;
      }
      burst = {inquiryId, topic, count: 1};
      setShown(burst);
      end = setTimeout(finish, BURST_MS);
      if (latest.current.sound) playSound();
      const text = latest.current.translate('outreach.live.toast', {smart_count: 1, topic});
      if (latest.current.notifications) notifyWhileHidden(text);
    });
    return () => {
      stop();
      clearTimeout(end);
      clearTimeout(hide);
    };
  }, [feed]);
  return [shown, () => setShown(undefined)];
}
