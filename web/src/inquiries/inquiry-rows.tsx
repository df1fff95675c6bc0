// The inquiries of a page as rows that reflow into cards on a phone; j and k move through them, x selects, e edits.
import {Box, Checkbox, FormControlLabel, Paper} from '@mui/material';
import {useRef} from 'react';
import {useListContext, useTranslate} from 'react-admin';
import {useNavigate} from 'react-router-dom';
import {useApplication} from '../layout/application-context';
import {type Shortcuts, useShortcuts} from '../shortcuts/use-shortcuts';
import type {Inquiry} from './inquiry-requests';
import {InquiryRow} from './inquiry-row';
import {useReturnToRow} from './return-to-row';

export function InquiryRows() {
  const translate = useTranslate();
  const {may} = useApplication();
  const {data = [], selectedIds, onSelect} = useListContext<Inquiry>();
  const list = useRef<HTMLUListElement>(null);
  useRowShortcuts(list);
  useReturnToRow(list);
  const idsOfPage = data.map(({id}) => id);
  const chosenOfPage = idsOfPage.filter(id => selectedIds.includes(id));
  const areAllChosen = chosenOfPage.length === idsOfPage.length;
  const toggleAll = () => {
    const others = selectedIds.filter(id => !idsOfPage.includes(id));
    onSelect(areAllChosen ? others : [...others, ...idsOfPage]);
  };
  return (
    <>
      {may('inquiries:triage') && (
        <FormControlLabel
          label={translate('outreach.inquiry.selectAll')}
          control={
            <Checkbox
              size="small"
              checked={areAllChosen}
              indeterminate={chosenOfPage.length > 0 && !areAllChosen}
              onChange={toggleAll}
            />
          }
          sx={{ml: 0, pl: 0.5}}
        />
      )}
      <Paper variant="outlined">
        {/* The role is said because Safari takes it from lists without bullets. */}
        <Box component="ul" role="list" ref={list} id="inquiries" sx={{m: 0, p: 0, listStyle: 'none'}}>
          {data.map(inquiry => (
            <InquiryRow key={inquiry.id} inquiry={inquiry} />
          ))}
        </Box>
      </Paper>
    </>
  );
}

// The row that has the focus is the current one: what the keys do and what is seen cannot part.
function useRowShortcuts(list: {current: HTMLUListElement | null}): void {
  const navigate = useNavigate();
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
    x: withCurrent(onToggleItem),
    e: withCurrent(id => void navigate(`/inquiries/${id}/show`, {state: {edit: true}})),
  };
  useShortcuts(shortcuts);
}
