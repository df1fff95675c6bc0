// Triage of many: what to change, and afterwards what became of each.
import {Alert, Box, Button, Paper, TextField, Typography} from '@mui/material';
import {useQueryClient} from '@tanstack/react-query';
import {useState} from 'react';
import {useDataProvider, useListContext, useTranslate} from 'react-admin';
import {useFeed} from '../live/feed';
import type {OutreachDataProvider} from '../rest/data-provider';
import {explain} from '../rest/explain';
import {BulkResultsDialog, type NamedResult} from './bulk-results-dialog';
import {INQUIRY_STATUSES, type Inquiry, type InquiryPatch, type InquiryStatus, MAX_BULK_IDS} from './inquiry-requests';

export function BulkTriage() {
  const translate = useTranslate();
  const {selectedIds, onUnselectItems} = useListContext<Inquiry>();
  const [results, setResults] = useState<NamedResult[]>();
  return (
    <>
      {selectedIds.length > 0 && (
        <Paper component="section" aria-label={translate('outreach.bulk.bar')} elevation={3} sx={bar}>
          <Typography role="status" sx={{fontWeight: 600}}>
            {translate('outreach.bulk.selected', {smart_count: selectedIds.length})}
          </Typography>
          <BulkForm onResults={setResults} />
          <Button onClick={() => onUnselectItems()}>{translate('outreach.bulk.clear')}</Button>
        </Paper>
      )}
      {results && <BulkResultsDialog results={results} onClose={() => setResults(undefined)} />}
    </>
  );
}

function BulkForm({onResults}: {onResults: (results: NamedResult[]) => void}) {
  const translate = useTranslate();
  const {status, setStatus, assignee, setAssignee, apply, error, isTooMany} = useBulkTriage(onResults);
  return (
    <Box component="form" onSubmit={apply} sx={{display: 'flex', flexWrap: 'wrap', gap: 1, flexGrow: 1}}>
      <TextField
        select
        label={translate('outreach.status.label')}
        value={status}
        onChange={event => setStatus(event.target.value as InquiryStatus | '')} // the options below
        slotProps={{select: {native: true}, inputLabel: {shrink: true}}}
      >
        <option value="">{translate('outreach.bulk.keep')}</option>
        {INQUIRY_STATUSES.map(name => (
          <option key={name} value={name}>
            {translate(`outreach.status.${name}`)}
          </option>
        ))}
      </TextField>
      <TextField
        label={translate('outreach.inquiry.assignee')}
        value={assignee}
        onChange={event => setAssignee(event.target.value)}
      />
      <Button type="submit" variant="contained" disabled={isTooMany || (status === '' && assignee.trim() === '')}>
        {translate('outreach.bulk.apply')}
      </Button>
      {isTooMany && <Alert severity="warning">{translate('outreach.bulk.tooMany', {max: MAX_BULK_IDS})}</Alert>}
      {error !== undefined && <Alert severity="error">{explain(error, translate)}</Alert>}
    </Box>
  );
}

function useBulkTriage(onResults: (results: NamedResult[]) => void) {
  const provider = useDataProvider<OutreachDataProvider>();
  const queries = useQueryClient();
  const feed = useFeed();
  const {selectedIds, onUnselectItems, data = []} = useListContext<Inquiry>();
  const [status, setStatus] = useState<InquiryStatus | ''>('');
  const [assignee, setAssignee] = useState('');
  const [error, setError] = useState<unknown>();

  const send = async () => {
    setError(undefined);
    const patch: InquiryPatch = {...(status && {status}), ...(assignee.trim() && {assignee: assignee.trim()})};
    const names = new Map(data.map(({id, name}) => [id, name]));
    try {
      const results = await provider.patchInquiries(selectedIds.map(String), patch);
      onResults(results.map(result => ({...result, name: names.get(result.id)})));
      onUnselectItems();
    } catch (failure) {
      setError(failure);
    }
    feed.refresh();
    await queries.invalidateQueries({queryKey: ['inquiries']});
  };
  const apply = (event: {preventDefault(): void}) => {
    event.preventDefault();
    void send();
  };
  return {status, setStatus, assignee, setAssignee, apply, error, isTooMany: selectedIds.length > MAX_BULK_IDS};
}

const bar = {
  position: 'sticky',
  top: 8,
  zIndex: 2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 1.5,
  p: 1.5,
  mb: 1,
};
