// What is shown in place of a dialog that failed; the page below it stays, with what was typed.
import {Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography} from '@mui/material';
import {type ReactNode, Suspense} from 'react';
import {useTranslate} from 'react-admin';
import {FailureBoundary} from './failure-boundary';

/** Around a dialog that is loaded when it is first opened. */
export function LazyDialog({children, onClose}: {children: ReactNode; onClose: () => void}) {
  const toFallback = (reset: () => void) => (
    <ErrorDialog
      onClose={() => {
        onClose();
        reset();
      }}
    />
  );
  return (
    <FailureBoundary fallback={toFallback}>
      <Suspense fallback={null}>{children}</Suspense>
    </FailureBoundary>
  );
}

function ErrorDialog({onClose}: {onClose: () => void}) {
  const translate = useTranslate();
  return (
    <Dialog open role="alertdialog" onClose={onClose} aria-labelledby="error-title" fullWidth maxWidth="xs">
      <DialogTitle id="error-title">{translate('outreach.failure.dialogTitle')}</DialogTitle>
      <DialogContent>
        <Typography>{translate('outreach.failure.dialogText')}</Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={() => location.reload()}>{translate('outreach.failure.reload')}</Button>
        <Button variant="contained" onClick={onClose} autoFocus>
          {translate('outreach.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
