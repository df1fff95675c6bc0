// One export at a time: its progress, its outcome, and stopping it.
import {useEffect, useRef, useState} from 'react';
import {useDataProvider, useLocaleState, useTranslate} from 'react-admin';
import {formatNumber} from '../i18n/counts';
import type {OutreachDataProvider} from '../rest/data-provider';
import {explain} from '../rest/explain';
import {toFilterQuery} from '../rest/requests';
import {type Progress, readExport, saveFile, ShortExportError} from './read-export';

/** Which list, as it is filtered and ordered. */
export interface ExportOfList {
  path: string;
  name: string;
  filter: Record<string, unknown>;
  order: string;
}

export function useExport({path, name, filter, order}: ExportOfList) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const {fetchText} = useDataProvider<OutreachDataProvider>();
  const [progress, setProgress] = useState<Progress>();
  const [outcome, setOutcome] = useState<{severity: 'success' | 'error' | 'info'; text: string}>();
  const [isRunning, setRunning] = useState(false);
  const control = useRef<AbortController>(undefined);
  useEffect(() => () => control.current?.abort(), []); // no export goes on that nobody sees

  const run = async (bom: boolean) => {
    const {signal} = (control.current = new AbortController());
    const query = new URLSearchParams({...toFilterQuery(filter), order: order === 'ASC' ? 'oldest' : 'newest'});
    query.set('separator', translate('outreach.export.separator'));
    if (bom) query.set('bom', 'true');
    setRunning(true);
    setProgress(undefined);
    setOutcome(undefined);
    try {
      const {blob, rows} = await readExport({fetchText, path: `${path}?${query}`, onProgress: setProgress, signal});
      const file = `${name}-${new Date().toISOString().slice(0, 10)}.csv`;
      saveFile(blob, file);
      setOutcome({
        severity: 'success',
        text: translate('outreach.export.done', {rows: formatNumber(rows, locale), name: file}),
      });
    } catch (error) {
      setOutcome(toOutcome(error, signal.aborted));
    }
    setRunning(false);
  };
  const toOutcome = (error: unknown, isStopped: boolean) => {
    if (isStopped) return {severity: 'info', text: translate('outreach.export.stopped')} as const;
    if (error instanceof ShortExportError) {
      return {
        severity: 'error',
        text: translate('outreach.export.short', {
          rows: formatNumber(error.progress.rows, locale),
          total: formatNumber(error.progress.total, locale),
        }),
      } as const;
    }
    return {severity: 'error', text: translate('outreach.export.failed', {detail: explain(error, translate)})} as const;
  };
  return {progress, outcome, isRunning, start: (bom: boolean) => void run(bom), stop: () => control.current?.abort()};
}
