// One inquiry of the list. All text of visitors goes in as text, isolated from the direction of what is around it.
import {Box, Checkbox, Link} from '@mui/material';
import {memo} from 'react';
import {useLocaleState, useTranslate} from 'react-admin';
import {Link as RouterLink} from 'react-router-dom';
import {formatDateTime} from '../i18n/dates';
import {useApplication} from '../layout/application-context';
import {LeftPlace, leftPlace} from '../lists/left-place';
import {StatusChip} from '../lists/status-chip';
import type {Inquiry} from './inquiry-requests';

const EXCERPT_LENGTH = 200;

interface InquiryRowProps {
  inquiry: Inquiry;
  /** Keeps its place only: it is not in this list any more. */
  hasLeft: boolean;
  isSelected: boolean;
  isUnread: boolean;
  onToggle: (id: string) => void;
}

/** Drawn again only when it changes itself, so that selecting one of many is quick. */
export const InquiryRow = memo(function InquiryRow({
  inquiry,
  hasLeft,
  isSelected,
  isUnread,
  onToggle,
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
    </Box>
  );
});

// Cut by code points, so that no character is torn in two.
function excerptOf(message: string): string {
  const characters = Array.from(message.replace(/\s+/g, ' '));
  return characters.length > EXCERPT_LENGTH ? `${characters.slice(0, EXCERPT_LENGTH).join('')}…` : characters.join('');
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
    xs: 'auto minmax(0, 1fr)',
    md: 'auto minmax(0, 12rem) minmax(0, 1fr) minmax(0, 16rem) auto',
  },
  gridTemplateAreas: {
    xs: '"select who" ". what" ". facts" ". when"',
    md: '"select who what facts when"',
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
