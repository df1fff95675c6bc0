// The subscriptions of a page, each with a link to its own page and the button that ends it.
import {Box, Button, Link, Paper} from '@mui/material';
import {useLocaleState, useTranslate} from 'react-admin';
import {Link as RouterLink} from 'react-router-dom';
import {formatDateTime} from '../i18n/dates';
import {useApplication} from '../layout/application-context';
import {LeftPlace, leftPlace} from '../lists/left-place';
import {StatusChip} from '../lists/status-chip';
import {useSteadyList} from '../lists/steady-list';
import {NEXT_SUBSCRIPTION_STATUSES, type Subscription} from './subscription-requests';

export function SubscriptionRows({onChange}: {onChange: (subscription: Subscription) => void}) {
  const {rows} = useSteadyList<Subscription>();
  return (
    <Paper variant="outlined">
      <Box component="ul" role="list" id="subscriptions" sx={{m: 0, p: 0, listStyle: 'none'}}>
        {rows.map(({row, hasLeft}) => (
          <Row key={row.id} subscription={row} hasLeft={hasLeft} onChange={() => onChange(row)} />
        ))}
      </Box>
    </Paper>
  );
}

interface RowProps {
  subscription: Subscription;
  /** Keeps its place only: it is not in this list any more. */
  hasLeft: boolean;
  onChange: () => void;
}

function Row({subscription, hasLeft, onChange}: RowProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const {may} = useApplication();
  const {id, email, list, status, createdAt, consentVersion} = subscription;
  const action = translate('outreach.subscription.steps.unsubscribed');
  return (
    <Box component="li" data-id={hasLeft ? undefined : id} tabIndex={-1} sx={hasLeft ? {...row, ...leftPlace} : row}>
      {hasLeft && <LeftPlace />}
      <Link component={RouterLink} to={`/subscriptions/${id}/show`} sx={{fontWeight: 500, overflowWrap: 'anywhere'}}>
        <bdi>{email}</bdi>
      </Link>
      <Box sx={{display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', color: 'text.secondary'}}>
        <span>{list}</span>
        <StatusChip status={status} />
        <span>{`${translate('outreach.subscription.consent')}: ${consentVersion}`}</span>
      </Box>
      <Box component="time" dateTime={createdAt} sx={{color: 'text.secondary'}}>
        {formatDateTime(createdAt, locale)}
      </Box>
      {may('subscriptions:write') && NEXT_SUBSCRIPTION_STATUSES[status].includes('unsubscribed') && (
        <Button size="small" onClick={onChange} aria-label={`${action}: ${email}`} sx={{justifySelf: 'start'}}>
          <span>{action}</span> {/* an element of its own: see connection-indicator.tsx */}
        </Button>
      )}
    </Box>
  );
}

const row = {
  position: 'relative', // one that has left covers it
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
