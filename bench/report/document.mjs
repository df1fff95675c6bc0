// docs/performance.md: the table of targets, why some are missed, and a section for each scenario. A run replaces what it
// has measured and leaves the rest as it is, so that one scenario can be measured again without the others; why is
// written by hand.
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {format, resolveConfig} from 'prettier';
import {meets, TARGETS} from '../targets.mjs';
import {asSpread, cells, exact, withSpread} from './format.mjs';
import {barChart} from './svg.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DOCUMENT = path.join(ROOT, 'docs/performance.md');
const PLOTS = path.join(ROOT, 'docs/performance');
const NOT_MEASURED = 'not measured yet';

const INTRODUCTION = `# Performance

Written by \`npm run bench\`, which starts real servers: PostgreSQL with \`fsync\` and \`synchronous_commit\` on, Redis,
outreach from \`dist/\` and the peers of \`bench/peers/\`. The server under test has a core of its own and so has the load
generator; PostgreSQL and Redis take what both leave, the same for everybody. All servers run at the same time and are
measured in turn, round after round; each ratio is made within one round. A figure is the median of the rounds, with
least and greatest beside it. **Compare ratios, not absolute figures of different runs**; less than 15 % is noise.

The first comparison is with what an engineer would write by hand instead: fastify and pg, one endpoint and
[a table of six columns](../bench/peers/fastify-pg-plain/main.mjs) with a primary key and one index, as strictly validated, without search,
triage, feed, events or erasure. Every other server stores rows in a clone of the same migrated database, with all its
columns, types and indexes, validates by the same rules in its own way, and gives the same answer; each is asked first whether it
does, and afterwards whether it has stored as many rows as it acknowledged. [CONTRIBUTING.md](../CONTRIBUTING.md) says how to
run it.`;

/** Writes the document and its plots, with these results by scenario name in place of the earlier ones. */
export async function writeDocument(results, scenarios) {
  const before = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '';
  const sections = scenarios.map(({name, title}) => {
    const text = results[name] ? section(results[name]) : (sectionBefore(before, name) ?? unmeasured(name));
    return `<!-- ${name} -->\n\n## ${title}\n\n${text}\n\n<!-- /${name} -->`;
  });
  const why = `<!-- why -->\n\n## What is missed, and why\n\n${sectionBefore(before, 'why') ?? ''}\n\n<!-- /why -->`;
  const text = [INTRODUCTION, '## Where to land', targetTable(results, before), why, ...sections].join('\n\n');
  const options = await resolveConfig(DOCUMENT);
  writeFileSync(DOCUMENT, await format(text, {...options, parser: 'markdown'}));
  mkdirSync(PLOTS, {recursive: true});
  for (const {chart, tables} of Object.values(results)) if (chart) writePlot(chart, tables[chart.table]);
}

function targetTable(results, before) {
  const rows = TARGETS.map(target => {
    const figure = figureOf(results, target);
    const earlier = before.split('\n').find(line => cellsOf(line)[0] === target.what);
    const [measured, verdict] =
      figure === undefined ? (earlier ? cellsOf(earlier).slice(1, 3) : [NOT_MEASURED, '']) : judged(target, figure);
    return `| ${target.what} | ${measured} | ${verdict} | ${bound(target, 'atLeast')} | ${bound(target, 'aim')} |`;
  });
  return ['| what | measured | | at least | aim |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

/** The figure that a target is about, if this run has measured it. */
export function figureOf(results, {key, scenario}) {
  return results[scenario]?.ratios[key.slice(scenario.length + 1)];
}

function judged(target, figure) {
  const {median} = asSpread(figure);
  const verdict = meets(target, median, target.aim)
    ? 'aim reached'
    : meets(target, median, target.atLeast)
      ? 'met'
      : 'missed';
  return [withSpread(figure, exact) + target.unit, verdict];
}

function bound({better, unit, ...target}, name) {
  return `${better === 'more' ? '≥' : '≤'} ${target[name]}${unit}`;
}

function cellsOf(line) {
  return line
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim());
}

function sectionBefore(text, name) {
  const found = new RegExp(`<!-- ${name} -->\\s+## [^\\n]+\\n([\\s\\S]*?)<!-- /${name} -->`).exec(text);
  return found?.[1].trim();
}

function unmeasured(name) {
  return `Not measured yet: \`npm run bench -- ${name}\`.`;
}

function section({notes = [], tables, chart, facts}) {
  const picture = chart ? `![${chart.title}](performance/${chart.file}.svg)` : '';
  const versions = Object.entries(facts.versions).map(([name, version]) => `${name} ${version}`);
  const origin =
    `${facts.date}, commit ${facts.commit}, ${facts.machine}${facts.pinned ? '' : ', not pinned to cores'}; ` +
    `${effortOf(facts)}; ${versions.join(', ')}.`;
  return [...notes, ...tables.map(markdownTable), picture, origin].filter(Boolean).join('\n\n');
}

function effortOf({rounds, seconds, load}) {
  return rounds === undefined ? 'counted once' : `${rounds} rounds of ${seconds} s, load average before ${load}`;
}

function markdownTable({caption, ...table}) {
  const [header, ...rows] = cells(table);
  const line = row => `| ${row.join(' | ')} |`;
  const rule = header.map((_, index) => (index === 0 ? '---' : '---:'));
  return `${caption}:\n\n${[line(header), line(rule), ...rows.map(line)].join('\n')}`;
}

function writePlot({file, title, field, unit, isLogarithmic}, {rows}) {
  const figures = Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row[field]]));
  writeFileSync(path.join(PLOTS, `${file}.svg`), barChart({title, unit, figures, isLogarithmic}));
}
