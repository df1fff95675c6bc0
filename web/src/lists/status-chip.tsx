// A status as a small label; its text says it, the colour only helps.
import {Chip} from '@mui/material';
import {useTranslate} from 'react-admin';

const COLORS = {
  new: 'info',
  in_progress: 'warning',
  resolved: 'success',
  spam: 'default',
  active: 'success',
  pending: 'warning',
  unsubscribed: 'default',
} as const;

export function StatusChip({status}: {status: keyof typeof COLORS}) {
  const translate = useTranslate();
  return (
    <Chip
      size="small"
      variant="outlined"
      color={COLORS[status]}
      label={translate(`outreach.status.${status}`)}
      data-status={status}
    />
  );
}
