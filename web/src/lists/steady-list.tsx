// A list whose rows stay where they are while somebody works with them: with a row selected, the page scrolled, or on
// any page but the first. Meanwhile their content is kept up to date, new rows wait until they are asked for, and one
// that meets the filter no more leaves its place empty. Otherwise the list shows whatever was read last.
import {useQuery} from '@tanstack/react-query';
import {createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore} from 'react';
import {ListBase, useDataProvider, useListContext} from 'react-admin';
import {goToTop} from '../layout/page-heading';
import type {OutreachDataProvider} from '../rest/data-provider';
import type {FilterValues} from '../rest/requests';
import {listKeyOf} from './list-key';

interface Row {
  id: string;
}

export interface SteadyList<T extends Row = Row> {
  /** In the order in which they show; one that `hasLeft` only keeps its place. */
  rows: readonly {row: T; hasLeft: boolean}[];
  /** Selected rows that can be seen: a change of many reaches no others. */
  selectedIds: readonly string[];
  /** How many new rows wait before those that show; as many as a page has stands for that many or more. */
  waiting: number;
  showWaiting: () => void;
  /** Shows what was read last, as after a change of one's own. */
  release: () => void;
  /** Why rows that show could not be read again. */
  error: Error | null;
}

/** What was on the page when it began to stay, and the question that it answers. */
interface Held<T> {
  question: string;
  rows: readonly T[];
}

const SteadyListContext = createContext<SteadyList | undefined>(undefined);

export function useSteadyList<T extends Row>(): SteadyList<T> {
  const list = useContext(SteadyListContext);
  if (!list) throw new Error('useSteadyList needs a SteadyListProvider above it');
  return list as SteadyList<T>; // the row's type is the list's around it, as in react-admin's useListContext
}

interface SteadyListBaseProps {
  resource: 'inquiries' | 'subscriptions';
  /** When react-query reads it by itself. */
  queryOptions?: {refetchInterval: number; refetchOnWindowFocus: 'always'};
  children: ReactNode;
}

/** As react-admin's ListBase, for what uses `useSteadyList` or `useListContext`. */
export function SteadyListBase({resource, queryOptions, children}: SteadyListBaseProps) {
  return (
    <ListBase
      resource={resource}
      perPage={25}
      sort={{field: 'createdAt', order: 'DESC'}}
      storeKey={listKeyOf(resource)}
      disableSyncWithLocation // what is searched for may be personal: it stays out of addresses and the history
      exporter={false}
      queryOptions={{...queryOptions, onError: () => undefined}} // the frame around the rows says what failed
    >
      <SteadyListProvider>{children}</SteadyListProvider>
    </ListBase>
  );
}

function SteadyListProvider({children}: {children: ReactNode}) {
  const list = useListContext<Row>();
  const {data, isPlaceholderData, isFetching, error, page, perPage, sort, selectedIds, onSelect, setPage} = list;
  const filter = list.filterValues as FilterValues; // only our filter forms write them
  const question = JSON.stringify([page, perPage, sort, filter]);
  const isScrolled = useIsScrolled();
  const isWorkedWith = selectedIds.length > 0 || isScrolled || page > 1;
  const [held, setHeld] = useState<Held<Row>>();
  // What is left of an earlier visit may be outdated: the first answer is awaited before anything stays as it is.
  const [hasSettled, setSettled] = useState(false);
  if (!hasSettled && !isFetching) setSettled(true);

  const answer = isPlaceholderData ? undefined : data;
  const isHeld = isWorkedWith && held?.question === question && held.rows.length > 0;
  if (!isWorkedWith && held) setHeld(undefined);
  if (isWorkedWith && !isHeld && hasSettled && answer && answer.length > 0)
    setHeld({question, rows: answer.filter(meets(filter))});
  if (isHeld && answer && held.rows.length < perPage) {
    const after = answer.slice(answer.findIndex(({id}) => id === held.rows.at(-1)?.id) + 1);
    const added = after.length < answer.length ? after.slice(0, perPage - held.rows.length) : [];
    if (added.length > 0) setHeld({question, rows: [...held.rows, ...added]}); // below all others: nothing moves
  }

  const latest = useLatest(isHeld ? held.rows : undefined, answer, filter);
  const rows = isHeld
    ? held.rows.map(latest.of)
    : (data ?? []).filter(meets(filter)).map(row => ({row, hasLeft: false}));
  const isSeen = new Set(rows.filter(({hasLeft}) => !hasLeft).map(({row}) => row.id));
  const seenIds = selectedIds.filter(id => isSeen.has(id));
  useEffect(() => {
    if (answer && seenIds.length < selectedIds.length) onSelect(seenIds);
  });

  const steady: SteadyList = {
    rows,
    selectedIds: seenIds,
    waiting: isHeld ? countBefore(held.rows, answer) : 0,
    showWaiting: () => {
      if (page > 1) setPage(1);
      setHeld(undefined);
      goToTop();
    },
    release: () => setHeld(undefined),
    error: error ?? latest.error,
  };
  return <SteadyListContext.Provider value={steady}>{children}</SteadyListContext.Provider>;
}

// Rows that are no longer on the page that was read last were pushed off it, or do not meet the filter any more. The
// service knows which; it is asked for all that show, so that the question stays the same while they do.
function useLatest(held: readonly Row[] | undefined, answer: readonly Row[] | undefined, filter: FilterValues) {
  const {resource} = useListContext();
  const provider = useDataProvider<OutreachDataProvider>();
  const ids = (held ?? []).map(({id}) => id);
  const onPage = new Map((answer ?? []).map(row => [row.id, row]));
  const {data, error} = useQuery({
    queryKey: [resource, 'getList', 'these', ids, filter], // as react-admin's lists, which it keeps up to date with changes
    queryFn: async () => ({data: await provider.getThese<Row>(resource, ids, filter)}),
    enabled: answer !== undefined && ids.some(id => !onPage.has(id)),
  });
  const read = data && new Map(data.data.map(row => [row.id, row]));
  const isMet = meets(filter);
  return {
    error,
    of: (shown: Row) => {
      const row = onPage.get(shown.id) ?? read?.get(shown.id);
      return {row: row ?? shown, hasLeft: row ? !isMet(row) : read !== undefined && answer !== undefined};
    },
  };
}

/** Whether a row meets what the list is narrowed to, as far as the row itself can change. */
function meets(
  filter: FilterValues,
): (row: Row & {status?: string; topic?: string; assignee?: string | null}) => boolean {
  const plain = (text: string | null | undefined) => text?.trim().normalize('NFC') ?? '';
  return ({status, topic, assignee}) =>
    Object.entries({status, topic, assignee}).every(
      ([name, value]) => value === undefined || !filter[name] || plain(value) === plain(filter[name]),
    );
}

function countBefore(shown: readonly Row[], answer: readonly Row[] = []): number {
  const isShown = new Set(shown.map(({id}) => id));
  const first = answer.findIndex(({id}) => isShown.has(id));
  return first === -1 ? answer.length : first;
}

function useIsScrolled(): boolean {
  return useSyncExternalStore(onScroll, () => scrollY > 0);
}

function onScroll(listener: () => void): () => void {
  addEventListener('scroll', listener, {passive: true});
  return () => removeEventListener('scroll', listener);
}
