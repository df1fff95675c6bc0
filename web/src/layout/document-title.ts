// The title of the tab and of the history: the page, and how much is unread. It holds nothing of a visitor's, since
// browsers keep it.
import {useEffect} from 'react';
import {useTranslate} from 'react-admin';
import {useUnread} from '../live/unread';

/** `page` is its name in the chosen language. */
export function useDocumentTitle(page: string): void {
  const translate = useTranslate();
  const {ids} = useUnread();
  const title = translate('outreach.title', {page});
  useEffect(() => {
    document.title = ids.length > 0 ? `(${ids.length}) ${title}` : title; // seen on a tab in the background
  }, [ids.length, title]);
}
