// The pages of a list: how long they are, which rows these are, and to the previous and the next ones.
import NextIcon from '@mui/icons-material/ChevronRight';
import PreviousIcon from '@mui/icons-material/ChevronLeft';
import {Box, IconButton, TextField, Typography} from '@mui/material';
import {useListContext, useLocaleState, useTranslate} from 'react-admin';
import {formatCount} from '../i18n/counts';
import {MAX_OFFSET, PAGE_SIZES} from '../rest/list-query';

export function ListPages() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const list = useListContext();
  const {page, perPage, total = 0, setPage, setPerPage} = list;
  const {isTotalExact = true} = (list.meta ?? {}) as {isTotalExact?: boolean}; // of our data provider
  const from = (page - 1) * perPage + 1;
  const to = Math.min(page * perPage, total);
  const isEnd = page * perPage > MAX_OFFSET;
  return (
    <Box component="nav" aria-label={translate('outreach.pagination')} sx={{mt: 1}}>
      <Box sx={{display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'end', gap: 1}}>
        <TextField
          select
          size="small"
          label={translate('outreach.perPage')}
          value={perPage}
          onChange={event => setPerPage(Number(event.target.value))}
          slotProps={{select: {native: true}}}
          sx={{minWidth: '7.5rem'}} // its label's, which would be cut
        >
          {PAGE_SIZES.map(size => (
            <option key={size}>{size}</option>
          ))}
        </TextField>
        {/* Heard after a search, which changes nothing where the focus is. */}
        <Typography role="status">
          {translate('outreach.range', {
            from,
            to,
            total: formatCount({count: total, isExact: isTotalExact}, locale),
          })}
        </Typography>
        <Box sx={{whiteSpace: 'nowrap'}}>
          <IconButton
            aria-label={translate('outreach.previous')}
            disabled={page === 1}
            onClick={() => setPage(page - 1)}
          >
            <PreviousIcon />
          </IconButton>
          <IconButton
            aria-label={translate('outreach.next')}
            disabled={to >= total || isEnd}
            onClick={() => setPage(page + 1)}
          >
            <NextIcon />
          </IconButton>
        </Box>
      </Box>
      {isEnd && <Typography role="status">{translate('outreach.rangeEnd', {max: MAX_OFFSET})}</Typography>}
    </Box>
  );
}
