// The steps on each row of the list, as small buttons.
import ResolveIcon from '@mui/icons-material/CheckCircleOutlined';
import TakeIcon from '@mui/icons-material/PersonAddOutlined';
import SpamIcon from '@mui/icons-material/ReportOutlined';
import {Box, IconButton} from '@mui/material';
import {useCallback, useEffect, useRef} from 'react';
import {useTranslate} from 'react-admin';
import {useApplication} from '../layout/application-context';
import {focusHeading} from '../layout/page-heading';
import type {Inquiry} from './inquiry-requests';
import {possibleSteps, type Step} from './steps';
import {useSteps} from './use-steps';

export type RunRowStep = (inquiry: Inquiry, step: Step) => void;

const ICONS = {take: <TakeIcon />, resolve: <ResolveIcon />, spam: <SpamIcon />};

// Their names are in `title` too: a tooltip of MUI's for each of 250 rows takes long to draw.
export function RowSteps({inquiry, onStep}: {inquiry: Inquiry; onStep: RunRowStep}) {
  const translate = useTranslate();
  const {userId} = useApplication();
  return (
    <Box sx={steps}>
      {possibleSteps(inquiry, userId).map(step => (
        <IconButton
          key={step}
          size="small"
          title={translate(`outreach.steps.${step}`)}
          aria-label={`${translate(`outreach.steps.${step}`)}: ${inquiry.name}`}
          onClick={() => onStep(inquiry, step)}
        >
          {ICONS[step]}
        </IconButton>
      ))}
    </Box>
  );
}

// Where the button that was pressed goes with its step, or the row with it, the focus stays at the row, or at the next one.
// That shows at a later rendering than the one in which the step was saved.
export function useRowSteps(list: {current: HTMLUListElement | null}): RunRowStep {
  const {run} = useSteps();
  const latest = useRef(run);
  latest.current = run;
  const pressed = useRef<(Element | null | undefined)[]>([]);
  useEffect(() => {
    if (pressed.current.length === 0 || document.activeElement !== document.body) return;
    const link = pressed.current.map(row => row?.isConnected && row.querySelector('a')).find(Boolean);
    pressed.current = [];
    if (link) link.focus();
    else focusHeading();
  });
  // The same function for every rendering, or each row would be drawn again with it.
  return useCallback(
    (inquiry: Inquiry, step: Step) => {
      const row = list.current?.querySelector(`li[data-id="${inquiry.id}"]`);
      pressed.current = [row, row?.nextElementSibling];
      void latest.current(inquiry, step);
    },
    [list],
  );
}

const steps = {
  gridArea: 'steps',
  display: 'flex',
  gap: {xs: 1, md: 0},
  justifyContent: 'end',
  alignSelf: {xs: 'end', md: 'start'},
  zIndex: 1, // above the link that covers the row
  pr: {xs: 1, md: 0},
  pt: {md: 0.5},
};
