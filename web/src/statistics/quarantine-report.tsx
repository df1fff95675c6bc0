// What the spam guards have set aside in these days, by reason, and how much of it a person has released.
import {Box, Paper, Table, TableBody, TableCell, TableHead, TableRow, Typography} from '@mui/material';
import {useQuery} from '@tanstack/react-query';
import {useDataProvider, useLocaleState, useTranslate} from 'react-admin';
import {formatCount, formatShare} from '../i18n/counts';
import {reasonText} from '../inquiries/spam-reasons';
import {ReadFailure} from '../layout/read-failure';
import type {OutreachDataProvider} from '../rest/data-provider';
import {lastDays} from './daily-counts';
import {LEAST_AGE_MS, useFollowedFeed} from './follow-feed';

/** From this share of released inquiries on a guard sets too many people aside; docs/operations.md says the same. */
const HIGH_SHARE = 0.1;

export function QuarantineReport({span}: {span: number}) {
  const translate = useTranslate();
  const provider = useDataProvider<OutreachDataProvider>();
  const from = lastDays(span)[0]?.toISOString();
  const query = useQuery({
    queryKey: ['inquiries', 'quarantine', from],
    staleTime: LEAST_AGE_MS,
    queryFn: () => provider.countQuarantine({createdFrom: from}),
  });
  useFollowedFeed(query);
  const {data, error, refetch} = query;
  return (
    <Paper variant="outlined" component="section" aria-labelledby="quarantine" sx={{p: 2, mt: 2}}>
      <Typography id="quarantine" variant="h6" component="h2">
        {translate('outreach.quarantine.title')}
      </Typography>
      {error && <ReadFailure text="outreach.statistics.failed" error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Typography role="status">{translate('outreach.statistics.reading')}</Typography>}
      {data?.quarantined === 0 && <Typography>{translate('outreach.quarantine.none')}</Typography>}
      {data && data.quarantined > 0 && <Report counts={data} />}
    </Paper>
  );
}

type Counts = Awaited<ReturnType<OutreachDataProvider['countQuarantine']>>;

// On a phone no word and no number is broken.
const table = {
  '& th, & td': {px: {xs: 0.5, sm: 2}, overflowWrap: 'normal'},
  '& td': {whiteSpace: 'nowrap'},
};

function Report({counts: {quarantined, released, byReason, isExact}}: {counts: Counts}) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const count = (number: number) => formatCount({count: number, isExact}, locale);
  const isHigh = released / quarantined > HIGH_SHARE;
  return (
    <>
      <Typography>
        {translate('outreach.quarantine.summary', {
          quarantined: count(quarantined),
          released: count(released),
          share: formatShare(released / quarantined, locale),
        })}
      </Typography>
      <Typography variant="body2" sx={isHigh ? {fontWeight: 'bold'} : {color: 'text.secondary'}}>
        {translate(isHigh ? 'outreach.quarantine.high' : 'outreach.quarantine.meaning')}
      </Typography>
      <Box sx={{overflowX: 'auto', mt: 1}} tabIndex={0} role="group" aria-labelledby="quarantine">
        <Table size="small" sx={table}>
          <TableHead>
            <TableRow>
              {(['reason', 'quarantined', 'released', 'share'] as const).map(column => (
                <TableCell key={column} component="th" scope="col" align={column === 'reason' ? 'left' : 'right'}>
                  {translate(`outreach.quarantine.${column}`)}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {byReason.map(each => (
              <TableRow key={each.reason}>
                <TableCell component="th" scope="row">
                  {reasonText(each.reason, translate)}
                </TableCell>
                <TableCell align="right">{count(each.quarantined)}</TableCell>
                <TableCell align="right">{count(each.released)}</TableCell>
                <TableCell align="right">{formatShare(each.released / each.quarantined, locale)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </>
  );
}
