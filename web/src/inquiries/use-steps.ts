// Saves a step at once, on top of the version that is shown, and keeps it for the notice that can take it back.
import {useQueryClient} from '@tanstack/react-query';
import {useRef} from 'react';
import {HttpError, useDataProvider, useNotify, useStoreContext, useTranslate} from 'react-admin';
import {useApplication} from '../layout/application-context';
import {useFeed} from '../live/feed';
import type {OutreachDataProvider} from '../rest/data-provider';
import {explain} from '../rest/explain';
import type {Inquiry, InquiryPatch} from './inquiry-requests';
import {changesBack, changeOf, type Step} from './steps';

/** Where the store keeps the last step, in memory. */
export const LAST_STEP = 'lastStep';

/** A step that was saved: the inquiry before it, and as the service answered. */
export interface SavedStep {
  step: Step;
  before: Inquiry;
  after: Inquiry;
}

export interface Steps {
  /** Resolves to whether it was saved; a notice says why not. While one of the inquiry is being saved, another does nothing. */
  run: (inquiry: Inquiry, step: Step) => Promise<boolean>;
  /** Leads back to what was before, unless somebody has changed the inquiry since. */
  undo: (saved: SavedStep) => Promise<void>;
}

export function useSteps(): Steps {
  const translate = useTranslate();
  const notify = useNotify();
  const provider = useDataProvider<OutreachDataProvider>();
  const queries = useQueryClient();
  const store = useStoreContext();
  const feed = useFeed();
  const {userId} = useApplication();
  const saving = useRef(new Set<string>()).current;

  const change = async (on: Inquiry, patch: InquiryPatch) =>
    (await provider.update<Inquiry>('inquiries', {id: on.id, data: patch, previousData: on})).data;
  const whoChanged = async (id: string) => {
    const {entries} = await provider.listActivity(id).catch(() => ({entries: []}));
    return entries.find(({kind}) => kind !== 'note')?.actor ?? translate('outreach.steps.somebody');
  };
  const save = async (id: string, changes: () => Promise<void>) => {
    if (saving.has(id)) return false;
    saving.add(id);
    try {
      await changes();
      return true;
    } catch (error) {
      const isStale = error instanceof HttpError && error.status === 412;
      const text = isStale
        ? translate('outreach.steps.changed', {actor: await whoChanged(id)})
        : explain(error, translate);
      notify(text, {type: isStale ? 'warning' : 'error'});
      return false;
    } finally {
      saving.delete(id);
      feed.refresh();
      await queries.invalidateQueries({queryKey: ['inquiries']});
    }
  };

  return {
    run: (before, step) =>
      save(before.id, async () => {
        store.setItem(LAST_STEP, undefined); // the one before cannot be taken back any more
        const after = await change(before, changeOf(step, userId));
        store.setItem(LAST_STEP, {step, before, after} satisfies SavedStep);
      }),
    undo: async ({before, after}) => {
      await save(before.id, async () => {
        store.setItem(LAST_STEP, undefined);
        let present = after;
        for (const back of changesBack(before, after)) present = await change(present, back);
        notify(translate('outreach.steps.undone'), {type: 'success'});
      });
    },
  };
}
