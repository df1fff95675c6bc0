// The toast about new inquiries: in a live region that is always there, so that screen readers hear what comes in.
import {Box, Button, IconButton, Paper} from '@mui/material';
import CloseIcon from '@mui/icons-material/Close';
import {useStoreContext, useTranslate} from 'react-admin';
import {useNavigate} from 'react-router-dom';
import {INQUIRY_LIST} from '../inquiries/inquiry-list-key';
import {goToTop} from '../lists/go-to-top';
import {type Arrival, useArrivals} from './use-arrivals';

export function Toasts() {
  const [arrival, dismiss] = useArrivals();
  const translate = useTranslate();
  const navigate = useNavigate();
  const showNewest = useShowNewest();
  const show = ({inquiryId, count}: Arrival) => {
    dismiss();
    if (count === 1) void navigate(`/inquiries/${inquiryId}/show`);
    else showNewest();
  };
  return (
    <Box
      role="status"
      id="toasts"
      sx={{
        position: 'fixed',
        right: 16,
        bottom: 'calc(16px + var(--bottom-bar, 0px))', // of the list, on a narrow screen
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

// To a list that holds them: of all inquiries, newest first, from the first page on, and with no selection to keep still.
function useShowNewest(): () => void {
  const navigate = useNavigate();
  const store = useStoreContext();
  return () => {
    const chosen = store.getItem<object>(INQUIRY_LIST);
    const newest = {filter: {}, displayedFilters: {}, page: 1, sort: 'createdAt', order: 'DESC'};
    store.setItem(INQUIRY_LIST, {...chosen, ...newest});
    store.setItem(`${INQUIRY_LIST}.selectedIds`, []);
    void navigate('/inquiries');
    goToTop();
  };
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
