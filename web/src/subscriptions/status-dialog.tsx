// Asks before a subscription ends, since only the person can begin it again, and why before it becomes active, since the
// history of consent says so for ever.
import {Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField, Typography} from '@mui/material';
import {useState} from 'react';
import {type HttpError, useNotify, useRefresh, useTranslate, useUpdate} from 'react-admin';
import {explain} from '../rest/explain';
import type {Subscription, SubscriptionPatch} from './subscription-requests';

/** What the back office can make of a subscription. */
export type NextStatus = SubscriptionPatch['status'];

interface StatusDialogProps {
  subscription: Subscription;
  status: NextStatus;
  /** Nothing was changed. */
  onClose: () => void;
  /** It has the status, or somebody else has changed it meanwhile. */
  onChanged: () => void;
}

export function StatusDialog({subscription, status, onClose, onChanged}: StatusDialogProps) {
  const translate = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const [update, {isPending, error}] = useUpdate<Subscription, HttpError>();
  const [typed, setTyped] = useState('');
  const {id, email, list} = subscription;
  const reason = typed.trim();
  const isComplete = status !== 'active' || reason !== '';
  const save = () =>
    void update(
      'subscriptions',
      {id, data: {status, ...(reason !== '' && {reason})}, previousData: subscription},
      {
        mutationMode: 'pessimistic',
        onSuccess: changed => {
          notify(translate('outreach.subscription.saved', {status: translate(`outreach.status.${changed.status}`)}), {
            type: 'success',
          });
          refresh();
          onChanged();
        },
        onError: failure => {
          if (failure.status !== 412) return;
          notify(translate('outreach.subscription.changed'), {type: 'warning'});
          refresh();
          onChanged();
        },
      },
    );
  const submit = (event: {preventDefault(): void}) => {
    event.preventDefault();
    if (isComplete && !isPending) save();
  };
  const close = () => {
    if (!isPending) onClose(); // what has been sent cannot be taken back: its outcome shows in a moment
  };
  return (
    <Dialog open onClose={close} aria-labelledby="status-title" fullWidth maxWidth="xs">
      <form onSubmit={submit}>
        <DialogTitle id="status-title" sx={{overflowWrap: 'anywhere'}}>
          {translate(`outreach.subscription.titles.${status}`, {email})}
        </DialogTitle>
        <DialogContent>
          <Typography>{translate(`outreach.subscription.questions.${status}`, {list})}</Typography>
          {status === 'active' && (
            <TextField
              multiline
              fullWidth
              required
              label={translate('outreach.fields.reason')}
              helperText={translate('outreach.subscription.reason')}
              value={typed}
              onChange={event => setTyped(event.target.value)}
              slotProps={{htmlInput: {maxLength: MAX_REASON}}}
              sx={{mt: 2}}
            />
          )}
          {error && error.status !== 412 && <Alert severity="error">{explain(error, translate)}</Alert>}
        </DialogContent>
        <DialogActions>
          <Button onClick={close} disabled={isPending}>
            {translate('outreach.cancel')}
          </Button>
          <Button type="submit" variant="contained" disabled={!isComplete || isPending}>
            {translate(`outreach.subscription.steps.${status}`)}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const MAX_REASON = 500; // the service's
