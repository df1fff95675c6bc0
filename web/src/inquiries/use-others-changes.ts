// Which fields somebody else has just changed. A change of one's own, made in another tab, is no news: the log says whose
// each one is.
import {useCallback, useRef, useState} from 'react';
import {useDataProvider} from 'react-admin';
import {useApplication} from '../layout/application-context';
import type {OutreachDataProvider} from '../rest/data-provider';
import type {Activity, TriageField} from './inquiry-requests';

export interface OthersChanges {
  fields: readonly TriageField[];
  /** A new version has other values in these: those that somebody else wrote last show too, until they are seen. */
  show: (changed: readonly TriageField[]) => Promise<void>;
  /** The person has seen them. */
  forget: () => void;
}

/** Of the inquiry. A log that cannot be read is no reason to hide a change. */
export function useOthersChanges(inquiryId: string): OthersChanges {
  const provider = useDataProvider<OutreachDataProvider>();
  const {userId} = useApplication();
  const [fields, setFields] = useState<readonly TriageField[]>([]);
  /** Changed by anybody. Each `show` and `forget` replaces the set, so that an answer awaited for an earlier one is dropped. */
  const unseen = useRef<ReadonlySet<TriageField>>(new Set());

  const forget = useCallback(() => {
    unseen.current = new Set();
    setFields([]);
  }, []);
  const show = useCallback(
    async (changed: readonly TriageField[]) => {
      if (changed.length === 0) return;
      const all = new Set([...unseen.current, ...changed]);
      unseen.current = all;
      const {entries} = await provider.listActivity(inquiryId).catch(() => ({entries: [] as Activity[]}));
      const authorOf = (name: TriageField) => entries.find(({kind}) => kind === name)?.actor; // the newest is the first
      if (unseen.current !== all) return;
      setFields([...all].filter(name => userId === undefined || authorOf(name) !== userId));
    },
    [provider, inquiryId, userId],
  );
  return {fields, show, forget};
}
