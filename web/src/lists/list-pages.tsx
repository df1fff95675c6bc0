// The pages of a list: how long they are, which rows these are, and to the previous and the next ones.
import NextIcon from '@mui/icons-material/ChevronRight';
import PreviousIcon from '@mui/icons-material/ChevronLeft';
import {Box, IconButton, TextField, Typography} from '@mui/material';
import {MAX_OFFSET} from 'outreach/client';
import {useListContext, useLocaleState, useTranslate} from 'react-admin';
import {formatCount, formatNumber} from '../i18n/counts';
import type {ListMeta} from '../rest/data-provider';

/** How many rows a page may have. */
const PAGE_SIZES = [25, 50, 100, 250];

export function ListPages() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const list = useListContext();
  const {page, perPage, total = 0, isPlaceholderData, setPage, setPerPage} = list;
  const {isTotalExact = true} = (list.meta ?? {}) as ListMeta; // of our data provider
  const from = (page - 1) * perPage + 1;
  const to = Math.min(page * perPage, total, MAX_OFFSET);
  const isEnd = to === MAX_OFFSET && total > to;
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
        {/* Heard after a search, which changes nothing where the focus is. Of other filters, while these are awaited, the
            numbers are not true. */}
        <Typography role="status" sx={isPlaceholderData ? {visibility: 'hidden'} : undefined}>
          {translate('outreach.range', {
            from: formatNumber(from, locale),
            to: formatNumber(to, locale),
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
      {isEnd && (
        <Typography role="status">{translate('outreach.rangeEnd', {max: formatNumber(MAX_OFFSET, locale)})}</Typography>
      )}
    </Box>
  );
}
