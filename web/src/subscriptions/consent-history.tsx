// The history of a subscription's consent, newest first: what happened, how, when, and to which text. Nothing in it changes.
import {useQuery} from '@tanstack/react-query';
import {Box, Paper, Typography} from '@mui/material';
import {useEffect} from 'react';
import {useDataProvider, useLocaleState, useTranslate} from 'react-admin';
import {formatDateTime} from '../i18n/dates';
import {ReadFailure} from '../layout/read-failure';
import type {OutreachDataProvider} from '../rest/data-provider';
import {type Consent, MAX_CONSENTS, WATCHED} from './subscription-requests';

/** `version` of the subscription: a new one means that there are new entries. */
export function ConsentHistory({id, version}: {id: string; version: number}) {
  const translate = useTranslate();
  const provider = useDataProvider<OutreachDataProvider>();
  const {data, error, refetch} = useQuery({
    queryKey: ['subscriptions', 'consents', id],
    queryFn: () => provider.listConsents(id),
    ...WATCHED,
  });
  useEffect(() => void refetch(), [version, refetch]);
  return (
    <Paper variant="outlined" component="section" aria-labelledby="history-heading" sx={{p: 2, minWidth: 0}}>
      <Typography id="history-heading" component="h2" variant="h2" gutterBottom>
        {translate('outreach.consent.title')}
      </Typography>
      {error && <ReadFailure text="outreach.consent.failed" error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Typography role="status">{translate('outreach.loading')}</Typography>}
      <Box
        component="ol"
        role="list"
        id="consents"
        sx={{m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2, overflowWrap: 'anywhere'}}
      >
        {data?.map(entry => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </Box>
      {data && data.length >= MAX_CONSENTS && (
        <Typography variant="body2" color="textSecondary" sx={{mt: 2}}>
          {translate('outreach.consent.newestOnly', {max: MAX_CONSENTS})}
        </Typography>
      )}
    </Paper>
  );
}

function Entry({entry}: {entry: Consent}) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const {kind, method, actor, reason, consentVersion, consentTextSha256, createdAt} = entry;
  return (
    <li data-kind={kind}>
      <Typography>
        {translate(`outreach.consent.kinds.${kind}`)} {translate(`outreach.consent.methods.${method}`, {actor})}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        <time dateTime={createdAt}>{formatDateTime(createdAt, locale)}</time>
        {' · '}
        {translate('outreach.consent.version')} <bdi>{consentVersion}</bdi>
      </Typography>
      <Typography variant="body2" color="textSecondary">
        SHA-256 <code>{consentTextSha256}</code>
      </Typography>
      {reason !== null && (
        <Typography dir="auto" sx={{whiteSpace: 'pre-wrap'}}>
          {reason}
        </Typography>
      )}
    </li>
  );
}
