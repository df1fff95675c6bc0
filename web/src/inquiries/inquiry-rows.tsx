// The inquiries of a page as rows that reflow into cards on a phone, below the line that selects all of them and, once
// some are, changes them; j and k move through the rows, x selects, e edits.
import {Box, Checkbox, FormControlLabel, Paper} from '@mui/material';
import {useRef} from 'react';
import {useListContext, useTranslate} from 'react-admin';
import {useNavigate} from 'react-router-dom';
import {useApplication} from '../layout/application-context';
import {useSteadyList} from '../lists/steady-list';
import {useUnread} from '../live/unread';
import {type Shortcuts, useShortcuts} from '../shortcuts/use-shortcuts';
import {BulkBar} from './bulk-bar';
import type {Inquiry} from './inquiry-requests';
import {InquiryRow} from './inquiry-row';
import {useReturnToRow} from './return-to-row';
import type {BulkTriage} from './use-bulk-triage';

export function InquiryRows({bulk}: {bulk: BulkTriage}) {
  const {may} = useApplication();
  const {onToggleItem} = useListContext<Inquiry>();
  const {rows, selectedIds} = useSteadyList<Inquiry>();
  const list = useRef<HTMLUListElement>(null);
  useRowShortcuts(list);
  useReturnToRow(list);
  const isUnread = membership(useUnread().ids);
  const isSelected = membership(selectedIds);
  return (
    <>
      {may('inquiries:triage') && (
        <Box sx={{...line, ...(selectedIds.length > 0 && raisedLine)}}>
          <SelectAll />
          {selectedIds.length > 0 && <BulkBar bulk={bulk} />}
        </Box>
      )}
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
            />
          ))}
        </Box>
      </Paper>
    </>
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
