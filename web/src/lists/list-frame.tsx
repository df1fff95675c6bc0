// Around the rows of a list: what to say while it is read, when it is empty or fails, and the pages.
import {Paper, Typography} from '@mui/material';
import type {ReactNode} from 'react';
import {useListContext, useTranslate} from 'react-admin';
import {ReadFailure} from '../layout/read-failure';
import {ListPages} from './list-pages';
import {useFilters} from './use-filters';

export function ListFrame({emptyText, children}: {emptyText: string; children: ReactNode}) {
  const translate = useTranslate();
  const {isPending, error, total, data, refetch} = useListContext();
  const {isFiltered} = useFilters();
  const failure = error && <ReadFailure text="outreach.readFailed" error={error} onRetry={() => void refetch()} />;
  if (isPending || !data) return failure || <Typography role="status">{translate('outreach.loading')}</Typography>;
  return (
    <>
      {failure}
      {data.length === 0 ? (
        <Paper variant="outlined" sx={{p: 3}}>
          <Typography role="status">{translate(isFiltered ? 'outreach.empty' : emptyText)}</Typography>
        </Paper>
      ) : (
        children
      )}
      {total > 0 && <ListPages />}
    </>
  );
}
