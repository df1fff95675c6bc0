// What became of each inquiry of a bulk change.
import {Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography} from '@mui/material';
import {useTranslate} from 'react-admin';
import type {BulkResult} from './inquiry-requests';

/** `name` is known for the rows of the page that is shown; others are told by their id. */
export type NamedResult = BulkResult & {name?: string};

export function BulkResultsDialog({results, onClose}: {results: NamedResult[]; onClose: () => void}) {
  const translate = useTranslate();
  const updated = results.filter(({outcome}) => outcome === 'updated').length;
  const toText = ({outcome, allowed = []}: BulkResult) => {
    const names = allowed.map(status => translate(`outreach.status.${status}`)).join(', ');
    return translate(`outreach.bulk.${outcome}`, {allowed: names});
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby="bulk-title" fullWidth maxWidth="sm">
      <DialogTitle id="bulk-title">{translate('outreach.bulk.title')}</DialogTitle>
      <DialogContent>
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
              <bdi>{result.name ?? result.id}</bdi>: {toText(result)}
            </li>
          ))}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} autoFocus>
          {translate('outreach.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
