// Dates and ages as the chosen language writes them, in the time zone of whoever looks.

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** The region's variant of the language, if the browser is set to one: 24 Nov for en-GB, Nov 24 for en-US. */
function regional(locale: string): string {
  return navigator.languages.find(language => language.split('-')[0] === locale) ?? locale;
}

export function formatDateTime(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(regional(locale), {dateStyle: 'medium', timeStyle: 'short'}).format(new Date(iso));
}

export function formatDay(day: Date, locale: string): string {
  return new Intl.DateTimeFormat(regional(locale), {weekday: 'short', day: 'numeric', month: 'short'}).format(day);
}

/** "5 minutes ago"; undefined below a second. */
export function formatAge(ageMs: number, locale: string): string | undefined {
  const [unit, length] = UNITS.find(([, ms]) => ageMs >= ms) ?? [];
  if (unit === undefined) return undefined;
  return new Intl.RelativeTimeFormat(locale).format(-Math.floor(ageMs / length), unit);
}
