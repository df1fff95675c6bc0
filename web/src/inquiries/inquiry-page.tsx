// One inquiry: what the visitor sent, triage, notes and the log. It is read again when somebody changes it.
import {Alert, Box, Link, Paper, Typography} from '@mui/material';
import {useEffect} from 'react';
import {useGetOne, useTranslate} from 'react-admin';
import {Link as RouterLink, useLocation, useNavigate, useParams} from 'react-router-dom';
import {useApplication} from '../layout/application-context';
import {useDocumentTitle} from '../layout/document-title';
import {PageHeading} from '../layout/page-heading';
import {ReadFailure} from '../layout/read-failure';
import {AsOf} from '../live/as-of';
import {useUnread} from '../live/unread';
import {statusOf} from '../rest/explain';
import {useShortcuts} from '../shortcuts/use-shortcuts';
import {InquiryDetails} from './inquiry-details';
import {InquiryLog} from './inquiry-log';
import type {Inquiry} from './inquiry-requests';
import {neighbourOf, rememberRow} from './row-order';
import {TriageFacts} from './triage-facts';
import {TriagePanel} from './triage-panel';
import {WATCHED} from './watch-inquiry';

export default function InquiryPage() {
  const translate = useTranslate();
  const navigate = useNavigate();
  const {id = ''} = useParams();
  const {data, error, refetch, dataUpdatedAt} = useGetOne<Inquiry>('inquiries', {id}, {retry: 1, ...WATCHED});
  const isMissing = error !== null && [400, 404].includes(statusOf(error)); // 400: an id that is none
  const inquiry = isMissing ? undefined : data; // what is gone, for instance erased, is not shown any more
  const {remove} = useUnread();
  useEffect(() => {
    remove(id);
    rememberRow(id);
  }, [id, remove]);
  const open = (other: string | undefined) => other !== undefined && void navigate(`/inquiries/${other}/show`);
  const [before, after] = [neighbourOf(id, -1), neighbourOf(id, 1)];
  useShortcuts({u: () => void navigate('/inquiries'), j: () => open(after), k: () => open(before)});
  return (
    <>
      <Box sx={{display: 'flex', flexWrap: 'wrap', columnGap: 2}}>
        <Link component={RouterLink} to="/inquiries" sx={{display: 'inline-block', py: 1, flexGrow: 1}}>
          ← {translate('outreach.back')}
        </Link>
        {before !== undefined && <Neighbour id={before} text="outreach.inquiry.previous" label="outreach.help.up" />}
        {after !== undefined && <Neighbour id={after} text="outreach.inquiry.next" label="outreach.help.down" />}
      </Box>
      {!inquiry && error && <PageHeading>{translate('outreach.pages.inquiry')}</PageHeading>}
      {isMissing && (
        <Alert severity="error">{translate(`outreach.inquiry.${data ? 'goneMeanwhile' : 'missing'}`)}</Alert>
      )}
      {error && !isMissing && (
        <>
          <ReadFailure
            text={inquiry ? 'outreach.inquiry.stale' : 'outreach.inquiry.readFailed'}
            error={error}
            onRetry={() => void refetch()}
          />
          {inquiry && (
            <Typography id="age" variant="body2" color="textSecondary">
              <AsOf at={dataUpdatedAt} />
            </Typography>
          )}
        </>
      )}
      {!inquiry && !error && <Loading />}
      {inquiry && <Content inquiry={inquiry} />}
    </>
  );
}

function Neighbour({id, text, label}: {id: string; text: string; label: string}) {
  const translate = useTranslate();
  return (
    <Link
      component={RouterLink}
      to={`/inquiries/${id}/show`}
      aria-label={translate(label)}
      sx={{display: 'inline-block', py: 1}}
    >
      {translate(text)}
    </Link>
  );
}

function Loading() {
  const translate = useTranslate();
  useDocumentTitle(translate('outreach.pages.inquiry'));
  return <Typography role="status">{translate('outreach.loading')}</Typography>;
}

function Content({inquiry}: {inquiry: Inquiry}) {
  const translate = useTranslate();
  const {may} = useApplication();
  const location = useLocation();
  const startsEditing = (location.state as {edit?: boolean} | null)?.edit === true; // what the list's shortcut e says
  return (
    <>
      <PageHeading title={translate('outreach.inquiry.titled', {topic: inquiry.topic})}>
        <bdi>{inquiry.name}</bdi>
      </PageHeading>
      <Box sx={columns}>
        <Paper variant="outlined" component="section" aria-labelledby="details-heading" sx={{p: 2, minWidth: 0}}>
          <InquiryDetails inquiry={inquiry} />
        </Paper>
        <Box sx={{display: 'grid', gap: 2, minWidth: 0}}>
          {may('inquiries:triage') ? (
            <TriagePanel key={inquiry.id} inquiry={inquiry} startsEditing={startsEditing} />
          ) : (
            <TriageFacts inquiry={inquiry} />
          )}
          <InquiryLog id={inquiry.id} version={inquiry.version} />
        </Box>
      </Box>
    </>
  );
}

const columns = {
  display: 'grid',
  gap: 2,
  alignItems: 'start',
  gridTemplateColumns: {xs: 'minmax(0, 1fr)', md: 'minmax(0, 3fr) minmax(0, 2fr)'},
};
