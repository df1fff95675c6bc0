// The form around the filters of a list. On a phone only the first field shows until one asks for the others.
import FilterIcon from '@mui/icons-material/FilterList';
import {Box, Button} from '@mui/material';
import {type ReactNode, useState} from 'react';
import {useTranslate} from 'react-admin';
import {useFilters} from './use-filters';

export function FilterForm({first, children}: {first: ReactNode; children: ReactNode}) {
  const translate = useTranslate();
  const {isFiltered, clear} = useFilters();
  const [isOpen, setOpen] = useState(false);
  return (
    <Box component="form" role="search" aria-label={translate('outreach.filters')} onSubmit={keepPage} sx={grid}>
      {first}
      <Button
        startIcon={<FilterIcon />}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        sx={{display: {sm: 'none'}, justifySelf: 'start'}}
      >
        {translate('outreach.filters')}
      </Button>
      <Box sx={{display: {xs: isOpen ? 'contents' : 'none', sm: 'contents'}}}>{children}</Box>
      {isFiltered && <Button onClick={clear}>{translate('outreach.clearFilters')}</Button>}
    </Box>
  );
}

function keepPage(event: {preventDefault(): void}): void {
  event.preventDefault(); // Enter has nothing to send: what is typed applies by itself
}

const grid = {
  display: 'grid',
  gridTemplateColumns: {
    xs: 'repeat(2, minmax(0, 1fr))',
    sm: 'repeat(3, minmax(0, 1fr))',
    md: 'repeat(5, minmax(0, 1fr))',
  },
  gap: 1.5,
  mb: 2,
};
