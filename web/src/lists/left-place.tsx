// The place of a row that has left the list while the others stay where they are: as high as the row was.
import {Box} from '@mui/material';
import {useTranslate} from 'react-admin';

export function LeftPlace() {
  const translate = useTranslate();
  return (
    <Box className="left" sx={text}>
      {translate('outreach.left')}
    </Box>
  );
}

/** Of the row around it: its content keeps the height, unseen and out of reach. */
export const leftPlace = {'& > :not(.left)': {visibility: 'hidden'}, '&:hover': {bgcolor: 'transparent'}};

const text = {position: 'absolute', inset: 0, display: 'flex', alignItems: 'center', px: 2, color: 'text.secondary'};
