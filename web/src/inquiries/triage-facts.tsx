// Status, assignee and topic for who may read inquiries and not change them.
import {Box, Paper, Typography} from '@mui/material';
import {useTranslate} from 'react-admin';
import {StatusChip} from '../lists/status-chip';
import type {Inquiry} from './inquiry-requests';

export function TriageFacts({inquiry: {status, assignee, topic}}: {inquiry: Inquiry}) {
  const translate = useTranslate();
  const facts = [
    ['outreach.status.label', <StatusChip key="status" status={status} />],
    ['outreach.inquiry.assignee', assignee ?? translate('outreach.inquiry.unassigned')],
    ['outreach.inquiry.topic', topic],
  ] as const;
  return (
    <Paper variant="outlined" component="section" aria-labelledby="triage-heading" sx={{p: 2}}>
      <Typography id="triage-heading" component="h2" variant="h2" gutterBottom>
        {translate('outreach.inquiry.triageFacts')}
      </Typography>
      <Box component="dl" sx={{m: 0, display: 'grid', gap: 1.5}}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <Typography component="dt" variant="body2" color="textSecondary">
              {translate(label)}
            </Typography>
            <Typography component="dd" dir="auto" sx={{m: 0}}>
              {value}
            </Typography>
          </div>
        ))}
      </Box>
    </Paper>
  );
}
