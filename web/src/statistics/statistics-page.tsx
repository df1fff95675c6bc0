// Inquiries a day by topic: the chart, and the same as a table. They follow the live feed, and say how old they are.
import {Box, Paper, TextField, Typography} from '@mui/material';
import {useQuery} from '@tanstack/react-query';
import {useState} from 'react';
import {useDataProvider, useTranslate} from 'react-admin';
import {useApplication} from '../layout/application-context';
import {PageHeading} from '../layout/page-heading';
import {ReadFailure} from '../layout/read-failure';
import {AsOf} from '../live/as-of';
import type {OutreachDataProvider} from '../rest/data-provider';
import {CountsTable} from './counts-table';
import {countDays, type DailyCounts, lastDays} from './daily-counts';
import {LEAST_AGE_MS, useFollowedFeed} from './follow-feed';
import {QuarantineReport} from './quarantine-report';
import {TopicChart} from './topic-chart';

const SPANS = [7, 14, 30];

export default function StatisticsPage() {
  const translate = useTranslate();
  const [span, setSpan] = useState(7);
  const {data, error, refetch, dataUpdatedAt} = useDailyCounts(span);
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
      {error && <ReadFailure text="outreach.statistics.failed" error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Typography role="status">{translate('outreach.statistics.reading')}</Typography>}
      {data && (
        <>
          <Typography id="age" variant="body2" color="textSecondary" sx={{mb: 1}}>
            <AsOf at={dataUpdatedAt} />
          </Typography>
          <Paper variant="outlined" sx={{p: 2}}>
            {data.byTopic.length === 0 ? (
              <Typography role="status">{translate('outreach.statistics.empty')}</Typography>
            ) : (
              <Counts counts={data} />
            )}
          </Paper>
        </>
      )}
      <QuarantineReport span={span} />
    </>
  );
}

function Counts({counts}: {counts: DailyCounts}) {
  const translate = useTranslate();
  return (
    <>
      <TopicChart counts={counts} />
      <Box component="details" sx={{mt: 2}}>
        <Box component="summary" sx={{cursor: 'pointer', py: 1}}>
          {translate('outreach.statistics.asTable')}
        </Box>
        <CountsTable counts={counts} />
      </Box>
    </>
  );
}

// The topics are counted side by side, each one request at a time: at most as many requests as topics at once.
function useDailyCounts(span: number) {
  const provider = useDataProvider<OutreachDataProvider>();
  const {topics} = useApplication();
  const bounds = lastDays(span);
  const query = useQuery({
    queryKey: ['inquiries', 'daily', span, bounds[0]?.toDateString()],
    staleTime: LEAST_AGE_MS,
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
  useFollowedFeed(query);
  return query;
}
