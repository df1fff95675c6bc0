// The export: what it will hold, how far it is, and stopping it.
import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  LinearProgress,
  Switch,
  Typography,
} from '@mui/material';
import {useState} from 'react';
import {useLocaleState, useTranslate} from 'react-admin';
import {formatNumber} from '../i18n/counts';
import {type ExportOfList, useExport} from './use-export';

export default function ExportDialog({onClose, ...list}: ExportOfList & {onClose: () => void}) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const [bom, setBom] = useState(false);
  const {progress, outcome, isRunning, start, stop} = useExport(list);
  const close = () => {
    stop();
    onClose();
  };
  return (
    <Dialog open onClose={close} aria-labelledby="export-title" fullWidth maxWidth="xs">
      <DialogTitle id="export-title">{translate('outreach.export.title')}</DialogTitle>
      <DialogContent>
        <Typography gutterBottom>{translate('outreach.export.text')}</Typography>
        <FormControlLabel
          label={translate('outreach.export.bom')}
          control={<Switch checked={bom} disabled={isRunning} onChange={(_, checked) => setBom(checked)} />}
        />
        {progress && (
          <>
            <LinearProgress
              variant="determinate"
              aria-labelledby="export-progress"
              value={progress.total === 0 ? 100 : (100 * progress.rows) / progress.total}
              sx={{my: 1}}
            />
            <Typography id="export-progress">
              {translate('outreach.export.progress', {
                rows: formatNumber(progress.rows, locale),
                total: formatNumber(progress.total, locale),
              })}
            </Typography>
          </>
        )}
        <div role="status">{outcome && <Alert severity={outcome.severity}>{outcome.text}</Alert>}</div>
      </DialogContent>
      <DialogActions>
        <Button onClick={isRunning ? stop : close}>
          <span>{translate(isRunning ? 'outreach.cancel' : 'outreach.close')}</span>
        </Button>
        <Button variant="contained" aria-disabled={isRunning} onClick={() => isRunning || start(bom)}>
          {translate('outreach.export.run')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
