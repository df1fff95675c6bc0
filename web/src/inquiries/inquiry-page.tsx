// One inquiry: what the visitor sent, triage, notes and the log. It is read again when somebody changes it.
import {Alert, Box, Button, Link, Paper, Typography} from '@mui/material';
import {useEffect} from 'react';
import {useGetOne, useTranslate} from 'react-admin';
import {Link as RouterLink, useLocation, useNavigate, useParams} from 'react-router-dom';
import {PageHeading} from '../layout/page-heading';
import {useUnread} from '../live/unread';
import {explain} from '../rest/explain';
import {statusOf} from '../rest/service';
import {useShortcuts} from '../shortcuts/use-shortcuts';
import {InquiryDetails} from './inquiry-details';
import {InquiryLog} from './inquiry-log';
import type {Inquiry} from './inquiry-requests';
import {TriagePanel} from './triage-panel';
import {WATCHED} from './watch-inquiry';

export default function InquiryPage() {
  const translate = useTranslate();
  const navigate = useNavigate();
  const {id = ''} = useParams();
  const {data: inquiry, error, refetch} = useGetOne<Inquiry>('inquiries', {id}, {retry: 1, ...WATCHED});
  const {remove} = useUnread();
  useEffect(() => remove(id), [id, remove]);
  useShortcuts({u: () => void navigate('/inquiries')});
  const location = useLocation();
  const startsEditing = (location.state as {edit?: boolean} | null)?.edit === true; // what the list's shortcut e says
  return (
    <>
      <Link component={RouterLink} to="/inquiries" sx={{display: 'inline-block', py: 1}}>
        ← {translate('outreach.back')}
      </Link>
      {error && !inquiry && <ReadFailure error={error} onRetry={() => void refetch()} />}
      {!error && !inquiry && <Typography role="status">{translate('outreach.loading')}</Typography>}
      {inquiry && (
        <>
          <PageHeading>
            <bdi>{inquiry.name}</bdi>
          </PageHeading>
          <Box sx={columns}>
            <Paper variant="outlined" component="section" aria-labelledby="details-heading" sx={{p: 2, minWidth: 0}}>
              <InquiryDetails inquiry={inquiry} />
            </Paper>
            <Box sx={{display: 'grid', gap: 2, minWidth: 0}}>
              <TriagePanel key={inquiry.id} inquiry={inquiry} startsEditing={startsEditing} />
              <InquiryLog id={inquiry.id} version={inquiry.version} />
            </Box>
          </Box>
        </>
      )}
    </>
  );
}

function ReadFailure({error, onRetry}: {error: Error; onRetry: () => void}) {
  const translate = useTranslate();
  const isMissing = [400, 404].includes(statusOf(error)); // 400: an id that is none
  return (
    <Alert severity="error" action={isMissing || <Button onClick={onRetry}>{translate('outreach.retry')}</Button>}>
      {isMissing ? translate('outreach.inquiry.missing') : explain(error, translate)}
    </Alert>
  );
}

const columns = {
  display: 'grid',
  gap: 2,
  alignItems: 'start',
  gridTemplateColumns: {xs: 'minmax(0, 1fr)', md: 'minmax(0, 3fr) minmax(0, 2fr)'},
};
