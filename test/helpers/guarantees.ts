// What a fault cost, and the table of it: printed, and written to docs/guarantees.md when asked for.
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {format} from 'prettier';

/** The facts of one fault. */
export interface Observed {
  title: string;
  /** When each inquiry was answered with 201, by its id; milliseconds since the epoch. */
  acknowledged: ReadonlyMap<string, number>;
  /** The ids in the list at the end. */
  rows: readonly string[];
  firstSeen: Readonly<Record<string, number>>;
  toasts: number;
}

/** One line of the table; times from the answer to the visitor until the row is in the list. */
export interface Measured {
  title: string;
  inquiries: number;
  lost: number;
  doubled: number;
  toasts: number;
  medianMs: number;
  maxMs: number;
}

const FILE = path.resolve(__dirname, '../../docs/guarantees.md');
const [BEGIN, END] = ['<!-- measured -->', '<!-- /measured -->'];

export function summarize({title, acknowledged, rows, firstSeen, toasts}: Observed): Measured {
  const ids = [...acknowledged.keys()];
  const shown = new Set(rows);
  const staleness = [...acknowledged]
    .map(([id, at]) => Math.max(0, (firstSeen[id] ?? Infinity) - at))
    .sort((a, b) => a - b);
  return {
    title,
    inquiries: ids.length,
    lost: ids.filter(id => !shown.has(id)).length,
    doubled: rows.length - shown.size,
    toasts,
    medianMs: staleness[Math.floor(staleness.length / 2)] ?? Infinity,
    maxMs: staleness.at(-1) ?? Infinity,
  };
}

/** Prints the table; with WRITE_GUARANTEES set, into docs/guarantees.md too, between its two marks. */
export async function printGuarantees(measured: readonly Measured[]): Promise<void> {
  const table = [
    '| While … | Inquiries | Lost | Doubled | Toasts | Median staleness | Worst |',
    '| --- | --: | --: | --: | --: | --: | --: |',
    ...measured.map(
      ({title, inquiries, lost, doubled, toasts, medianMs, maxMs}) =>
        `| ${title} | ${inquiries} | ${lost} | ${doubled} | ${toasts} | ${seconds(medianMs)} | ${seconds(maxMs)} |`,
    ),
  ].join('\n');
  process.stderr.write(`${table}\n`);
  if (process.env.WRITE_GUARANTEES === undefined) return;
  const text = await readFile(FILE, 'utf8');
  const [head = '', rest = ''] = text.split(BEGIN);
  const [, tail = ''] = rest.split(END);
  const page = `${head}${BEGIN}\n\n${table}\n\n${END}${tail}`;
  await writeFile(FILE, await format(page, {parser: 'markdown', printWidth: 120}));
}

function seconds(ms: number): string {
  return Number.isFinite(ms) ? `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s` : 'never';
}
