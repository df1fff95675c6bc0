// The toast about new inquiries: in a live region that is always there, so that screen readers hear what comes in.
import {Box, Button, IconButton, Paper} from '@mui/material';
import CloseIcon from '@mui/icons-material/Close';
import {useTranslate} from 'react-admin';
import {useNavigate} from 'react-router-dom';
import {useArrivals} from './use-arrivals';

export function Toasts() {
  const [arrival, dismiss] = useArrivals();
  const translate = useTranslate();
  const navigate = useNavigate();
  const show = ({inquiryId, count}: {inquiryId: string; count: number}) => {
    dismiss();
    void navigate(count === 1 ? `/inquiries/${inquiryId}/show` : '/inquiries');
  };
  return (
    <Box
      role="status"
      id="toasts"
      sx={{
        position: 'fixed',
        right: 16,
        bottom: 16,
        left: 16,
        zIndex: 'snackbar',
        display: 'grid',
        pointerEvents: 'none',
      }}
    >
      {arrival && (
        <Paper className="toast" elevation={6} sx={toast}>
          <Box sx={{flexGrow: 1, fontWeight: 600}}>
            {translate('outreach.live.toast', {smart_count: arrival.count, topic: arrival.topic})}
          </Box>
          <Button size="small" onClick={() => show(arrival)}>
            {translate('outreach.live.show')}
          </Button>
          <IconButton size="small" aria-label={translate('outreach.live.dismiss')} onClick={dismiss}>
            <CloseIcon fontSize="small" />
          </IconButton>
        </Paper>
      )}
    </Box>
  );
}

const toast = {
  display: 'flex',
  alignItems: 'center',
  gap: 1,
  justifySelf: {xs: 'stretch', sm: 'end'},
  minWidth: {sm: 360},
  p: 1,
  pl: 2,
  borderLeft: 4,
  borderColor: 'primary.main',
  pointerEvents: 'auto',
};
