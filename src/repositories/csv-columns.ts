// Cells of CSV that no spreadsheet runs as a formula (OWASP, CSV injection), made by PostgreSQL; COPY quotes them as
// RFC 4180 says. It is not left to a library: csv-stringify's `escape_formulas` looks at the first character only, so
// that ` =1+1` and `"=1+1` would pass.

/** How a field becomes a cell: free text is made safe, times are ISO 8601 in UTC, plain is neither. */
export type CellKind = 'text' | 'time' | 'plain';

/** The fields of a table's rows, in the order of the columns. */
export type CsvColumns<Field extends string = string> = Readonly<Record<Field, CellKind>>;

// What some programs skip before they look for a formula: blanks of every kind, and quotes.
const SKIPPED = String.raw`E' \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff'`;
const FORMULA_STARTS = `'=', '+', '-', '@', '＝', '＋', '－', '＠'`;

/** A select list that makes cells of the fields of a subquery. */
export function cellsOf(columns: CsvColumns): string {
  return Object.entries(columns)
    .map(([field, kind]) => `${cell(`"${field}"`, kind)} AS "${field}"`)
    .join(', ');
}

/** One cell. Text that could be a formula gets an apostrophe in front, by which spreadsheets know that it is text. */
function cell(field: string, kind: CellKind): string {
  if (kind === 'plain') return field;
  if (kind === 'time') return `to_char(${field} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  const text = `${field}::text`;
  return `CASE WHEN left(ltrim(${text}, ${SKIPPED}), 1) IN (${FORMULA_STARTS}) OR left(${text}, 1) IN (E'\\t', E'\\r')
  THEN '''' || ${text} ELSE ${text} END`;
}
