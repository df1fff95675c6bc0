// Reads an export as it streams in and reports how many rows have come; saves it only when all have.
import type {OutreachDataProvider} from '../rest/data-provider';
import {createRowCounter} from './csv-rows';

const PROGRESS_INTERVAL_MS = 100;

export interface Progress {
  rows: number;
  total: number;
}

interface ExportOptions {
  fetchText: OutreachDataProvider['fetchText'];
  /** With its query. */
  path: string;
  onProgress: (progress: Progress) => void;
  signal: AbortSignal;
}

/** Thrown when fewer rows came than the service has announced. */
export class ShortExportError extends Error {
  override readonly name = 'ShortExportError';
  constructor(readonly progress: Progress) {
    super(`${progress.rows} of ${progress.total} rows`);
  }
}

/** Resolves to the file. Rejects with HttpError for a problem, with ShortExportError, or as the signal says. */
export async function readExport({
  fetchText,
  path,
  onProgress,
  signal,
}: ExportOptions): Promise<{blob: Blob; rows: number}> {
  const response = await fetchText(path, signal);
  const total = Number(response.headers.get('X-Total-Count'));
  if (!response.body) throw new ShortExportError({rows: 0, total});
  const counter = createRowCounter();
  const decoder = new TextDecoder();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let reportedAt = 0;
  for (let reader = response.body.getReader(); ;) {
    const {done, value} = await reader.read();
    if (done) break;
    parts.push(value);
    counter.feed(decoder.decode(value, {stream: true}));
    if (performance.now() - reportedAt < PROGRESS_INTERVAL_MS) continue;
    reportedAt = performance.now();
    onProgress({rows: counter.rows(), total});
  }
  const rows = counter.rows();
  onProgress({rows, total});
  if (rows < total) throw new ShortExportError({rows, total});
  return {blob: new Blob(parts, {type: 'text/csv'}), rows};
}

/** Lets the browser save it. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser may still be reading it
}
