// Status, assignee and topic as one person edits them on top of the version that they have read. The service refuses a
// change of an older version (412): then both versions are there, to choose from.
import {useEffect, useState} from 'react';
import {HttpError, useDataProvider, useNotify, useTranslate, useUpdate} from 'react-admin';
import {useDraft} from '../drafts/use-draft';
import {useFeed} from '../live/feed';
import type {OutreachDataProvider} from '../rest/data-provider';
import {type Inquiry, type InquiryPatch, TRIAGE_FIELDS, type TriageField} from './inquiry-requests';
import {useOthersChanges} from './use-others-changes';

/** Nobody is '' while it is edited. */
export type TriageValues = Record<TriageField, string>;

/** My values on top of a version that is not mine. */
export interface Conflict {
  theirs: Inquiry;
  mine: TriageValues;
  /** Fields in which both differ, and which I have changed. */
  fields: TriageField[];
}

/** What somebody has edited and not saved, on top of the version that they had read. */
interface TriageDraft {
  base: Pick<Inquiry, TriageField | 'version'>;
  values: TriageValues;
}

export const toValues = ({status, assignee, topic}: Inquiry): TriageValues => ({
  status,
  topic,
  assignee: assignee ?? '',
});

/** The key of the field's label. */
export const labelOf = (name: TriageField) =>
  name === 'status' ? 'outreach.status.label' : `outreach.inquiry.${name}`;

export function useTriage(inquiry: Inquiry) {
  const translate = useTranslate();
  const notify = useNotify();
  const feed = useFeed();
  const provider = useDataProvider<OutreachDataProvider>();
  const [kept, keepDraft] = useDraft<TriageDraft>(`triage.${inquiry.id}`);
  const draft = kept && changedFields(inquiry, kept.values).length > 0 ? kept : undefined; // or it was saved after all
  const [base, setBase] = useState<Inquiry>(() => ({...inquiry, ...draft?.base}));
  const [values, setValues] = useState(() => draft?.values ?? toValues(inquiry));
  const [conflict, setConflict] = useState<Conflict>();
  const [error, setError] = useState<HttpError>();
  const {fields: changedJustNow, show: showChanges, forget: forgetChanges} = useOthersChanges(inquiry.id);
  const [update, {isPending}] = useUpdate<Inquiry, HttpError>();
  const isEdited = changedFields(base, values).length > 0;

  useEffect(() => {
    const {status, assignee, topic, version} = base;
    keepDraft(isEdited ? {base: {status, assignee, topic, version}, values} : undefined);
  }, [base, values, isEdited, keepDraft]);

  // Who has not touched anything goes along with every new version; who has, keeps what they have read.
  useEffect(() => {
    if (isEdited || inquiry.version <= base.version) return;
    void showChanges(changedFields(base, toValues(inquiry)));
    setBase(inquiry);
    setValues(toValues(inquiry));
  }, [inquiry, base, isEdited, showChanges]);

  const send = (on: Inquiry, wanted: TriageValues) => {
    setError(undefined);
    forgetChanges();
    const adopt = (saved: Inquiry) => {
      setBase(saved);
      setValues(now => withLaterEdits(toValues(saved), wanted, now));
      setConflict(undefined);
      notify(translate('outreach.inquiry.saved'), {type: 'success'});
      feed.refresh();
    };
    const patch = patchOf(on, wanted);
    if (!patch) {
      adopt(on); // nothing of mine is left to save
      return;
    }
    const refuse = async (refusal: HttpError) => {
      if (refusal.status !== 412) {
        setError(refusal);
        return;
      }
      try {
        const theirs = await provider.readInquiry(on.id);
        setConflict({theirs, mine: wanted, fields: conflictingFields(base, theirs, wanted)});
      } catch (failure) {
        setError(failure as HttpError); // of the data provider
      }
    };
    void update(
      'inquiries',
      {id: on.id, data: patch, previousData: on},
      {mutationMode: 'pessimistic', onSuccess: adopt, onError: refusal => void refuse(refusal)},
    );
  };

  return {
    values,
    setValue: (name: TriageField, value: string) => {
      forgetChanges(); // who goes on from there has seen what is there
      setValues(before => ({...before, [name]: value}));
    },
    isEdited,
    /** What somebody else changed in the version that took the place of the one that was shown, until it is seen. */
    changedJustNow,
    isOutdated: isEdited && inquiry.version > base.version,
    isSaving: isPending,
    error,
    conflict,
    save: () => send(base, values),
    /** Sets a quarantined inquiry to new; what is edited and not saved stays. */
    release: () => {
      setValues(now => ({...now, status: 'new'})); // or what the form shows would pass for a later edit
      send(base, {...toValues(base), status: 'new'});
    },
    reset: () => {
      setError(undefined);
      setBase(inquiry);
      setValues(toValues(inquiry));
    },
    /** Saves on top of their version. */
    merge: (chosen: TriageValues) => conflict && send(conflict.theirs, chosen),
    closeConflict: () => setConflict(undefined),
  };
}

// What somebody has edited while their change was saved is theirs to save.
function withLaterEdits(saved: TriageValues, sent: TriageValues, now: TriageValues): TriageValues {
  const later = TRIAGE_FIELDS.filter(name => now[name] !== sent[name]);
  return {...saved, ...(Object.fromEntries(later.map(name => [name, now[name]])) as Partial<TriageValues>)}; // its names
}

function changedFields(before: Inquiry, after: TriageValues): TriageField[] {
  const values = toValues(before);
  return TRIAGE_FIELDS.filter(name => after[name].trim() !== values[name]);
}

/** What of the wanted values differs, as a merge patch; undefined when nothing does. */
function patchOf(on: Inquiry, wanted: TriageValues): InquiryPatch | undefined {
  const changed = changedFields(on, wanted);
  if (changed.length === 0) return undefined;
  return Object.fromEntries(changed.map(name => [name, wanted[name].trim() || null])); // its names
}

// A field that I left alone is theirs without a question.
function conflictingFields(base: Inquiry, theirs: Inquiry, mine: TriageValues): TriageField[] {
  const [read, now] = [toValues(base), toValues(theirs)];
  return TRIAGE_FIELDS.filter(name => mine[name].trim() !== read[name] && mine[name].trim() !== now[name]);
}
