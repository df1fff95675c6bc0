// What the shortcuts are.
import {Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography} from '@mui/material';
import {useTranslate} from 'react-admin';
import {useShortcutsPreference} from '../preferences/preferences';

const KEYS = [
  ['j', 'down'],
  ['k', 'up'],
  ['Enter', 'open'],
  ['e', 'edit'],
  ['x', 'select'],
  ['/', 'search'],
  ['u', 'back'],
  ['?', 'help'],
] as const;

export default function HelpDialog({onClose}: {onClose: () => void}) {
  const translate = useTranslate();
  const [isOn] = useShortcutsPreference();
  return (
    <Dialog open onClose={onClose} aria-labelledby="help-title" fullWidth maxWidth="xs">
      <DialogTitle id="help-title">{translate('outreach.help.title')}</DialogTitle>
      <DialogContent>
        {!isOn && <Typography sx={{mb: 2}}>{translate('outreach.help.off')}</Typography>}
        <Typography component="dl" sx={{display: 'grid', gridTemplateColumns: 'auto 1fr', gap: 1.5, m: 0}}>
          {KEYS.map(([key, name]) => [
            <dt key={key}>
              <Typography component="kbd" sx={keyCap}>
                {key}
              </Typography>
            </dt>,
            <Typography component="dd" key={name} sx={{m: 0}}>
              {translate(`outreach.help.${name}`)}
            </Typography>,
          ])}
        </Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('outreach.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

const keyCap = {
  px: 1,
  border: 1,
  borderColor: 'text.secondary',
  borderRadius: 1,
  fontFamily: 'ui-monospace, monospace',
  fontSize: '0.9rem',
};
