// Status, assignee and topic, with what the service says against a change.
import {Alert, Box, Button, Paper, Stack, TextField, Typography} from '@mui/material';
import {useEffect, useRef} from 'react';
import {useTranslate} from 'react-admin';
import {useNavigate} from 'react-router-dom';
import {useApplication} from '../layout/application-context';
import {focusHeading} from '../layout/page-heading';
import {explain} from '../rest/explain';
import {useShortcuts} from '../shortcuts/use-shortcuts';
import {ConflictDialog} from './conflict-dialog';
import {INQUIRY_STATUSES, type Inquiry, type InquiryStatus, isQuarantined, NEXT_STATUSES} from './inquiry-requests';
import {neighbourOf} from './row-order';
import {spamReasonsOf} from './spam-reasons';
import {possibleSteps, type Step} from './steps';
import {useSteps} from './use-steps';
import {labelOf, useTriage} from './use-triage';

export function TriagePanel({inquiry, startsEditing}: {inquiry: Inquiry; startsEditing: boolean}) {
  const translate = useTranslate();
  const {topics} = useApplication();
  const triage = useTriage(inquiry);
  const status = useRef<HTMLSelectElement>(null);
  useShortcuts({e: () => status.current?.focus()});
  useEffect(() => {
    if (startsEditing) status.current?.focus();
  }, [startsEditing]);
  const submit = (event: {preventDefault(): void}) => {
    event.preventDefault();
    if (triage.isEdited && !triage.isSaving) triage.save();
  };
  // The button goes away with what it takes back.
  const cancel = () => {
    if (triage.isSaving) return;
    triage.reset();
    status.current?.focus();
  };
  const release = () => {
    if (triage.isSaving) return;
    triage.release();
    status.current?.focus(); // the button goes with what it takes back
  };
  const field = (name: 'status' | 'assignee' | 'topic') => ({
    name,
    value: triage.values[name],
    onChange: (event: {target: {value: string}}) => triage.setValue(name, event.target.value),
  });
  return (
    <Paper variant="outlined" component="section" aria-labelledby="triage-heading" sx={{p: 2}}>
      <Typography id="triage-heading" component="h2" variant="h2" gutterBottom>
        {translate('outreach.inquiry.triage')}
      </Typography>
      {!triage.isEdited && <PageSteps inquiry={inquiry} />}
      {/* Outside of the stack: it is always there, for screen readers, and most of the time empty. */}
      <div role="status">
        {triage.changedJustNow.length > 0 && (
          <Alert severity="info" role="none" sx={{mb: 2}}>
            {translate('outreach.inquiry.changedJustNow', {
              fields: triage.changedJustNow.map(name => translate(labelOf(name))).join(', '),
            })}
          </Alert>
        )}
      </div>
      <Stack component="form" spacing={2} onSubmit={submit} sx={{pt: 1}}>
        {isQuarantined(inquiry) && (
          <Alert severity="warning" role="none" sx={{alignItems: 'start'}}>
            {translate('outreach.inquiry.quarantined', {reasons: spamReasonsOf(inquiry, translate)})}
            <Button
              onClick={release}
              aria-disabled={triage.isSaving}
              variant="outlined"
              color="inherit"
              sx={releaseButton}
            >
              {translate('outreach.inquiry.release')}
            </Button>
          </Alert>
        )}
        {triage.isOutdated && <Alert severity="warning">{translate('outreach.inquiry.changedMeanwhile')}</Alert>}
        <TextField
          select
          label={translate('outreach.status.label')}
          inputRef={status}
          slotProps={{select: {native: true}}}
          {...field('status')}
        >
          {statusesOf(inquiry.status, triage.values.status).map(name => (
            <option key={name} value={name}>
              {translate(`outreach.status.${name}`)}
            </option>
          ))}
        </TextField>
        <TextField
          label={translate('outreach.inquiry.assignee')}
          placeholder={translate('outreach.inquiry.unassigned')}
          {...field('assignee')}
        />
        <TextField
          select
          label={translate('outreach.inquiry.topic')}
          slotProps={{select: {native: true}}}
          {...field('topic')}
        >
          {[...new Set([...topics, inquiry.topic])].map(name => (
            <option key={name}>{name}</option>
          ))}
        </TextField>
        {triage.error && <Alert severity="error">{explain(triage.error, translate)}</Alert>}
        <Stack direction="row" spacing={1}>
          {/* Not `disabled`, which takes the focus away from who has just pressed it. */}
          <Button type="submit" variant="contained" aria-disabled={!triage.isEdited || triage.isSaving}>
            {translate('outreach.save')}
          </Button>
          {/* What has been sent cannot be taken back: its outcome shows in a moment. */}
          {triage.isEdited && (
            <Button onClick={cancel} aria-disabled={triage.isSaving}>
              {translate('outreach.cancel')}
            </Button>
          )}
        </Stack>
      </Stack>
      {triage.conflict && (
        <ConflictDialog conflict={triage.conflict} onChoose={triage.merge} onClose={triage.closeConflict} />
      )}
    </Paper>
  );
}

// Not while something is edited: it would be on top of a version that the step has made old.
function PageSteps({inquiry}: {inquiry: Inquiry}) {
  const translate = useTranslate();
  const navigate = useNavigate();
  const {userId} = useApplication();
  const {run} = useSteps();
  const take = async (step: Step) => {
    await run(inquiry, step);
    if (document.activeElement === document.body) focusHeading(); // the button goes
  };
  const resolveAndNext = async () => {
    const next = neighbourOf(inquiry.id, 1);
    if (await run(inquiry, 'resolve')) void navigate(next === undefined ? '/inquiries' : `/inquiries/${next}/show`);
  };
  const steps = possibleSteps(inquiry, userId);
  if (steps.length === 0) return null; // no gap
  return (
    <Box sx={{display: 'flex', flexWrap: 'wrap', gap: 1, mb: 2}}>
      {steps.map(step => (
        <Button key={step} variant="outlined" onClick={() => void take(step)}>
          {translate(`outreach.steps.${step}`)}
        </Button>
      ))}
      {steps.includes('resolve') && (
        <Button variant="contained" onClick={() => void resolveAndNext()}>
          {translate('outreach.steps.resolveAndNext')}
        </Button>
      )}
    </Box>
  );
}

/** Where the status machine leads, and what is chosen already, in the order of the work. */
function statusesOf(present: InquiryStatus, chosen: string): InquiryStatus[] {
  return INQUIRY_STATUSES.filter(name => name === present || name === chosen || NEXT_STATUSES[present].includes(name));
}

const releaseButton = {display: 'block', mt: 1};
