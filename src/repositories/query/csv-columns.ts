// Cells of CSV that no spreadsheet runs as a formula (OWASP, CSV injection) or rewrites as a number, made by PostgreSQL;
// COPY quotes them as RFC 4180 says. Nobody knows by which separator a file will be read: Excel takes the one of its
// country, and then a quote inside a line ends no cell. So each place counts where any program may begin a cell.
//
// It is not left to a library: csv-stringify's `escape_formulas` looks at the first character only, so that ` =1+1`,
// `"=1+1` and `a;=1+1` would pass.

import type {ValueKind} from '../../models/column';
import type {FieldColumns} from './json-columns';

// What some programs skip before they look for a formula: blanks of every kind, and quotes.
const SKIPPED = String.raw` \t\n\v\f\r"\'\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff`;
const FORMULA_STARTS = '-=+@＝＋－＠';
// At the start of a cell; a tab or a line break there is one too.
const OUTER_START = String.raw`E'^([\t\r]|[${SKIPPED}]*[${FORMULA_STARTS}])'`;
// A formula's start behind what separates cells or lines, and behind what is skipped.
const INNER_START = String.raw`E'([,;\t\r\n][${SKIPPED}]*)([${FORMULA_STARTS}])'`;
// What a spreadsheet takes for a number and then shows in another way: without leading zeros, or 12 digits and more, or
// as a power of ten.
const REWRITTEN_NUMBER = `'^(0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+)$'`;

/** A select list that makes cells of the fields of a subquery. */
export function cellsOf(columns: FieldColumns): string {
  return Object.entries(columns)
    .map(([field, {kind}]) => `${cell(`"${field}"`, kind)} AS "${field}"`)
    .join(', ');
}

// One cell: times are ISO 8601 in UTC, and a phone number is always text. An apostrophe in front says so to a spreadsheet.
function cell(field: string, kind: ValueKind): string {
  switch (kind) {
    case 'plain':
    case 'number':
      return field;
    case 'time':
      return `to_char(${field} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    case 'phone':
      return `'''' || nullif(${field}, '')`;
    default:
      return safeCell(`${field}::text`);
  }
}

function safeCell(text: string): string {
  const safe = `regexp_replace(${text}, ${INNER_START}, '\\1''\\2', 'g')`;
  return `CASE WHEN ${text} ~ ${OUTER_START} OR ${text} ~ ${REWRITTEN_NUMBER} THEN '''' || ${safe} ELSE ${safe} END`;
}
