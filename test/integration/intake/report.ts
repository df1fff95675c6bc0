// The tables of docs/intake.md: what each guard catches alone and together, and what became of each case.
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {format} from 'prettier';
import type {Outcome} from './replay';

const FILE = path.resolve(__dirname, '../../../docs/intake.md');
/** What the generated parts stand between: `tables` of all combinations of guards, and the `cases` with all of them. */
const marksOf = (part: string): [string, string] => [`<!-- ${part} -->`, `<!-- /${part} -->`];

/** Outcomes by the guards that looked: `none`, each guard's name, and `all`. */
export type Outcomes = ReadonlyMap<string, readonly Outcome[]>;

const caught = ({sent, accepted}: Outcome) => sent - accepted;
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** One table of humans, one of bots, and the same of forms with a captcha: a row for each kind of sender, a column for each combination of guards. */
export function tablesOf(outcomes: Outcomes, captchaOutcomes: Outcomes): string {
  const all = [...(outcomes.get('all') ?? []), ...(captchaOutcomes.get('captcha') ?? [])];
  const of = (who: Outcome['who']) => all.filter(each => each.who === who);
  const [humans, bots] = [of('human'), of('bot')];
  const lost = sum(humans.map(({faults}) => (faults.length > 0 ? 1 : 0)));
  const passed = bots.filter(({accepted}) => accepted > 0).length;
  return [
    `${all.length} cases with ${sum(all.map(({sent}) => sent))} messages: ${humans.length} cases of humans, of which ${lost} ` +
      `are lost, and ${bots.length} of bots, of which ${bots.length - passed} are caught to the last message.`,
    '**Humans: how many messages are set aside**, and wait for a click. “–” is none.',
    tableOf(outcomes, 'human'),
    '**Bots: how many messages are caught**, which means set aside, or refused as a flood.',
    tableOf(outcomes, 'bot'),
    '**With a captcha** (`CAPTCHA_PROVIDER`), which is optional: how many messages are set aside, or caught.',
    tableOf(captchaOutcomes, 'human'),
    tableOf(captchaOutcomes, 'bot'),
  ].join('\n\n');
}

function tableOf(outcomes: Outcomes, who: Outcome['who']): string {
  const columns = [...outcomes.keys()];
  const of = (column: string) => (outcomes.get(column) ?? []).filter(each => each.who === who);
  const kinds = [...new Set(of('all').map(({kind}) => kind))];
  const row = (title: string, belongs: (each: Outcome) => boolean) => {
    const own = of('all').filter(belongs);
    const cells = columns.map(column => sum(of(column).filter(belongs).map(caught)) || '–');
    return [title, own.length, sum(own.map(({sent}) => sent)), ...cells];
  };
  const rows = [
    [who === 'human' ? 'Humans' : 'Bots', 'Cases', 'Messages', ...columns.map(headOf)],
    ['---', ...columns.map(() => '--:'), '--:', '--:'],
    ...kinds.map(kind => row(kind, each => each.kind === kind)),
    row('**together**', () => true),
  ];
  return rows.map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

function headOf(column: string): string {
  if (column === 'none') return 'no guard';
  if (column === 'all') return '**all**';
  if (column === 'captcha') return '**all and a captcha**';
  return column.replaceAll(/(?!^)([A-Z])/g, ' $1').toLowerCase();
}

/** What became of each case with all guards, by kind. */
export function casesOf(all: readonly Outcome[]): string {
  const kinds = [...new Set(all.map(({who, kind}) => `${who} ${kind}`))];
  return kinds
    .flatMap(named => {
      const own = all.filter(({who, kind}) => `${who} ${kind}` === named);
      return [`**${own[0]?.who === 'human' ? 'Humans' : 'Bots'}, ${own[0]?.kind}**`, own.map(lineOf).join('\n')];
    })
    .join('\n\n');
}

function lineOf(outcome: Outcome): string {
  const {who, title, sent, accepted, quarantined, refused, reasons, faults} = outcome;
  const why = reasons.length > 0 ? ` (${reasons.map(reason => `\`${reason}\``).join(', ')})` : '';
  const release = who === 'human' ? 'set aside and released' : 'set aside';
  const counted = (count: number, what: string) => (count === 0 ? [] : [sent === 1 ? what : `${count} ${what}`]);
  const parts = [
    ...counted(accepted, who === 'human' ? 'accepted' : 'accepted, as a human’s would be'),
    ...counted(quarantined, release + why),
    ...counted(refused, 'refused'),
  ];
  return `- ${title}: ${faults.length > 0 ? '**lost**' : parts.join(', ')}`;
}

/** The page with this part anew. */
export async function withPart(part: string, text: string): Promise<string> {
  const page = await readFile(FILE, 'utf8');
  const [begin, end] = marksOf(part);
  const [head = '', rest = ''] = page.split(begin);
  const [, tail = ''] = rest.split(end);
  return format(`${head}${begin}\n\n${text}\n\n${end}${tail}`, {parser: 'markdown', printWidth: 120});
}

/** The page as it is. */
export function readPage(): Promise<string> {
  return readFile(FILE, 'utf8');
}

export async function writePart(part: string, text: string): Promise<void> {
  await writeFile(FILE, await withPart(part, text));
}
