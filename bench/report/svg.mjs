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
.power{stroke:#8c959f;stroke-width:.5}
@media (prefers-color-scheme:dark){
text{fill:#f0f6fc}.value{fill:#9198a1}.bar{fill:#656c76}.ours{fill:#4493f8}.spread{stroke:#f0f6fc}
}`;

/**
 * Bars of `{name: figure}`; whatever is named outreach stands out. The thin line is least to greatest. A logarithmic one
 * has a line for each power of ten, so that what differs a thousandfold fits.
 */
export function barChart({title, unit, figures, isLogarithmic = false}) {
  const bars = Object.entries(figures)
    .map(([name, figure]) => ({name, ...asSpread(figure)}))
    .filter(({median}) => Number.isFinite(median));
  const width = WIDTH - LEFT - RIGHT;
  const greatest = Math.max(...bars.map(({max}) => max));
  const least = 10 ** Math.floor(Math.log10(Math.min(...bars.map(({min}) => min))));
  const scale = isLogarithmic
    ? value => (Math.log10(value / least) / Math.log10(greatest / least)) * width
    : value => (value / greatest) * width;
  const height = TOP + bars.length * ROW + 8;
  const spoken = bars.map(({name, median}) => `${name} ${number(median)}`).join(', ');
  const powers = isLogarithmic ? powersOfTen(least, greatest).map(power => drawPower(power, height, scale)) : [];
  const drawn = bars.map((bar, index) => drawBar(bar, TOP + index * ROW, scale));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title description">
<title id="title">${escape(title)}</title>
<desc id="description">${escape(`${spoken}; ${unit}.`)}</desc>
<style>${STYLE}</style>
<text class="title" x="0" y="20">${escape(title)}</text>
${[...powers, ...drawn].join('\n')}
</svg>
`;
}

function powersOfTen(least, greatest) {
  return Array.from({length: Math.floor(Math.log10(greatest / least))}, (_, index) => least * 10 ** (index + 1));
}

function drawPower(value, height, scale) {
  const x = LEFT + Math.round(scale(value));
  return (
    `<line class="power" x1="${x}" x2="${x}" y1="${TOP - 6}" y2="${height}"/>` +
    `<text class="value" x="${x}" y="${TOP - 10}" text-anchor="middle">${number(value)}</text>`
  );
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
