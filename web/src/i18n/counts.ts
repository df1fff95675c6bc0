// Numbers of rows as the chosen language writes them.

/** A number of rows; unless it is exact, there are at least so many. */
export interface Count {
  count: number;
  isExact: boolean;
}

/** "1,234". */
export function formatNumber(number: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(number);
}

/** "1,234"; "100,000+" for a lower bound. */
export function formatCount({count, isExact}: Count, locale: string): string {
  return `${formatNumber(count, locale)}${isExact ? '' : '+'}`;
}

/** "12.5 %", at most one decimal. */
export function formatShare(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, {style: 'percent', maximumFractionDigits: 1}).format(share);
}

/** Their sum, exact when all of them are. */
export function sumOf(counts: readonly Count[]): Count {
  return {
    count: counts.reduce((sum, {count}) => sum + count, 0),
    isExact: counts.every(({isExact}) => isExact),
  };
}
