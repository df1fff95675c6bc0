// What the last step was, with Undo for as long as it shows.
import CloseIcon from '@mui/icons-material/Close';
import {Box, Button, IconButton} from '@mui/material';
import {useEffect} from 'react';
import {useStore, useTranslate} from 'react-admin';
import {focusHeading} from '../layout/page-heading';
import {Toast} from '../live/toast';
import {LAST_STEP, type SavedStep, useSteps} from './use-steps';

const SHOWN_MS = 10_000;

export function StepNotice() {
  const translate = useTranslate();
  const [saved, setSaved] = useStore<SavedStep | undefined>(LAST_STEP);
  const {undo} = useSteps();
  useEffect(() => {
    if (!saved) return undefined;
    const timer = setTimeout(() => setSaved(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [saved, setSaved]);
  if (!saved) return null;
  const leave = (action: () => unknown) => () => {
    focusHeading({preventScroll: true}); // the button goes
    void action();
  };
  return (
    <Toast className="step">
      <Box sx={{flexGrow: 1, fontWeight: 600}}>
        {translate(`outreach.steps.done.${saved.step}`)} <bdi>{saved.before.name}</bdi>
      </Box>
      <Button size="small" sx={{flexShrink: 0}} onClick={leave(() => undo(saved))}>
        {translate('outreach.steps.undo')}
      </Button>
      <IconButton
        size="small"
        aria-label={translate('outreach.live.dismiss')}
        onClick={leave(() => setSaved(undefined))}
      >
        <CloseIcon fontSize="small" />
      </IconButton>
    </Toast>
  );
}
