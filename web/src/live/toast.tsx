// What comes up at the bottom for a while: it takes no room of the page, and is as wide as the window on a phone.
import {Paper} from '@mui/material';
import type {ReactNode} from 'react';

export function Toast({className, children}: {className?: string; children: ReactNode}) {
  return (
    <Paper className={className} elevation={6} sx={toast}>
      {children}
    </Paper>
  );
}

const toast = {
  display: 'flex',
  alignItems: 'center',
  gap: 1,
  justifySelf: {xs: 'stretch', sm: 'center'}, // at neither end, where rows have what one presses
  minWidth: {sm: 360},
  p: 1,
  pl: 2,
  borderLeft: 4,
  borderColor: 'primary.main',
  pointerEvents: 'auto',
};
