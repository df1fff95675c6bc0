// Figures as people read them.

/** Three significant digits at most, whole numbers from 100 on; `–` for what was not measured. */
export function number(value) {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(value >= 10 ? 3 : 2)));
}

/** A ratio or amount with two decimals at most. */
export function exact(value) {
  return Number.isFinite(value) ? String(Number(value.toFixed(2))) : '–';
}

/** Median, with least and greatest where there was more than one round. */
export function withSpread(figure, format = number) {
  const {median, min, max, rounds} = asSpread(figure);
  return rounds > 1 && Number.isFinite(median) ? `${format(median)} (${format(min)} – ${format(max)})` : format(median);
}

/** A plain number is a figure without spread. */
export function asSpread(figure) {
  return typeof figure === 'number' ? {median: figure, min: figure, max: figure, rounds: 1} : figure;
}

/** Header and rows of a scenario's table, as text. */
export function cells({columns, rows, reference}) {
  const fields = Object.keys(columns);
  const header = ['', ...fields.map(field => columns[field]), ...(reference ? [reference.title] : [])];
  const lines = Object.entries(rows).map(([name, figures]) => [
    name,
    ...fields.map(field => (figures[field] === undefined ? '–' : withSpread(figures[field]))),
    ...(reference ? [reference.values[name] ? withSpread(reference.values[name], exact) : '–'] : []),
  ]);
  return [header, ...lines];
}
