// Takes away the marks of what came in; there only while there are some.
import {Button} from '@mui/material';
import {useTranslate} from 'react-admin';
import {focusHeading} from '../layout/page-heading';
import {useUnread} from '../live/unread';

export function MarkAllRead() {
  const translate = useTranslate();
  const {ids, clear} = useUnread();
  const markAll = () => {
    focusHeading(); // the button goes
    clear();
  };
  return ids.length > 0 ? <Button onClick={markAll}>{translate('outreach.live.markRead')}</Button> : null;
}
