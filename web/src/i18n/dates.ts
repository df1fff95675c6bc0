// Dates and ages as the chosen language writes them, in the time zone of whoever looks.

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

export function formatDateTime(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {dateStyle: 'medium', timeStyle: 'short'}).format(new Date(iso));
}

export function formatDay(day: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, {weekday: 'short', day: 'numeric', month: 'short'}).format(day);
}

/** "5 minutes ago"; undefined below a second. */
export function formatAge(ageMs: number, locale: string): string | undefined {
  const [unit, length] = UNITS.find(([, ms]) => ageMs >= ms) ?? [];
  if (unit === undefined) return undefined;
  return new Intl.RelativeTimeFormat(locale).format(-Math.floor(ageMs / length), unit);
}
