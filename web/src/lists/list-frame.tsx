// Around the rows of a list, which is in one of these states, and shows it: it is read for the first time (loading), or
// for other filters (the rows of before are dimmed and cannot be used); it could not be read (failed), or not again
// (stale); it has no rows (empty); else it is as fresh as the header says. What failed is read again by itself.
import {Alert, Box, Button, LinearProgress, Paper, Typography} from '@mui/material';
import type {ReactNode} from 'react';
import {useListContext, useLocaleState, useTranslate} from 'react-admin';
import {formatDateTime} from '../i18n/dates';
import {ReadFailure} from '../layout/read-failure';
import type {ListMeta} from '../rest/data-provider';
import {explain, statusOf} from '../rest/explain';
import {ListPages} from './list-pages';
import {useSteadyList} from './steady-list';
import {useFilters} from './use-filters';
import {WaitingRows} from './waiting-rows';

interface ListFrameProps {
  /** The key of what is said when there is nothing at all. */
  emptyText: string;
  /** Why the rows are not kept up to date at present, in words. */
  outdatedBy?: string;
  children: ReactNode;
}

export function ListFrame({emptyText, outdatedBy, children}: ListFrameProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const {error: listError, total, data, refetch, isFetching, isPlaceholderData = false, ...list} = useListContext();
  const {rows, error} = useSteadyList();
  const {isFiltered} = useFilters();
  const {readAt = 0} = (list.meta ?? {}) as ListMeta; // of our data provider
  const retry = <Button onClick={() => void refetch()}>{translate('outreach.retry')}</Button>;
  if (!data && listError) {
    return <ReadFailure text="outreach.readFailed" error={listError} onRetry={() => void refetch()} />;
  }
  if (!data || (isPlaceholderData && rows.length === 0)) {
    return (
      <Box sx={{position: 'relative', pt: 1}} aria-busy>
        <Reading />
        <Typography role="status">{translate('outreach.loading')}</Typography>
      </Box>
    );
  }
  const hasSignInEnded = error && statusOf(error) === 401; // said once, above every page
  const staleBy = error && !hasSignInEnded ? explain(error, translate) : outdatedBy;
  return (
    <Box sx={{pb: 'var(--bottom-bar, 0px)'}}>
      <WaitingRows />
      <Box
        aria-busy={isPlaceholderData}
        inert={isPlaceholderData}
        sx={{position: 'relative', ...(isPlaceholderData && dimmed)}}
      >
        {isFetching && <Reading />}
        {rows.length > 0 ? (
          children
        ) : (
          <Paper variant="outlined" sx={{p: 3}}>
            <Typography role="status">{translate(isFiltered ? 'outreach.empty' : emptyText)}</Typography>
          </Paper>
        )}
      </Box>
      {staleBy !== undefined && !isPlaceholderData && (
        <Alert severity="warning" action={retry} sx={staleNotice}>
          {translate('outreach.stale', {detail: staleBy, time: formatDateTime(new Date(readAt).toISOString(), locale)})}
        </Alert>
      )}
      {total > 0 && <ListPages />}
    </Box>
  );
}

/** Shows only when reading takes a while: most answers are there at once. */
function Reading() {
  const translate = useTranslate();
  return <LinearProgress aria-label={translate('outreach.reading')} sx={reading} />;
}

const reading = {
  position: 'absolute',
  top: 0,
  left: 0,
  right: 0,
  zIndex: 1,
  height: 2,
  '@keyframes appear': {from: {visibility: 'hidden'}, to: {visibility: 'visible'}},
  animation: 'appear 1ms 300ms both',
};
const dimmed = {opacity: 0.5};
// Below the rows, so that it moves none of them, and in sight wherever one has scrolled to; beside the toast.
const staleNotice = {
  position: 'sticky',
  bottom: 'calc(8px + var(--bottom-bar, 0px))',
  zIndex: 1,
  mt: 1,
  maxWidth: {md: 'calc(100% - 24rem)'},
  boxShadow: 3,
};
