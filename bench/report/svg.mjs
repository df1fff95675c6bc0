// A bar chart as SVG: a title and a description for those who hear it, every value as text, and colours that fit light
// and dark pages.
import {asSpread, number} from './format.mjs';

const WIDTH = 720;
const LEFT = 260;
const RIGHT = 130;
const ROW = 30;
const TOP = 44;

const STYLE = `
text{font:14px system-ui,sans-serif;fill:#1f2328}
.title{font-weight:600;font-size:16px}
.value{fill:#59636e}
.bar{fill:#8c959f}
.ours{fill:#0969da}
.spread{stroke:#1f2328;stroke-width:1.5}
@media (prefers-color-scheme:dark){
text{fill:#f0f6fc}.value{fill:#9198a1}.bar{fill:#656c76}.ours{fill:#4493f8}.spread{stroke:#f0f6fc}
}`;

/** Bars of `{name: figure}`; whatever is named outreach stands out. The thin line is least to greatest. */
export function barChart({title, unit, figures}) {
  const bars = Object.entries(figures)
    .map(([name, figure]) => ({name, ...asSpread(figure)}))
    .filter(({median}) => Number.isFinite(median));
  const greatest = Math.max(...bars.map(({max}) => max));
  const scale = value => (value / greatest) * (WIDTH - LEFT - RIGHT);
  const height = TOP + bars.length * ROW + 8;
  const spoken = bars.map(({name, median}) => `${name} ${number(median)}`).join(', ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title description">
<title id="title">${escape(title)}</title>
<desc id="description">${escape(`${spoken}; ${unit}.`)}</desc>
<style>${STYLE}</style>
<text class="title" x="0" y="20">${escape(title)}</text>
${bars.map((bar, index) => drawBar(bar, TOP + index * ROW, scale)).join('\n')}
</svg>
`;
}

function drawBar({name, median, min, max, rounds}, y, scale) {
  const middle = y + 9;
  const [from, to] = [LEFT + scale(min), LEFT + scale(max)].map(Math.round);
  const line = rounds > 1 ? `<line class="spread" x1="${from}" x2="${to}" y1="${middle}" y2="${middle}"/>` : '';
  return [
    `<text x="${LEFT - 10}" y="${y + 14}" text-anchor="end">${escape(name)}</text>`,
    `<rect class="bar${name.startsWith('outreach') ? ' ours' : ''}" x="${LEFT}" y="${y}" width="${Math.max(1, Math.round(scale(median)))}" height="18" rx="2"/>`,
    line,
    `<text class="value" x="${Math.max(to, LEFT + Math.round(scale(median))) + 8}" y="${y + 14}">${number(median)}</text>`,
  ].join('');
}

function escape(text) {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}
