// Inquiries a day by topic: the chart, and the same as a table.
import {Alert, Box, Button, Paper, TextField, Typography} from '@mui/material';
import {useQuery} from '@tanstack/react-query';
import {useState} from 'react';
import {useDataProvider, useTranslate} from 'react-admin';
import {useApplication} from '../layout/application-context';
import {PageHeading} from '../layout/page-heading';
import type {OutreachDataProvider} from '../rest/data-provider';
import {explain} from '../rest/explain';
import {CountsTable} from './counts-table';
import {countDays, type DailyCounts, lastDays} from './daily-counts';
import {TopicChart} from './topic-chart';

const SPANS = [7, 14, 30];
const FRESH_MS = 60_000;

export default function StatisticsPage() {
  const translate = useTranslate();
  const [span, setSpan] = useState(7);
  const {data, error, refetch} = useDailyCounts(span);
  return (
    <>
      <PageHeading
        actions={
          <TextField
            select
            aria-label={translate('outreach.statistics.title')}
            value={span}
            onChange={event => setSpan(Number(event.target.value))}
            slotProps={{select: {native: true, inputProps: {'aria-label': translate('outreach.statistics.title')}}}}
          >
            {SPANS.map(days => (
              <option key={days} value={days}>
                {translate('outreach.statistics.lastDays', {days})}
              </option>
            ))}
          </TextField>
        }
      >
        {translate('outreach.statistics.title')}
      </PageHeading>
      {error && (
        <Alert
          severity="error"
          action={<Button onClick={() => void refetch()}>{translate('outreach.retry')}</Button>}
          sx={{mb: 2}}
        >
          {translate('outreach.statistics.failed', {detail: explain(error, translate)})}
        </Alert>
      )}
      {!data && !error && <Typography role="status">{translate('outreach.statistics.reading')}</Typography>}
      {data && (
        <Paper variant="outlined" sx={{p: 2}}>
          <TopicChart counts={data} />
          <Box component="details" sx={{mt: 2}}>
            <Box component="summary" sx={{cursor: 'pointer', py: 1}}>
              {translate('outreach.statistics.asTable')}
            </Box>
            <CountsTable counts={data} />
          </Box>
        </Paper>
      )}
    </>
  );
}

// The topics are counted side by side, each one request at a time: at most as many requests as topics at once.
function useDailyCounts(span: number) {
  const provider = useDataProvider<OutreachDataProvider>();
  const {topics} = useApplication();
  const bounds = lastDays(span);
  return useQuery({
    queryKey: ['inquiries', 'daily', span, bounds[0]?.toDateString()],
    staleTime: FRESH_MS,
    queryFn: async (): Promise<DailyCounts> => {
      const countTopic = async (topic: string) => ({
        topic,
        counts: await countDays(bounds, (from, to) =>
          provider.countInquiries({topic, createdFrom: from.toISOString(), createdTo: to.toISOString()}),
        ),
      });
      const byTopic = await Promise.all(topics.map(countTopic));
      return {days: bounds.slice(0, -1), byTopic: byTopic.filter(({counts}) => counts.some(({count}) => count > 0))};
    },
  });
}
