// Which fields somebody else has just changed. A change of one's own, made in another tab, is no news: the log says whose
// each one is.
import {useCallback, useRef, useState} from 'react';
import {useDataProvider} from 'react-admin';
import {useApplication} from '../layout/application-context';
import type {OutreachDataProvider} from '../rest/data-provider';
import type {Activity} from './inquiry-requests';
import type {TriageField} from './use-triage';

export interface OthersChanges {
  fields: readonly TriageField[];
  /** A new version has other values in these: those that somebody else wrote take the place of what was shown. */
  show: (changed: readonly TriageField[]) => Promise<void>;
  /** The person has seen them. */
  forget: () => void;
}

/** Of the inquiry. A log that cannot be read is no reason to hide a change. */
export function useOthersChanges(inquiryId: string): OthersChanges {
  const provider = useDataProvider<OutreachDataProvider>();
  const {userId} = useApplication();
  const [fields, setFields] = useState<readonly TriageField[]>([]);
  const turn = useRef(0); // an answer that comes after the next change, or after `forget`, is of the past

  const forget = useCallback(() => {
    turn.current += 1;
    setFields([]);
  }, []);
  const show = useCallback(
    async (changed: readonly TriageField[]) => {
      forget();
      if (changed.length === 0) return;
      const own = turn.current;
      const {entries} = await provider.listActivity(inquiryId).catch(() => ({entries: [] as Activity[]}));
      const authorOf = (name: TriageField) => entries.find(({kind}) => kind === name)?.actor; // the newest is the first
      if (turn.current === own) setFields(changed.filter(name => userId === undefined || authorOf(name) !== userId));
    },
    [forget, provider, inquiryId, userId],
  );
  return {fields, show, forget};
}
