// One subscription: its state in words with the steps that are allowed, and the history of consent.
import {Alert, Box, Button, Link, Paper, Typography} from '@mui/material';
import {useEffect, useRef, useState} from 'react';
import {useGetOne, useLocaleState, useTranslate} from 'react-admin';
import {Link as RouterLink, useParams} from 'react-router-dom';
import {formatDateTime} from '../i18n/dates';
import {useApplication} from '../layout/application-context';
import {useDocumentTitle} from '../layout/document-title';
import {focusHeading, PageHeading} from '../layout/page-heading';
import {ReadFailure} from '../layout/read-failure';
import {StatusChip} from '../lists/status-chip';
import {AsOf} from '../live/as-of';
import {statusOf} from '../rest/explain';
import {ConsentHistory} from './consent-history';
import {type NextStatus, StatusDialog} from './status-dialog';
import {NEXT_SUBSCRIPTION_STATUSES, type Subscription, WATCHED} from './subscription-requests';

export default function SubscriptionPage() {
  const translate = useTranslate();
  const {id = ''} = useParams();
  const {data, error, refetch, dataUpdatedAt} = useGetOne<Subscription>('subscriptions', {id}, {retry: 1, ...WATCHED});
  const isMissing = error !== null && [400, 404].includes(statusOf(error)); // 400: an id that is none
  const subscription = isMissing ? undefined : data; // what is gone, for instance erased, is not shown any more
  return (
    <>
      <Link component={RouterLink} to="/subscriptions" sx={{display: 'inline-block', py: 1}}>
        ← {translate('outreach.back')}
      </Link>
      {!subscription && error && <PageHeading>{translate('outreach.pages.subscription')}</PageHeading>}
      {isMissing && <Alert severity="error">{translate('outreach.subscription.missing')}</Alert>}
      {error && !isMissing && (
        <>
          <ReadFailure text="outreach.subscription.readFailed" error={error} onRetry={() => void refetch()} />
          {subscription && (
            <Typography id="age" variant="body2" color="textSecondary">
              <AsOf at={dataUpdatedAt} />
            </Typography>
          )}
        </>
      )}
      {!subscription && !error && <Loading />}
      {subscription && <Content subscription={subscription} />}
    </>
  );
}

function Loading() {
  const translate = useTranslate();
  useDocumentTitle(translate('outreach.pages.subscription'));
  return <Typography role="status">{translate('outreach.loading')}</Typography>;
}

function Content({subscription}: {subscription: Subscription}) {
  const translate = useTranslate();
  return (
    <>
      <PageHeading title={translate('outreach.pages.subscription')}>
        <Box component="bdi" sx={{overflowWrap: 'anywhere'}}>
          {subscription.email}
        </Box>
      </PageHeading>
      <Box sx={columns}>
        <State subscription={subscription} />
        <ConsentHistory id={subscription.id} version={subscription.version} />
      </Box>
    </>
  );
}

function State({subscription}: {subscription: Subscription}) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const {may, doubleOptIn} = useApplication();
  const [changing, setChanging] = useState<NextStatus>();
  const {status, list, createdAt, unsubscribedAt, sourceUrl} = subscription;
  const isOwnersAlone = status === 'pending' && doubleOptIn;
  const steps = NEXT_SUBSCRIPTION_STATUSES[status].filter(
    next => next !== 'pending' && !(next === 'active' && isOwnersAlone),
  ) as NextStatus[]; // filter does not narrow
  const facts = [
    ['subscription.list', list],
    ['inquiry.locale', subscription.locale],
    ['subscription.askedFirst', formatDateTime(createdAt, locale)],
    ['subscription.left', unsubscribedAt && formatDateTime(unsubscribedAt, locale)],
    ['inquiry.sourceUrl', sourceUrl], // as text: a link would open, with one click, what a stranger has sent
  ] as const;
  const hasChanged = useRef(false);
  useEffect(() => {
    if (changing || !hasChanged.current) return;
    hasChanged.current = false;
    focusHeading(); // after the dialog, which gives the focus back to a button that goes
  }, [changing]);
  return (
    <Paper variant="outlined" component="section" aria-labelledby="state-heading" sx={{p: 2, minWidth: 0}}>
      <Box sx={{display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 1}}>
        <Typography id="state-heading" component="h2" variant="h2">
          {translate('outreach.inquiry.triageFacts')}
        </Typography>
        <StatusChip status={status} />
      </Box>
      <Typography id="state">{translate(`outreach.subscription.state.${status}`)}</Typography>
      {isOwnersAlone && <Typography>{translate('outreach.subscription.ownersAlone')}</Typography>}
      {may('subscriptions:write') && steps.length > 0 && (
        <Box sx={{display: 'flex', flexWrap: 'wrap', gap: 1, mt: 2}}>
          {steps.map(next => (
            <Button key={next} variant="outlined" onClick={() => setChanging(next)}>
              {translate(`outreach.subscription.steps.${next}`)}
            </Button>
          ))}
        </Box>
      )}
      <Box component="dl" sx={{m: 0, mt: 2, display: 'grid', gap: 1.5}}>
        {facts.map(
          ([label, value]) =>
            value !== null && (
              <div key={label}>
                <Typography component="dt" variant="body2" color="textSecondary">
                  {translate(`outreach.${label}`)}
                </Typography>
                <Typography component="dd" dir="auto" sx={{m: 0, overflowWrap: 'anywhere'}}>
                  {value}
                </Typography>
              </div>
            ),
        )}
      </Box>
      {changing && (
        <StatusDialog
          subscription={subscription}
          status={changing}
          onClose={() => setChanging(undefined)}
          onChanged={() => {
            hasChanged.current = true;
            setChanging(undefined);
          }}
        />
      )}
    </Paper>
  );
}

const columns = {
  display: 'grid',
  gap: 2,
  alignItems: 'start',
  gridTemplateColumns: {xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))'},
};
