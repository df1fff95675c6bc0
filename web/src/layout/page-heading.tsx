// A page's heading: takes the focus when one comes from another page, so that a screen reader hears where it is.
import {Box, Typography} from '@mui/material';
import {type ReactNode, useEffect, useRef} from 'react';

let isFirstPage = true;

export function PageHeading({children, actions}: {children: ReactNode; actions?: ReactNode}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirstPage && !(document.activeElement instanceof HTMLInputElement)) heading.current?.focus();
    isFirstPage = false;
  }, []);
  return (
    <Box sx={{display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 2}}>
      <Typography ref={heading} component="h1" variant="h1" tabIndex={-1} sx={{flexGrow: 1, outline: 'none'}}>
        {children}
      </Typography>
      {actions}
    </Box>
  );
}
