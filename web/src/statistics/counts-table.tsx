// The chart's numbers as a table.
import {Box, Table, TableBody, TableCell, TableHead, TableRow} from '@mui/material';
import {useLocaleState, useTranslate} from 'react-admin';
import {formatCount, sumOf} from '../i18n/counts';
import {formatDay} from '../i18n/dates';
import {type DailyCounts, ofDay} from './daily-counts';

export function CountsTable({counts}: {counts: DailyCounts}) {
  const {days, byTopic} = counts;
  const translate = useTranslate();
  const [locale] = useLocaleState();
  return (
    <Box sx={{overflowX: 'auto'}} tabIndex={0} role="group" aria-label={translate('outreach.statistics.asTable')}>
      <Table size="small">
        <caption>{translate('outreach.statistics.title')}</caption>
        <TableHead>
          <TableRow>
            <TableCell component="th" scope="col">
              {translate('outreach.statistics.day')}
            </TableCell>
            {byTopic.map(({topic}) => (
              <TableCell key={topic} component="th" scope="col" align="right">
                {topic}
              </TableCell>
            ))}
            <TableCell component="th" scope="col" align="right">
              {translate('outreach.statistics.total')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {days.map((day, index) => (
            <TableRow key={day.toISOString()}>
              <TableCell component="th" scope="row">
                {formatDay(day, locale)}
              </TableCell>
              {ofDay(counts, index).map((count, topic) => (
                <TableCell key={topic} align="right">
                  {formatCount(count, locale)}
                </TableCell>
              ))}
              <TableCell align="right">{formatCount(sumOf(ofDay(counts, index)), locale)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
