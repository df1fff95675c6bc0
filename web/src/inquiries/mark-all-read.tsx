// Takes away the marks of what came in; there only while there are some.
import {Button} from '@mui/material';
import {useTranslate} from 'react-admin';
import {useUnread} from '../live/unread';

export function MarkAllRead() {
  const translate = useTranslate();
  const {ids, clear} = useUnread();
  return ids.length > 0 ? <Button onClick={clear}>{translate('outreach.live.markRead')}</Button> : null;
}
