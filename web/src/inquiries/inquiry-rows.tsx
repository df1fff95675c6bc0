// The inquiries of a page as rows that reflow into cards on a phone; j and k move through them, x selects, e edits. All text
// of visitors goes in as text, isolated from the direction of what is around it.
import {Box, Checkbox, Link, Paper} from '@mui/material';
import {memo, useRef} from 'react';
import {useListContext, useLocaleState, useTranslate} from 'react-admin';
import {Link as RouterLink, useNavigate} from 'react-router-dom';
import {formatDateTime} from '../i18n/dates';
import {useApplication} from '../layout/application-context';
import {LeftPlace, leftPlace} from '../lists/left-place';
import {StatusChip} from '../lists/status-chip';
import {useSteadyList} from '../lists/steady-list';
import {useUnread} from '../live/unread';
import {type Shortcuts, useShortcuts} from '../shortcuts/use-shortcuts';
import {SelectionLine} from './selection-line';
import {type Inquiry, isQuarantined} from './inquiry-requests';
import {useRememberedOrder, useReturnToRow} from './row-order';
import {RowSteps, type RunRowStep, useRowSteps} from './row-steps';
import {spamReasonsOf} from './spam-reasons';
import type {BulkTriage} from './use-bulk-triage';

const EXCERPT_LENGTH = 200;

export function InquiryRows({bulk}: {bulk: BulkTriage}) {
  const {may} = useApplication();
  const {onToggleItem} = useListContext<Inquiry>();
  const {rows, selectedIds} = useSteadyList<Inquiry>();
  const list = useRef<HTMLUListElement>(null);
  useRowShortcuts(list);
  useReturnToRow(list);
  useRememberedOrder(rows.filter(({hasLeft}) => !hasLeft).map(({row}) => row.id));
  const runStep = useRowSteps(list);
  const isUnread = membership(useUnread().ids);
  const isSelected = membership(selectedIds);
  return (
    <>
      {may('inquiries:triage') && <SelectionLine bulk={bulk} />}
      <Paper variant="outlined">
        {/* The role is said because Safari takes it from lists without bullets. */}
        <Box component="ul" role="list" ref={list} id="inquiries" sx={{m: 0, p: 0, listStyle: 'none'}}>
          {rows.map(({row, hasLeft}) => (
            <InquiryRow
              key={row.id}
              inquiry={row}
              hasLeft={hasLeft}
              isSelected={isSelected(row.id)}
              isUnread={isUnread(row.id)}
              onToggle={onToggleItem}
              onStep={runStep}
            />
          ))}
        </Box>
      </Paper>
    </>
  );
}

interface InquiryRowProps {
  inquiry: Inquiry;
  /** Keeps its place only: it is not in this list any more. */
  hasLeft: boolean;
  isSelected: boolean;
  isUnread: boolean;
  onToggle: (id: string) => void;
  onStep: RunRowStep;
}

/** Drawn again only when it changes itself, so that selecting one of many is quick. */
const InquiryRow = memo(function InquiryRow({
  inquiry,
  hasLeft,
  isSelected,
  isUnread,
  onToggle,
  onStep,
}: InquiryRowProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const {may} = useApplication();
  const {id, name, topic, status, assignee, subject, message, createdAt} = inquiry;
  return (
    <Box
      component="li"
      data-id={hasLeft ? undefined : id}
      data-unread={isUnread || undefined}
      sx={hasLeft ? {...row, ...leftPlace} : row}
    >
      {hasLeft && <LeftPlace />}
      {may('inquiries:triage') ? (
        <Checkbox
          size="small"
          checked={isSelected}
          onChange={() => onToggle(id)}
          slotProps={{input: {'aria-label': translate('outreach.inquiry.select', {name})}}}
          sx={{gridArea: 'select', zIndex: 1, alignSelf: 'start'}}
        />
      ) : (
        <Box sx={{gridArea: 'select'}} />
      )}
      <Box sx={{gridArea: 'who', minWidth: 0, py: 1, ...oneLine}}>
        <Link component={RouterLink} to={`/inquiries/${id}/show`} underline="hover" sx={rowLink}>
          <Box component="bdi" sx={{fontWeight: isUnread ? 800 : 500}}>
            {name}
          </Box>
        </Link>
        {isUnread && <Box sx={dot} role="img" aria-label={translate('outreach.inquiry.unread')} />}
      </Box>
      <Box sx={{gridArea: 'what', minWidth: 0, pr: {xs: 1.5, md: 0}, py: {xs: 0, md: 1}}}>
        <Box sx={oneLine} dir="auto" lang={inquiry.locale ?? undefined}>
          {subject !== null && <Box component="strong">{subject} </Box>}
          <Box component="span" sx={{color: 'text.secondary'}}>
            {excerptOf(message)}
          </Box>
        </Box>
      </Box>
      <Box sx={facts}>
        <span>{topic}</span>
        <StatusChip status={status} />
        {isQuarantined(inquiry) && (
          <Box component="span" sx={assigneeText}>
            {spamReasonsOf(inquiry, translate)}
          </Box>
        )}
        {assignee !== null && (
          <Box component="span" title={translate('outreach.inquiry.assignee')} sx={assigneeText}>
            {assignee}
          </Box>
        )}
      </Box>
      <Box
        component="time"
        dateTime={createdAt}
        sx={{gridArea: 'when', color: 'text.secondary', pt: {md: 1}, pb: 1, pr: 1.5, fontSize: '0.875rem'}}
      >
        {formatDateTime(createdAt, locale)}
      </Box>
      {may('inquiries:triage') && <RowSteps inquiry={inquiry} onStep={onStep} />}
    </Box>
  );
});

// Cut by code points, so that no character is torn in two.
function excerptOf(message: string): string {
  const characters = Array.from(message.replace(/\s+/g, ' '));
  return characters.length > EXCERPT_LENGTH ? `${characters.slice(0, EXCERPT_LENGTH).join('')}…` : characters.join('');
}

function membership(ids: readonly string[]): (id: string) => boolean {
  const all = new Set(ids);
  return id => all.has(id);
}

// The row that has the focus is the current one: what the keys do and what is seen cannot part.
function useRowShortcuts(list: {current: HTMLUListElement | null}): void {
  const navigate = useNavigate();
  const {may} = useApplication();
  const {onToggleItem} = useListContext();
  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>('li[data-id]') ?? [])];
  const currentRow = () => document.activeElement?.closest<HTMLElement>('li[data-id]');
  const move = (step: number) => {
    const all = rows();
    const current = currentRow();
    const index = current ? all.indexOf(current) + step : 0;
    all[Math.max(0, Math.min(index, all.length - 1))]?.querySelector('a')?.focus();
  };
  const withCurrent = (action: (id: string) => void) => () => {
    const id = currentRow()?.dataset.id;
    if (id !== undefined) action(id);
  };
  const shortcuts: Shortcuts = {
    j: () => move(1),
    k: () => move(-1),
    x: withCurrent(id => may('inquiries:triage') && onToggleItem(id)),
    e: withCurrent(id => void navigate(`/inquiries/${id}/show`, {state: {edit: true}})),
  };
  useShortcuts(shortcuts);
}

const row = {
  position: 'relative', // the link covers it
  display: 'grid',
  columnGap: 1.5,
  alignItems: 'baseline',
  borderTop: 1,
  borderColor: 'divider',
  fontSize: '0.95rem',
  gridTemplateColumns: {
    xs: 'auto minmax(0, 1fr) auto',
    md: 'auto minmax(0, 12rem) minmax(0, 1fr) minmax(0, 16rem) auto 6.5rem',
  },
  gridTemplateAreas: {
    xs: '"select who who" ". what what" ". facts facts" ". when steps"',
    md: '"select who what facts when steps"',
  },
  '&:first-of-type': {borderTop: 0},
  '&:hover, &:focus-within': {bgcolor: 'action.hover'},
};
const rowLink = {
  color: 'text.primary',
  '&::after': {content: '""', position: 'absolute', inset: 0},
  '&:focus-visible': {outline: 'none'},
  '&:focus-visible::after': {outline: 3, outlineColor: 'primary.main', outlineOffset: -3},
};
const dot = {
  display: 'inline-block',
  width: 8,
  height: 8,
  ml: 1,
  borderRadius: '50%',
  bgcolor: 'primary.main',
  forcedColorAdjust: 'none', // or it would have the page's colour
} as const;
const facts = {
  gridArea: 'facts',
  display: 'flex',
  flexWrap: 'wrap',
  gap: 1,
  alignItems: 'center',
  minWidth: 0,
  py: {xs: 0.5, md: 1},
};
const oneLine = {overflow: 'hidden', whiteSpace: 'nowrap', textOverflow: 'ellipsis'};
const assigneeText = {...oneLine, maxWidth: '100%', color: 'text.secondary'}; // the inquiry's own page has all of it
