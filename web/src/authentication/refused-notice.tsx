// Says on every page that the service accepts no token of this person any more, and lets them sign in again when they
// are ready: that leaves the page.
import {Alert, Button} from '@mui/material';
import {useTranslate} from 'react-admin';
import {useApplication} from '../layout/application-context';
import {useFeedSnapshot} from '../live/feed';

export function RefusedNotice() {
  const translate = useTranslate();
  const {signIn} = useApplication();
  const {status, failure} = useFeedSnapshot();
  // A token that lacks a scope (`forbidden`) is accepted: signing in again would bring the same.
  const isRefused = status === 'unauthorized' && failure !== 'forbidden';
  if (!isRefused) return null;
  return (
    <Alert
      severity="warning"
      sx={{mb: 2}}
      action={<Button onClick={signIn}>{translate('outreach.account.signInAgain')}</Button>}
    >
      {translate('outreach.account.refused')}
    </Alert>
  );
}
