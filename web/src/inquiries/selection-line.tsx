// The line above the rows that selects all of them and, once some are, changes them: beside it on a wide screen, at the
// bottom of a narrow one. Either way that takes no room in the list, so that no row moves when it comes or goes.
import {Box, Button, Checkbox, FormControlLabel, TextField, Typography} from '@mui/material';
import {useLayoutEffect, useRef, useState} from 'react';
import {useListContext, useNotify, useTranslate} from 'react-admin';
import {useSteadyList} from '../lists/steady-list';
import {INQUIRY_STATUSES, type Inquiry, type InquiryStatus, isQuarantined, NEXT_STATUSES} from './inquiry-requests';
import type {BulkTriage} from './use-bulk-triage';

export function SelectionLine({bulk}: {bulk: BulkTriage}) {
  const {selectedIds} = useSteadyList();
  return (
    <Box sx={{...line, ...(selectedIds.length > 0 && raisedLine)}}>
      <SelectAll />
      {selectedIds.length > 0 && <BulkBar bulk={bulk} />}
    </Box>
  );
}

function SelectAll() {
  const translate = useTranslate();
  const {onSelect} = useListContext<Inquiry>();
  const {rows, selectedIds} = useSteadyList<Inquiry>();
  const idsOfPage = rows.filter(({hasLeft}) => !hasLeft).map(({row}) => row.id);
  const areAllSelected = idsOfPage.length > 0 && selectedIds.length === idsOfPage.length;
  return (
    <FormControlLabel
      label={translate('outreach.inquiry.selectAll')}
      control={
        <Checkbox
          size="small"
          id="select-all"
          checked={areAllSelected}
          indeterminate={selectedIds.length > 0 && !areAllSelected}
          onChange={() => onSelect(areAllSelected ? [] : idsOfPage)}
        />
      }
      sx={{ml: 0, pl: 0.5}}
    />
  );
}

function BulkBar({bulk}: {bulk: BulkTriage}) {
  const translate = useTranslate();
  const {onSelect} = useListContext();
  const {selectedIds} = useSteadyList();
  const bar = useBottomBar();
  const clear = () => {
    onSelect([]);
    document.getElementById('select-all')?.focus(); // this bar goes
  };
  return (
    <Box component="section" id="bulk" ref={bar} aria-label={translate('outreach.bulk.bar')} sx={place}>
      <Typography role="status" sx={{fontWeight: 600, whiteSpace: 'nowrap'}}>
        {translate('outreach.bulk.selected', {smart_count: selectedIds.length})}
      </Typography>
      <BulkForm bulk={bulk} />
      <Button onClick={clear} sx={{gridArea: 'clear', justifySelf: 'end'}}>
        {translate('outreach.bulk.clear')}
      </Button>
    </Box>
  );
}

// Its fields are forgotten with the selection: what was meant for others is not offered for the next ones.
function BulkForm({bulk}: {bulk: BulkTriage}) {
  const translate = useTranslate();
  const [status, setStatus] = useState<InquiryStatus | ''>('');
  const [assignee, setAssignee] = useState('');
  const selected = useSelected();
  // Where the status machine leads from one of them at least; the service says where it does not.
  const statuses = new Set(selected.flatMap(({status}) => NEXT_STATUSES[status]));
  const isAnyQuarantined = selected.some(isQuarantined);
  const notify = useNotify();
  const hasChange = status !== '' || assignee.trim() !== '';
  const apply = (event: {preventDefault(): void}) => {
    event.preventDefault();
    if (!hasChange) notify(translate('outreach.bulk.nothingChosen'), {type: 'info'});
    else bulk.send({...(status && {status}), ...(assignee.trim() && {assignee: assignee.trim()})});
  };
  return (
    <Box component="form" onSubmit={apply} sx={form}>
      <TextField
        select
        label={translate('outreach.status.label')}
        value={status}
        onChange={event => setStatus(event.target.value as InquiryStatus | '')} // the options below
        slotProps={{select: {native: true}, inputLabel: {shrink: true}}}
        sx={{flex: '1 1 9rem', minWidth: 0}}
      >
        <option value="">{translate('outreach.bulk.keep')}</option>
        {INQUIRY_STATUSES.filter(name => name === status || statuses.has(name)).map(name => (
          <option key={name} value={name}>
            {translate(`outreach.status.${name}`)}
          </option>
        ))}
      </TextField>
      <TextField
        label={translate('outreach.inquiry.assignee')}
        value={assignee}
        onChange={event => setAssignee(event.target.value)}
        sx={{flex: '1 1 9rem', minWidth: 0}}
      />
      {/* Not `disabled`, which takes the focus away from who has just pressed it. */}
      <Button type="submit" variant="contained" aria-disabled={!hasChange || bulk.isSending}>
        {translate('outreach.bulk.apply')}
      </Button>
      {isAnyQuarantined && (
        <Button variant="outlined" onClick={bulk.release} aria-disabled={bulk.isSending}>
          {translate('outreach.bulk.release')}
        </Button>
      )}
    </Box>
  );
}

function useSelected(): Inquiry[] {
  const {rows, selectedIds} = useSteadyList<Inquiry>();
  return rows.map(({row}) => row).filter(({id}) => selectedIds.includes(id));
}

// Says how much of the window's bottom is taken, for what else is there: toasts, notices, the end of the page.
function useBottomBar() {
  const bar = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = bar.current;
    if (!element) return undefined;
    const {style} = document.documentElement;
    const observer = new ResizeObserver(() => {
      const isAtBottom = getComputedStyle(element).position === 'fixed';
      style.setProperty('--bottom-bar', `${isAtBottom ? element.offsetHeight : 0}px`);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty('--bottom-bar');
    };
  }, []);
  return bar;
}

const place = {
  position: {xs: 'fixed', lg: 'static'},
  bottom: 0,
  left: 0,
  right: 0,
  zIndex: {xs: 'appBar', lg: 'auto'},
  display: {xs: 'grid', lg: 'flex'},
  gridTemplateColumns: '1fr auto',
  gridTemplateAreas: '"count clear" "form form"',
  alignItems: 'center',
  gap: 1.5,
  px: {xs: 1.5, lg: 0},
  py: {xs: 1, lg: 0},
  bgcolor: 'background.paper',
  borderTop: {xs: 1, lg: 0},
  borderColor: {xs: 'divider'},
  boxShadow: {xs: 6, lg: 0},
};
const form = {
  gridArea: 'form',
  display: 'flex',
  flexWrap: 'wrap',
  gap: 1,
  alignItems: 'center',
  maxWidth: {sm: '40rem'},
};
// As high with the bar as without it: the first row that is selected moves no other from under the pointer.
const line = {
  position: {lg: 'sticky'},
  top: 0,
  zIndex: 2,
  display: 'flex',
  alignItems: 'center',
  columnGap: 2,
  minHeight: {lg: 56},
};
const raisedLine = {
  borderRadius: {lg: 1},
  bgcolor: {lg: 'background.paper'},
  boxShadow: {lg: 3},
};
