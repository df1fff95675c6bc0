// What became of each inquiry of a change of many.
import {Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography} from '@mui/material';
import {useTranslate} from 'react-admin';
import {explain} from '../rest/explain';
import type {BulkResult} from './inquiry-requests';
import type {BulkOutcome} from './use-bulk-triage';

export function BulkResultsDialog({outcome, onClose}: {outcome: BulkOutcome; onClose: () => void}) {
  const translate = useTranslate();
  const {results, failure} = outcome;
  const updated = results.filter(({outcome}) => outcome === 'updated').length;
  const toText = ({outcome, allowed = []}: BulkResult) => {
    const names = allowed.map(status => translate(`outreach.status.${status}`)).join(', ');
    return translate(`outreach.bulk.${outcome}`, {allowed: names});
  };
  return (
    <Dialog open onClose={onClose} disableRestoreFocus aria-labelledby="bulk-title" fullWidth maxWidth="sm">
      <DialogTitle id="bulk-title">{translate('outreach.bulk.title')}</DialogTitle>
      <DialogContent>
        {failure && (
          <Alert severity="error" sx={{mb: 2}}>
            {translate('outreach.bulk.failed', {
              smart_count: failure.count,
              detail: explain(failure.error, translate),
            })}
          </Alert>
        )}
        {results.length > 0 && (
          <>
            <Typography role="status" sx={{mb: 1}}>
              {translate('outreach.bulk.summary', {updated, rest: results.length - updated})}
            </Typography>
            <Box
              component="ul"
              tabIndex={0}
              aria-labelledby="bulk-title"
              sx={{m: 0, pl: 2.5, maxHeight: '50vh', overflow: 'auto'}}
            >
              {results.map(result => (
                <li key={result.id} data-id={result.id} data-outcome={result.outcome}>
                  <bdi>{result.name}</bdi>: {toText(result)}
                </li>
              ))}
            </Box>
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} autoFocus>
          {translate('outreach.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
