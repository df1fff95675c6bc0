// Medians with spread. Ratios are made within one round and only then summed up: what the machine did meanwhile, it did
// to both sides.

export function median(values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return NaN;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median, least and greatest. */
export function spread(values) {
  const finite = values.filter(Number.isFinite);
  return {median: median(finite), min: Math.min(...finite), max: Math.max(...finite), rounds: finite.length};
}

/** Median and spread of a ratio, from rounds of `{[name]: {[field]: number}}`. */
export function ratio(rounds, field, name, of) {
  return spread(rounds.map(round => round[name][field] / round[of][field]));
}

/** Per name the median and spread of each field, from rounds of `{[name]: {[field]: number}}`. */
export function summaries(rounds, fields) {
  return Object.fromEntries(
    Object.keys(rounds[0] ?? {}).map(name => [
      name,
      Object.fromEntries(fields.map(field => [field, spread(rounds.map(round => round[name][field]))])),
    ]),
  );
}
