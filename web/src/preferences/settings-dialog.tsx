// Language, colours, sound, notifications and shortcuts.
import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Stack,
  Switch,
  TextField,
  Typography,
} from '@mui/material';
import {useState} from 'react';
import {useLocaleState, useStore, useTranslate} from 'react-admin';
import {LOCALES} from '../i18n/i18n-provider';
import {askForNotifications, canNotify, playSound} from '../live/attention';
import {useNotificationsPreference, useShortcutsPreference, useSoundPreference} from './preferences';

export default function SettingsDialog({onClose}: {onClose: () => void}) {
  const translate = useTranslate();
  const [locale, setLocale] = useLocaleState();
  const [theme, setTheme] = useStore<string | undefined>('theme', undefined); // react-admin's own name for it
  const [sound, setSound] = useSoundPreference();
  const [shortcuts, setShortcuts] = useShortcutsPreference();
  return (
    <Dialog open onClose={onClose} aria-labelledby="settings-title" fullWidth maxWidth="xs">
      <DialogTitle id="settings-title">{translate('outreach.settings.title')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{pt: 1}}>
          <Choice
            label={translate('outreach.settings.language')}
            value={locale}
            choices={LOCALES.map(({locale: value, name}) => [value, name])}
            onChoose={setLocale}
          />
          <Choice
            label={translate('outreach.settings.theme')}
            value={theme ?? 'system'}
            choices={['system', 'light', 'dark'].map(value => [value, translate(`outreach.settings.${value}`)])}
            onChoose={value => setTheme(value === 'system' ? undefined : value)}
          />
          <FormControlLabel
            label={translate('outreach.settings.sound')}
            control={
              <Switch
                checked={sound}
                onChange={(_, checked) => {
                  setSound(checked);
                  if (checked) playSound(); // how it sounds; and a click is what lets the page play it later
                }}
              />
            }
          />
          <NotificationsSwitch />
          <FormControlLabel
            label={translate('outreach.settings.shortcuts')}
            control={<Switch checked={shortcuts} onChange={(_, checked) => setShortcuts(checked)} />}
          />
          <Typography variant="body2" color="textSecondary">
            {translate('outreach.settings.stored')}
          </Typography>
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('outreach.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  choices: string[][];
  onChoose: (value: string) => void;
}

function Choice({label, value, choices, onChoose}: ChoiceProps) {
  return (
    <TextField
      select
      label={label}
      value={value}
      onChange={event => onChoose(event.target.value)}
      slotProps={{select: {native: true}}}
    >
      {choices.map(([name, text]) => (
        <option key={name} value={name}>
          {text}
        </option>
      ))}
    </TextField>
  );
}

function NotificationsSwitch() {
  const translate = useTranslate();
  const [notifications, setNotifications] = useNotificationsPreference();
  const [isPossible] = useState(canNotify);
  const [blocked, setBlocked] = useState(false);
  const change = async (checked: boolean) => {
    const allowed = checked && (await askForNotifications());
    setNotifications(allowed);
    setBlocked(checked && !allowed);
  };
  if (!isPossible) return null;
  return (
    <>
      <FormControlLabel
        label={translate('outreach.settings.notifications')}
        control={<Switch checked={notifications} onChange={(_, checked) => void change(checked)} />}
      />
      {blocked && <Typography role="alert">{translate('outreach.settings.notificationsBlocked')}</Typography>}
    </>
  );
}
