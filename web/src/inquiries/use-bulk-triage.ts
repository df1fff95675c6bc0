// Triage of many: sends the change in as many requests as it takes, and keeps what became of each.
import {useQueryClient} from '@tanstack/react-query';
import {useEffect, useRef, useState} from 'react';
import {useDataProvider, useListContext} from 'react-admin';
import {useSteadyList} from '../lists/steady-list';
import {useFeed} from '../live/feed';
import type {OutreachDataProvider} from '../rest/data-provider';
import {inParts} from '../rest/requests';
import {type BulkResult, type Inquiry, type InquiryPatch, isQuarantined, MAX_BULK_IDS} from './inquiry-requests';

/** With the name of who wrote the inquiry. */
type NamedResult = BulkResult & {name: string};

export interface BulkOutcome {
  results: readonly NamedResult[];
  /** Why the rest of them was not changed, as far as is known. They are selected still. */
  failure?: {error: unknown; count: number};
}

export interface BulkTriage {
  isSending: boolean;
  /** Changes the inquiries that are selected and can be seen. */
  send: (patch: InquiryPatch) => void;
  /** Sets those of them that are quarantined to new; the others stay selected. */
  release: () => void;
  /** Of the last change, until it is closed. */
  outcome: BulkOutcome | undefined;
  close: () => void;
}

export function useBulkTriage(): BulkTriage {
  const provider = useDataProvider<OutreachDataProvider>();
  const queries = useQueryClient();
  const feed = useFeed();
  const {onSelect} = useListContext<Inquiry>();
  const {rows, selectedIds, release} = useSteadyList<Inquiry>();
  const [outcome, setOutcome] = useState<BulkOutcome>();
  const [isSending, setSending] = useState(false);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => void (isShown.current = false);
  }, []);
  const focusAfter = useRef<readonly string[]>([]);

  const send = async (patch: InquiryPatch, isMeant: (inquiry: Inquiry) => boolean = () => true) => {
    const nameOf = new Map(rows.map(({row}) => [row.id, row.name]));
    const selected = rows.map(({row}) => row).filter(({id}) => selectedIds.includes(id));
    const ids = selected.filter(isMeant).map(({id}) => id);
    focusAfter.current = ids;
    setSending(true);
    const results: NamedResult[] = [];
    let failure: BulkOutcome['failure'];
    for (const part of inParts(ids, MAX_BULK_IDS)) {
      if (!isShown.current) break; // nothing is changed of which nobody sees what became of it
      try {
        const answer = await provider.patchInquiries(part, patch);
        results.push(...answer.map(result => ({...result, name: nameOf.get(result.id) ?? result.id})));
      } catch (error) {
        failure = {error, count: ids.length - results.length};
        break;
      }
    }
    setSending(false);
    setOutcome({results, failure});
    const done = ids.slice(0, results.length);
    onSelect(selected.map(({id}) => id).filter(id => !done.includes(id)));
    feed.refresh();
    await queries.invalidateQueries({queryKey: ['inquiries']});
    release();
  };
  const close = () => setOutcome(undefined);
  useFocusAfter(outcome, focusAfter);
  return {
    isSending,
    send: patch => void (isSending || send(patch)),
    release: () => void (isSending || send({status: 'new'}, isQuarantined)),
    outcome,
    close,
  };
}

// The button that was pressed is gone with the selection, so the focus returns to the first row of it that is still there.
function useFocusAfter(outcome: BulkOutcome | undefined, ids: {current: readonly string[]}): void {
  const wasShown = useRef(false);
  useEffect(() => {
    if (wasShown.current && !outcome) {
      const checkbox = ids.current
        .map(id => document.querySelector<HTMLElement>(`#inquiries li[data-id="${id}"] input`))
        .find(Boolean);
      (checkbox ?? document.getElementById('select-all') ?? document.querySelector('h1'))?.focus();
    }
    wasShown.current = outcome !== undefined;
  }, [outcome, ids]);
}
