// "5 new – show": new rows that wait while somebody works with the list. It takes no room, so that nothing moves.
import {Box, Button} from '@mui/material';
import {useListContext, useTranslate} from 'react-admin';
import {useSteadyList} from './steady-list';

export function WaitingRows() {
  const translate = useTranslate();
  const {perPage} = useListContext();
  const {waiting, showWaiting} = useSteadyList();
  const count = waiting < perPage ? waiting : `${perPage}+`;
  return (
    <Box role="status" id="waiting" sx={place}>
      {waiting > 0 && (
        <Button
          variant="contained"
          size="small"
          onClick={showWaiting}
          sx={{flexShrink: 0, mt: {xs: 5, lg: 1.5}, borderRadius: 8, boxShadow: 3}}
        >
          {translate('outreach.waiting', {count})}
        </Button>
      )}
    </Box>
  );
}

const place = {
  position: 'sticky',
  top: 0,
  zIndex: 3, // above the bar of a change of many
  height: 0,
  display: 'flex',
  alignItems: 'start',
  justifyContent: {xs: 'end', md: 'center'}, // at neither end, where rows have what one presses
  pr: 1.5,
};
