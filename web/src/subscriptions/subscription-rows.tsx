// The subscriptions of a page, with the one change that the back office can make.
import {Box, Button, Paper} from '@mui/material';
import {useState} from 'react';
import {useListContext, useLocaleState, useTranslate} from 'react-admin';
import {formatDateTime} from '../i18n/dates';
import {useApplication} from '../layout/application-context';
import {StatusChip} from '../lists/status-chip';
import {StatusDialog} from './status-dialog';
import type {Subscription} from './subscription-requests';

export function SubscriptionRows() {
  const {data = []} = useListContext<Subscription>();
  const [changing, setChanging] = useState<Subscription>();
  return (
    <Paper variant="outlined">
      <Box component="ul" role="list" id="subscriptions" sx={{m: 0, p: 0, listStyle: 'none'}}>
        {data.map(subscription => (
          <Row key={subscription.id} subscription={subscription} onChange={() => setChanging(subscription)} />
        ))}
      </Box>
      {changing && <StatusDialog subscription={changing} onClose={() => setChanging(undefined)} />}
    </Paper>
  );
}

function Row({subscription, onChange}: {subscription: Subscription; onChange: () => void}) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const {may} = useApplication();
  const {id, email, list, status, createdAt, consentVersion} = subscription;
  const action = translate(`outreach.subscription.${status === 'unsubscribed' ? 'activate' : 'unsubscribe'}`);
  return (
    <Box component="li" data-id={id} sx={row}>
      <Box component="bdi" sx={{fontWeight: 500, minWidth: 0}}>
        {email}
      </Box>
      <Box sx={{display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', color: 'text.secondary'}}>
        <span>{list}</span>
        <StatusChip status={status} />
        <span>{`${translate('outreach.subscription.consent')}: ${consentVersion}`}</span>
      </Box>
      <Box component="time" dateTime={createdAt} sx={{color: 'text.secondary'}}>
        {formatDateTime(createdAt, locale)}
      </Box>
      {may('subscriptions:write') && (
        <Button size="small" onClick={onChange} aria-label={`${action}: ${email}`} sx={{justifySelf: 'start'}}>
          <span>{action}</span> {/* an element of its own: see connection-indicator.tsx */}
        </Button>
      )}
    </Box>
  );
}

const row = {
  display: 'grid',
  gap: {xs: 0.5, md: 2},
  alignItems: 'center',
  p: 1.5,
  borderTop: 1,
  borderColor: 'divider',
  fontSize: '0.95rem',
  gridTemplateColumns: {xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) minmax(0, 22rem) auto 8rem'},
  '&:first-of-type': {borderTop: 0},
};
