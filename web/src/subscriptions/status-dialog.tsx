// Asks before a subscription ends, since only the person can begin it again.
import {Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography} from '@mui/material';
import {type HttpError, useNotify, useRefresh, useTranslate, useUpdate} from 'react-admin';
import {explain} from '../rest/explain';
import type {Subscription} from './subscription-requests';

interface StatusDialogProps {
  subscription: Subscription;
  /** Nothing was changed. */
  onClose: () => void;
  /** It has ended, or somebody else has changed it meanwhile. */
  onChanged: () => void;
}

export function StatusDialog({subscription, onClose, onChanged}: StatusDialogProps) {
  const translate = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const [update, {isPending, error}] = useUpdate<Subscription, HttpError>();
  const {id, email, list} = subscription;
  const save = () =>
    void update(
      'subscriptions',
      {id, data: {status: 'unsubscribed'}, previousData: subscription},
      {
        mutationMode: 'pessimistic',
        onSuccess: ({status}) => {
          notify(translate('outreach.subscription.saved', {status: translate(`outreach.status.${status}`)}), {
            type: 'success',
          });
          refresh();
          onChanged();
        },
        onError: ({status}) => {
          if (status !== 412) return;
          notify(translate('outreach.subscription.changed'), {type: 'warning'});
          refresh();
          onChanged();
        },
      },
    );
  const close = () => {
    if (!isPending) onClose(); // what has been sent cannot be taken back: its outcome shows in a moment
  };
  return (
    <Dialog open onClose={close} aria-labelledby="status-title" fullWidth maxWidth="xs">
      <DialogTitle id="status-title">{translate('outreach.subscription.unsubscribeTitle', {email})}</DialogTitle>
      <DialogContent>
        <Typography>{translate('outreach.subscription.confirmUnsubscribe', {list})}</Typography>
        {error && error.status !== 412 && <Alert severity="error">{explain(error, translate)}</Alert>}
      </DialogContent>
      <DialogActions>
        <Button onClick={close} disabled={isPending}>
          {translate('outreach.cancel')}
        </Button>
        <Button variant="contained" onClick={save} disabled={isPending}>
          {translate('outreach.subscription.unsubscribe')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
